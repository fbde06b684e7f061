import { TypingSign } from "./typing.js";

/** Where the reader writes, to everybody in the room or to one person. */
export class Composer {
  #form = document.getElementById("form");
  #input = document.getElementById("input");
  #private = document.getElementById("private");
  #to = null;

  /**
   * @param {object} actions
   * @param {(text: string, to: object | null) => boolean} actions.onSend returns whether the text is taken
   * @param {() => void} actions.onTyping is called now and then while somebody writes to the room
   */
  constructor({ onSend, onTyping }) {
    const typing = new TypingSign(onTyping);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#input.value.trim() !== "" && onSend(this.#input.value, this.#to)) {
        this.#input.value = "";
        typing.end();
      }
      this.#input.focus();
    });
    this.#input.addEventListener("keydown", (event) => {
      // while an input method composes a character, Enter belongs to it
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#form.requestSubmit();
      }
    });
    this.#input.addEventListener("input", () => {
      if (!this.#to && this.#input.value.trim() !== "") typing.type();
    });
    document.getElementById("private-end").addEventListener("click", () => this.writeTo(null));
  }

  /** Writes to one person from now on, or to everybody. */
  writeTo(person) {
    this.#to = person;
    this.#private.hidden = !person;
    document.getElementById("private-name").textContent = person?.name ?? "";
    this.#form.classList.toggle("private", Boolean(person));
    // a screen reader says so when the focus comes
    this.#input.setAttribute("aria-describedby", person ? "private-to input-help" : "input-help");
    this.#input.focus();
  }

  /** Follows a person's new name, or stops writing to somebody who has gone. */
  update(id, person) {
    if (this.#to?.id === id) {
      this.#to = person ?? null;
      if (person) document.getElementById("private-name").textContent = person.name;
      else this.writeTo(null);
    }
  }
}

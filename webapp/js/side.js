import { avatar, element, nameOf } from "./elements.js";

/** The lists of rooms and people beside the conversation, behind a button on narrow screens. */
export class Side {
  #side = document.getElementById("side");
  #toggle = document.getElementById("side-toggle");
  #rooms = document.getElementById("rooms");
  #people = document.getElementById("people");

  /**
   * @param {object} actions
   * @param {(room: string) => void} actions.onRoom somebody wants to go to a room
   * @param {(person: object) => void} actions.onPerson somebody wants to write to a person
   */
  constructor({ onRoom, onPerson }) {
    this.onRoom = onRoom;
    this.onPerson = onPerson;
    this.#toggle.addEventListener("click", () => this.#open(this.#toggle.ariaExpanded !== "true"));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#toggle.ariaExpanded === "true") {
        this.#open(false);
        this.#toggle.focus();
      }
    });
  }

  #open(open) {
    this.#toggle.ariaExpanded = String(open);
    this.#side.classList.toggle("open", open);
  }

  close() {
    this.#open(false);
  }

  /** Shows what there is; what has the focus keeps it. */
  show(people, you, room) {
    const focused = document.activeElement?.dataset?.key;
    this.#rooms.replaceChildren(...people.rooms().map(([name, count]) => this.#room(name, count, name === room)));
    const all = people.sorted();
    this.#people.replaceChildren(...all.map((person) => this.#person(person, person.id === you)));
    const online = String(all.filter((person) => !person.away).length);
    document.getElementById("online").textContent = online;
    document.getElementById("online-short").textContent = online;
    if (focused) {
      [...this.#side.querySelectorAll("button")].find((button) => button.dataset.key === focused)?.focus();
    }
  }

  #room(name, count, current) {
    const button = element("button", { type: "button", dataset: { key: `room ${name}` } }, nameOf(name));
    button.append(element("span", { className: "count", textContent: String(count) }));
    if (current) button.ariaCurrent = "true";
    button.addEventListener("click", () => this.onRoom(name));
    return element("li", {}, button);
  }

  #person(person, self) {
    const hints = [self && "you", person.away && "connection lost", person.simple && "simple page"].filter(Boolean);
    const text = element("span", { className: "person" }, nameOf(person.name));
    if (hints.length) text.append(element("span", { className: "hint", textContent: hints.join(", ") }));
    const item = element("li", { className: person.away ? "away" : "" });
    if (self || person.simple) {
      item.append(element("span", { className: "row" }, avatar(person), text));
    } else {
      const button = element("button", { type: "button", className: "row", dataset: { key: `person ${person.id}` } });
      button.append(avatar(person), text);
      button.title = "Write a private message";
      button.addEventListener("click", () => this.onPerson(person));
      item.append(button);
    }
    return item;
  }
}

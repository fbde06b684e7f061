/** More would make the page slow, and nobody scrolls back that far. */
const LIMIT = 1000;

/** The messages on the page, oldest first. */
export class MessageList {
  #list;

  /** @param {HTMLElement} list where the messages go, one item each */
  constructor(list) {
    this.#list = list;
  }

  /** Adds a message as it is: whatever it contains is text, never markup. */
  add(text) {
    const item = document.createElement("li");
    item.dir = "auto";
    item.textContent = text;
    this.#list.append(item);
    if (this.#list.childElementCount > LIMIT) {
      this.#list.firstElementChild.remove();
    }
  }
}

/** A list that keeps its newest rows, at its end. */
export class Rows {
  #list;
  #limit;

  /**
   * @param {HTMLElement} list where the rows go, one item each
   * @param {number} limit how many stay
   */
  constructor(list, limit) {
    this.#list = list;
    this.#limit = limit;
  }

  /**
   * Adds a row; one who has not scrolled up sees it.
   *
   * @param {string} kind a class for the style
   * @param {...(Node | string)} content strings are text, whatever they contain
   */
  add(kind, ...content) {
    const scroll = this.#list.parentElement;
    const atEnd = scroll.scrollTop + scroll.clientHeight >= scroll.scrollHeight - 8;
    const row = document.createElement("li");
    row.className = kind;
    row.append(...content);
    this.#list.append(row);
    while (this.#list.childElementCount > this.#limit) {
      this.#list.firstElementChild.remove();
    }
    if (atEnd) {
      scroll.scrollTop = scroll.scrollHeight;
    }
  }

  clear() {
    this.#list.replaceChildren();
  }
}

/** Makes an element that contains a text. */
export function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

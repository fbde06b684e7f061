import { avatar, element, nameOf } from "./elements.js";

/** More would make the page slow, and nobody scrolls back that far. */
const LIMIT = 500;

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** The conversation on the page, oldest first. */
export class MessageList {
  #list;

  /** @param {HTMLElement} list where messages and notes go, one item each */
  constructor(list) {
    this.#list = list;
  }

  clear() {
    this.#list.replaceChildren();
  }

  /** Adds something that has happened. */
  note(text) {
    this.#append(element("li", { className: "note", dir: "auto", textContent: text }));
  }

  /**
   * Adds a message, unless it is there already.
   *
   * @param message as the server sends it
   * @param {boolean} own whether the reader has sent it
   */
  add(message, own) {
    if (!this.#find(message.id)) {
      const { item, meta } = this.#message(message, own);
      item.dataset.id = message.id;
      meta.append(time(new Date(message.at)));
      this.#append(item);
    }
  }

  /**
   * Adds a message of the reader's own that the server has not got yet.
   *
   * @returns what is told how it fares
   */
  addOwn(draft) {
    const { item, meta } = this.#message(draft, true);
    const state = element("span", { className: "delivery", textContent: "Sending…" });
    meta.append(state);
    item.dataset.delivery = "waiting";
    this.#list.append(item);
    return {
      delivered: ({ id, at }) => {
        this.#find(id)?.remove(); // it was sent before, and has come as a message of another tab
        item.dataset.id = id;
        item.dataset.delivery = "delivered";
        state.replaceWith(time(new Date(at)), element("span", { className: "delivery", title: "Delivered", textContent: "✓" }));
        item.querySelector(".delivery").append(element("span", { className: "hidden", textContent: " delivered" }));
      },
      waits: () => (state.textContent = "Waiting for the connection…"),
      refused: (problem, again) => {
        item.dataset.delivery = "refused";
        const button = element("button", { type: "button", textContent: "Send again" });
        button.addEventListener("click", () => {
          item.remove();
          again();
        });
        state.textContent = `Not sent: ${problem} `;
        state.append(button);
      },
    };
  }

  #message({ from, to, text }, own) {
    const meta = element("p", { className: "meta" });
    meta.append(nameOf(own ? "You" : from.name, "from"));
    if (to) {
      meta.append(element("span", { className: "to" }, "only to ", own ? nameOf(to.name) : "you"));
    }
    const body = element("p", { className: "text", dir: "auto", textContent: text });
    const item = element("li", { className: "message" }, avatar(from), element("div", { className: "bubble" }, meta, body));
    item.classList.toggle("own", own);
    item.classList.toggle("private", Boolean(to));
    return { item, meta };
  }

  #find(id) {
    return [...this.#list.children].findLast((item) => item.dataset.id === id);
  }

  /** What has not been sent yet stays below what has. */
  #append(item) {
    this.#list.insertBefore(item, this.#list.querySelector("[data-delivery=waiting]"));
    if (this.#list.childElementCount > LIMIT) {
      this.#list.firstElementChild.remove();
    }
  }
}

/** Returns a time in the way of the reader's own country. */
function time(date) {
  return element("time", { dateTime: date.toISOString(), title: calendar.format(date), textContent: clock.format(date) });
}

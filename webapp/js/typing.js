/** How long somebody counts as typing after a sign of it. */
const LASTS = 5_000;

/** How often the own typing is told. */
const PAUSE = 2_500;

/** Who else is typing. */
export class Typists {
  #timers = new Map();
  #onChange;

  /** @param {(ids: string[]) => void} onChange is told who is typing now */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  add(id) {
    clearTimeout(this.#timers.get(id));
    this.#timers.set(id, setTimeout(() => this.remove(id), LASTS));
    this.#tell();
  }

  /** Somebody has sent the message, or is gone. */
  remove(id) {
    clearTimeout(this.#timers.get(id));
    if (this.#timers.delete(id)) this.#tell();
  }

  clear() {
    [...this.#timers.keys()].forEach((id) => this.remove(id));
  }

  #tell() {
    this.#onChange([...this.#timers.keys()]);
  }
}

/** Tells of the reader's own typing, now and then. */
export class TypingSign {
  #last = -Infinity;
  #tell;

  constructor(tell) {
    this.#tell = tell;
  }

  /** The reader has typed something. */
  type() {
    if (performance.now() - this.#last >= PAUSE) {
      this.#last = performance.now();
      this.#tell();
    }
  }

  /** The message has been sent: the others see at once when another one is begun. */
  end() {
    this.#last = -Infinity;
  }
}

/** Says who is typing. */
export function describeTyping(names) {
  if (names.length === 0) return "";
  if (names.length > 3) return `${names.length} people are typing…`;
  const list = new Intl.ListFormat("en").format(names);
  return `${list} ${names.length === 1 ? "is" : "are"} typing…`;
}

/** Socket.IO's packets: a digit, attachments, a namespace, the number of an acknowledgement, JSON. */
const PACKET = /^([0-6])(?:(\d+)-)?(?:(\/[^,]*),)?(\d+)?([\s\S]*)$/;

const ENGINE = {
  0: () => "The server opens the connection: its id, what it can be upgraded to, how often there is a ping.",
  1: () => "The connection ends.",
  2: (data) => (data === "probe" ? "A probe: does this WebSocket get through?" : "Ping: are you still there?"),
  3: (data) => (data === "probe" ? "It does." : "Pong: I am."),
  5: () => "The upgrade: from now on all goes over this WebSocket.",
  6: () => "Nothing: it ends a poll that waits, to make way for the upgrade.",
};

/** Says in words what the packets of a connection are for. */
export class Narrator {
  /** Whether the server, which could bring back what is missed, gives each event an offset. */
  #offsets = false;

  /**
   * Tells of the next packet.
   *
   * @param {{sent: boolean, text?: string, bytes?: number}} packet as `watch` reports it
   */
  words({ sent, text, bytes }) {
    if (text === undefined) {
      return `An attachment of ${bytes} bytes.`;
    }
    if (text[0] !== "4") {
      return ENGINE[text[0]]?.(text.slice(1)) ?? "Not known here.";
    }
    const [, type, attachments, namespace = "/", id, json] = PACKET.exec(text.slice(1)) ?? [];
    return this.#message({ type, attachments, namespace, id, json, sent });
  }

  #message({ type, attachments, namespace, id, json, sent }) {
    const follow = `Its ${attachments} binary attachments follow.`;
    switch (type) {
      case "0":
        return this.#connect({ namespace, json, sent });
      case "1":
        return `${sent ? "The page" : "The server"} leaves the namespace ${namespace}.`;
      case "2":
        return this.#event({ id, json, sent });
      case "3":
        return `The answer to event number ${id}.`;
      case "4":
        return `Refused in the namespace ${namespace}.`;
      case "5":
        return `${this.#event({ id, json, sent })} ${follow}`;
      case "6":
        return `The answer to event number ${id}. ${follow}`;
      default:
        return "A message.";
    }
  }

  #connect({ namespace, json, sent }) {
    if (sent) {
      return `Lets me into the namespace ${namespace}?`;
    }
    this.#offsets = "pid" in JSON.parse(json);
    const secret = this.#offsets ? ", and a secret to come back with after a loss" : "";
    return `You are in ${namespace}; this is your id there${secret}.`;
  }

  #event({ id, json, sent }) {
    const [name, ...values] = JSON.parse(json);
    const offset = this.#offsets && !sent && id === undefined && typeof values.at(-1) === "string";
    const count = values.length - (offset ? 1 : 0);
    return [
      `The event “${name}”, with ${count === 1 ? "one value" : `${count} values`}.`,
      offset ? "The last text is its place in the stream: after a loss the server goes on from there." : "",
      id === undefined ? "" : `Number ${id}: an answer is asked for.`,
    ]
      .filter((part) => part !== "")
      .join(" ");
  }
}

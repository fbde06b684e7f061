/** The room that is always there. */
export const LOBBY = "Lobby";

/**
 * Who is in the chat, as the server tells: `{ id, name, rooms, away, simple }` for each person. Rooms exist because
 * somebody is in them, so they are known from the people; the lobby is always there.
 */
export class People {
  #all = new Map();

  /** Takes everybody anew. */
  reset(people) {
    this.#all = new Map(people.map((person) => [person.id, person]));
  }

  get(id) {
    return this.#all.get(id);
  }

  /** Takes news of one person and returns what was known before. */
  set(person) {
    const before = this.#all.get(person.id);
    this.#all.set(person.id, person);
    return before;
  }

  /** Forgets a person and returns what was known. */
  remove(id) {
    const before = this.#all.get(id);
    this.#all.delete(id);
    return before;
  }

  /** Returns all, by name. */
  sorted() {
    const { compare } = new Intl.Collator(undefined, { numeric: true });
    return [...this.#all.values()].sort((a, b) => compare(a.name, b.name));
  }

  /** Returns the rooms with the number of people in each, the lobby first. */
  rooms() {
    const rooms = new Map([[LOBBY, 0]]);
    for (const room of this.sorted().flatMap((person) => person.rooms)) {
      rooms.set(room, (rooms.get(room) ?? 0) + 1);
    }
    return [...rooms];
  }
}

/**
 * Returns what a change of a person means to those in a room, as a sentence; nothing if it means nothing to them.
 *
 * @param before undefined for somebody who comes
 * @param after undefined for somebody who goes
 */
export function describeChange(before, after, room) {
  const was = before?.rooms.includes(room);
  const is = after?.rooms.includes(room);
  if (!was && is) return `${after.name} has joined`;
  if (was && !is) return `${before.name} has left`;
  if (was && before.name !== after.name) return `${before.name} is now ${after.name}`;
  return undefined;
}

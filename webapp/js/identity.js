// Who the reader is. All tabs of a browser are one person, also tomorrow.

const KEY = "chat.key";
const NAME = "chat.name";

/** Some browsers are told to keep nothing; then the page does, as long as it is open. */
const memory = new Map();

function read(item) {
  try {
    return localStorage.getItem(item);
  } catch {
    return memory.get(item) ?? null;
  }
}

function write(item, value) {
  try {
    localStorage.setItem(item, value);
  } catch {
    memory.set(item, value);
  }
}

/** Returns a text that nobody can guess. Not by randomUUID, which pages without TLS do not have. */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Returns the secret by which the server knows this browser. */
export function browserKey() {
  let key = read(KEY);
  if (!key) {
    key = randomId();
    write(KEY, key);
  }
  return key;
}

export const savedName = () => read(NAME) ?? "";

export const saveName = (name) => write(NAME, name);

import { Composer } from "./composer.js";
import { connect } from "./connection.js";
import { browserKey, randomId, savedName, saveName } from "./identity.js";
import { MessageList } from "./message-list.js";
import { NameDialog } from "./name-dialog.js";
import { describeChange, LOBBY, People } from "./people.js";
import { Side } from "./side.js";
import { describeTyping, Typists } from "./typing.js";

/** How many messages may wait for the connection. */
const MAX_WAITING = 20;

const OFFLINE = "There is no connection at the moment.";

const messages = new MessageList(document.getElementById("messages"));
const people = new People();
const waiting = new Set();
const tab = randomId();
let you = "";
let room = "";

const socket = connect(showState, "/chat", {
  // what has no answer yet is sent again, in its order; the server knows what it has got already
  retries: Number.MAX_SAFE_INTEGER,
  ackTimeout: 10_000,
  auth: (send) => send({ key: browserKey(), tab, name: savedName(), room: room || roomOfAddress() }),
});

const typists = new Typists((ids) => {
  const names = ids.map((id) => people.get(id)?.name).filter(Boolean);
  document.getElementById("typing").textContent = describeTyping(names);
});
const composer = new Composer({ onSend: send, onTyping: () => socket.volatile.emit("typing") });
const side = new Side({ onRoom: enterRoom, onPerson: writeTo });
const nameDialog = new NameDialog(rename);

document.getElementById("me").addEventListener("click", () => nameDialog.open(savedName()));
document.getElementById("room-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const input = document.getElementById("room-name");
  enterRoom(input.value);
  input.value = "";
});
addEventListener("popstate", () => roomOfAddress() !== room && enterRoom(roomOfAddress()));
// Says farewell, so that nobody waits for a page that has been closed; one that is shown again comes back.
addEventListener("pagehide", () => socket.disconnect());
addEventListener("pageshow", ({ persisted }) => persisted && socket.connect());

socket.on("welcome", (welcome) => {
  you = welcome.you;
  people.reset(welcome.people);
  showRoom(welcome.room, welcome.history);
  welcome.problems.forEach(notify);
  showPeople();
});

socket.on("refused", notify);

socket.on("message", (message) => {
  typists.remove(message.from.id);
  messages.add(message, message.from.id === you);
});

socket.on("person", (person) => {
  const before = people.set(person);
  const change = person.id === you ? undefined : describeChange(before, person, room);
  if (change) messages.note(change);
  composer.update(person.id, person);
  showPeople();
});

socket.on("gone", (id) => {
  const change = describeChange(people.remove(id), undefined, room);
  if (change) messages.note(change);
  typists.remove(id);
  composer.update(id, undefined);
  showPeople();
});

socket.on("typing", (id) => id !== you && typists.add(id));

function showState(name, text) {
  const state = document.getElementById("state");
  state.dataset.state = name;
  state.textContent = name === "waiting" ? `${text} What you write is sent later.` : text;
  document.body.classList.toggle("offline", name !== "connected");
  if (name !== "connected") {
    waiting.forEach((shown) => shown.waits());
    typists.clear();
  }
}

function showPeople() {
  document.getElementById("my-name").textContent = people.get(you)?.name ?? "";
  side.show(people, you, room);
}

/** Shows where the reader is, and what was said there before. */
function showRoom(name, history) {
  if (name !== room) {
    room = name;
    messages.clear();
    typists.clear();
    document.getElementById("room-title").textContent = name;
    document.title = `${name} · Chat`;
    if (roomOfAddress() !== name) window.history.pushState(null, "", `?${new URLSearchParams({ room: name })}`);
  }
  history.forEach((message) => messages.add(message, message.from.id === you));
}

function roomOfAddress() {
  return new URLSearchParams(location.search).get("room") || LOBBY;
}

/** Says what cannot be. */
function notify(problem) {
  document.getElementById("notice").textContent = problem;
}

function send(text, to) {
  if (waiting.size >= MAX_WAITING) {
    notify(`${MAX_WAITING} messages wait for the connection already.`);
    return false;
  }
  notify("");
  const shown = messages.addOwn({ from: people.get(you) ?? { id: "0", name: "You" }, to, text });
  deliver({ id: randomId(), text, to: to?.id }, shown, () => send(text, to));
  return true;
}

async function deliver(draft, shown, again) {
  waiting.add(shown);
  if (!socket.connected) shown.waits();
  const { problem, value } = await socket.emitWithAck("say", draft);
  waiting.delete(shown);
  if (value) shown.delivered(value);
  else shown.refused(problem, again);
}

async function enterRoom(name) {
  side.close();
  if (!socket.connected) return notify(OFFLINE);
  const { problem, value } = await socket.emitWithAck("room", name);
  notify(problem ?? "");
  if (value) {
    showRoom(value.room, value.history);
    showPeople();
    composer.writeTo(null);
  }
}

function writeTo(person) {
  side.close();
  composer.writeTo(person);
}

/** Returns what is wrong with the name, if anything is. */
async function rename(name) {
  if (!socket.connected) return OFFLINE;
  const { problem, value } = await socket.emitWithAck("name", name);
  if (value) saveName(value);
  return problem;
}

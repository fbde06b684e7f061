import { connect } from "./connection.js";
import { Narrator } from "./packet-words.js";
import { Rows, element } from "./rows.js";
import { watch } from "./wire.js";

/** How much of a packet is shown, in characters. */
const LONGEST = 300;

/** How long the server may take to answer, in ms. */
const PATIENCE = 10_000;

const time = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const state = document.getElementById("state");
const recipient = document.getElementById("recipient");
const events = new Rows(document.getElementById("events"), 100);
const narrator = new Narrator();
const packets = new Rows(document.getElementById("packets"), 200);

const socket = connect((name, text) => {
  state.dataset.state = name;
  state.textContent = text;
});

watch(socket.io, (packet) => {
  const { sent, transport, text, bytes } = packet;
  packets.add(
    sent ? "sent" : "received",
    element("span", "direction", sent ? "sent" : "received"),
    element("span", "transport", transport),
    element("code", "packet", text === undefined ? `<${bytes} bytes>` : shorten(text)),
    element("span", "words", narrator.words(packet)),
  );
});

socket.on("connect", () => tell("state", `Connected: this socket’s id is ${socket.id}`));
socket.on("disconnect", (reason) => tell("state", `Disconnected: ${reason}`));
socket.on("connect_error", (error) => tell("fault", `No connection: ${error.message}`));

socket.on("welcome", (data) => {
  tell("received", `welcome: ${show(data?.message)}`);
  emit("thanks", { message: "Thank you. It is great to be here." });
});
socket.on("chat message", (message) => tell("received", `chat message: ${show(message)}`));
socket.on("achtung", (data) => tell("warning", `achtung: ${show(data?.warning)}`));
socket.on("request", (data) => tell("received", `request: ${show(data?.message)}`));
socket.on("brag", (data) => tell("received", `brag: ${show(data?.message)}`));

document.getElementById("hello").addEventListener("click", () => emit("chat message", "Hello World!"));
document.getElementById("warn").addEventListener("click", () => ask("warn everybody"));
document.getElementById("clear").addEventListener("click", () => packets.clear());
document.getElementById("friend").addEventListener("submit", (event) => {
  event.preventDefault();
  ask("friend request", recipient.value.trim());
});

function emit(event, value) {
  tell("sent", `${event}: ${show(value.message ?? value)}`);
  socket.emit(event, value);
}

/** Emits an event that the server answers: with null, or with what is wrong. */
async function ask(event, ...values) {
  tell("sent", [event, ...values].join(": "));
  try {
    const fault = await socket.timeout(PATIENCE).emitWithAck(event, ...values);
    if (fault !== null) {
      tell("fault", show(fault));
    }
  } catch {
    tell("fault", "The server does not answer.");
  }
}

function tell(kind, text) {
  events.add(kind, element("time", "", time.format(new Date())), element("span", "direction", kind), shorten(text));
}

/** Anybody may emit anything: what is not a text is shown as JSON. */
function show(value) {
  return typeof value === "string" ? value : String(JSON.stringify(value));
}

function shorten(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text;
}

import { connect } from "./connection.js";
import { Display } from "./display.js";

/** How long the server may take to say that it has a message, in ms. */
const PATIENCE = 10_000;

const state = document.getElementById("state");
const form = document.getElementById("form");
const input = document.getElementById("input");
const outcome = document.getElementById("outcome");
const display = new Display(document.getElementById("display"));

document.querySelector("#command code").textContent =
  `java -jar servlet-socketio-client.jar connect ${new URL(".", document.baseURI)}\nmessage 42`;

const socket = connect((name, text) => {
  state.dataset.state = name;
  state.textContent = text;
});

socket.on("message", (message) => display.show(message));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = input.value;
  if (text.trim() === "") {
    return;
  }
  input.value = "";
  outcome.textContent = "Sending…";
  outcome.textContent = await send(text);
});

/** Sends a text, which the client keeps as long as there is no connection; tells what became of it. */
async function send(text) {
  try {
    const fault = await socket.timeout(PATIENCE).emitWithAck("talkback", text);
    return fault ?? `Sent: ${text}`;
  } catch {
    return `No answer to: ${text}`;
  }
}

import { connect } from "./connection.js";
import { MessageList } from "./message-list.js";

const form = document.getElementById("form");
const input = document.getElementById("input");
const state = document.getElementById("state");
const messages = new MessageList(document.getElementById("messages"));

const socket = connect((name, text) => {
  state.dataset.state = name;
  state.textContent = text;
});

socket.on("chat message", (text) => messages.add(text));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (input.value.trim() !== "") {
    // While there is no connection the client keeps the message, and sends it when there is one again.
    socket.emit("chat message", input.value);
    input.value = "";
  }
});

import { io } from "./socket.io/socket.io.esm.min.js";

const socket = io({ path: new URL("socket.io/", document.baseURI).pathname });
const $ = (id) => document.getElementById(id);

function show(text) {
  const item = document.createElement("li");
  item.textContent = text;
  $("messages").append(item);
  return item;
}

async function ask(event, ...values) {
  try {
    return await socket.timeout(10_000).emitWithAck(event, ...values);
  } catch {
    return { error: "No answer from the server." };
  }
}

let me;

async function enter() {
  if (me !== $("nickname").value) {
    const { error } = await ask("nickname", $("nickname").value);
    if (error) {
      $("state").textContent = error;
      return;
    }
    me = $("nickname").value;
  }
  const { error } = await ask("join room", $("room").value);
  $("state").textContent = error ?? `You are ${me} in ${$("room").value}.`;
}

$("enter").addEventListener("submit", (event) => {
  event.preventDefault();
  enter();
});

socket.on("connect", () => {
  $("state").textContent = "Connected.";
  if (me) {
    me = undefined;
    enter();
  }
});
socket.on("disconnect", () => ($("state").textContent = "Offline, trying again…"));

socket.on("user joined", (nickname) => show(`${nickname} has joined`));
socket.on("user left", (nickname) => show(`${nickname} has left`));

socket.on("online", (people) => {
  $("online").textContent = people.join(", ");
  const chosen = $("to").value;
  const others = people.filter((nickname) => nickname !== me);
  $("to").replaceChildren(new Option("everybody in the room", ""), ...others.map((nickname) => new Option(nickname)));
  $("to").value = others.includes(chosen) ? chosen : "";
});

$("say").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = $("text").value;
  const to = $("to").value;
  $("text").value = "";
  const item = show(to ? `${me} to ${to}: ${text}` : `${me}: ${text}`);
  const { error } = to ? await ask("private message", to, text) : await ask("chat message", text);
  item.append(error ? ` (not sent: ${error})` : " ✓");
});

socket.on("chat message", (from, text) => show(`${from}: ${text}`));
socket.on("private message", (from, text) => show(`${from} to you: ${text}`));

let lastTold = 0;

$("text").addEventListener("input", () => {
  if (Date.now() - lastTold > 2000) {
    lastTold = Date.now();
    socket.volatile.emit("typing");
  }
});

let silence;

socket.on("typing", (nickname) => {
  $("typing").textContent = `${nickname} is typing…`;
  clearTimeout(silence);
  silence = setTimeout(() => ($("typing").textContent = ""), 3000);
});

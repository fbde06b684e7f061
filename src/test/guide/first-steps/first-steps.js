const socket = io({ path: new URL("socket.io/", document.baseURI).pathname });

function show(text) {
  const item = document.createElement("li");
  item.textContent = text;
  document.getElementById("messages").append(item);
}

socket.on("connect", () => show("connected"));
socket.on("disconnect", (reason) => show(`disconnected: ${reason}`));

socket.on("welcome", (note) => {
  show(note.message);
  socket.emit("thanks", { message: "Great to be here." });
});

document.getElementById("hello").addEventListener("click", () => socket.emit("chat message", "Hello World!"));
socket.on("chat message", (text) => show(text));

document.getElementById("maintenance").addEventListener("click", () => socket.emit("maintenance"));
socket.on("achtung", (notice) => show(notice.warning));

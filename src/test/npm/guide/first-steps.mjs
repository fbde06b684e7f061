export function configure(io) {
  io.on("connection", (socket) => {
    console.log(`${socket.id} is connected`);
    socket.on("disconnect", (reason) => console.log(`${socket.id} is gone: ${reason}`));
    welcome(socket);
    chatMessages(io, socket);
    warnings(io, socket);
    friends(io, socket);
  });
}

function welcome(socket) {
  socket.on("thanks", (note) => console.log(note.message));
  socket.emit("welcome", { message: "Nice to see you." });
}

function chatMessages(io, socket) {
  socket.on("chat message", (text) => {
    console.log(`message: ${text}`);
    io.emit("chat message", text);
  });
}

function warnings(io, socket) {
  socket.on("maintenance", () => io.emit("achtung", { warning: "We are offline from noon to one." }));
}

function friends(io, socket) {
  socket.on("befriend", (id) => {
    io.to(id).emit("request", { message: "Somebody wants to be your friend." });
    io.except(id).emit("brag", { message: "Somebody has found a friend." });
  });
}

export function configure(io) {
  io.on("connection", (socket) => {
    messages(io, socket);
    pictures(socket);
  });
}

function messages(io, socket) {
  socket.on("message", (value) => io.emit("message", value));
  socket.on("talkback", (text) => socket.broadcast.emit("talkback", text));
}

function pictures(socket) {
  socket.on("picture", (picture, ack) => {
    socket.broadcast.emit("picture", picture);
    ack(picture.content.length);
  });
}

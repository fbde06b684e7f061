export function configure(io, now = () => new Date()) {
  io.on("connection", (socket) => {
    socket.on("greet", (name, ack) => {
      const morning = now().getHours() < 12;
      ack((morning ? "Good morning, " : "Good day, ") + name);
      socket.broadcast.emit("greeted", name);
    });
  });
}

export function configure(io) {
  io.on("connection", (socket) => {
    sums(socket);
    deletions(socket);
    games(io, socket);
  });
}

function sums(socket) {
  socket.on("add", (a, b, ack) => ack(a + b));
}

function deletions(socket) {
  socket.on("delete", async (name, ack) => {
    try {
      const yes = await socket.timeout(5000).emitWithAck("confirm", `Delete ${name}?`);
      ack(yes ? "deleted" : "kept");
    } catch {
      ack("no answer, kept");
    }
  });
}

function games(io, socket) {
  socket.on("play", (millis, ack) => {
    io.timeout(millis).emit("ready?", (failure, answers) => {
      if (!failure) {
        ack("all ready", answers.length);
      } else {
        ack("some are missing", answers.length);
      }
    });
  });
}

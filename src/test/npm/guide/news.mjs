const TOPICS = new Set(["sports", "weather"]);
const password = process.env.NEWS_PASSWORD;

export function configure(io) {
  io.on("connection", topics);
  editors(io);
  teams(io);
}

function topics(socket) {
  socket.on("subscribe", (topic, ack) => {
    const known = TOPICS.has(topic);
    if (known) {
      socket.join(`topic ${topic}`);
    }
    ack(known);
  });
  socket.on("unsubscribe", (topic, ack) => {
    socket.leave(`topic ${topic}`);
    ack(true);
  });
}

function editors(io) {
  const editors = io.of("/editors");
  editors.use((editor, next) => {
    const given = editor.handshake.auth.password;
    if (!given || given !== password) {
      const refusal = new Error("wrong password");
      refusal.data = { hint: "Ask the chief." };
      next(refusal);
    } else {
      next();
    }
  });
  editors.on("connection", (editor) => {
    editor.on("publish", (topic, headline) => {
      io.to(`topic ${topic}`).emit("headline", topic, headline);
      editor.broadcast.emit("published", headline);
    });
  });
}

function teams(io) {
  const teams = io.of(/^\/team-\d+$/);
  teams.on("connection", (member) => {
    const team = member.nsp;
    team.emit("joined", team.name, member.id);
  });
}

const people = new Map();

export function configure(io) {
  io.on("connection", (socket) => {
    nicknames(io, socket);
    messages(socket);
    typing(socket);
    rooms(socket);
    privateMessages(socket);
  });
}

function nicknames(io, socket) {
  socket.on("nickname", (nickname, ack) => {
    if (socket.data.nickname) {
      refuse(ack, "You have a nickname.");
    } else if (!isText(nickname, 20)) {
      refuse(ack, "A nickname has 1 to 20 characters.");
    } else if (people.has(nickname)) {
      refuse(ack, "Somebody else has this nickname.");
    } else {
      people.set(nickname, socket);
      socket.data.nickname = nickname;
      ack({});
      socket.broadcast.emit("user joined", nickname);
      tellWhoIsOnline(io);
    }
  });
  socket.on("disconnect", () => {
    const { nickname } = socket.data;
    if (nickname) {
      people.delete(nickname);
      io.emit("user left", nickname);
      tellWhoIsOnline(io);
    }
  });
}

function tellWhoIsOnline(io) {
  io.emit("online", [...people.keys()].sort());
}

function messages(socket) {
  socket.on("chat message", (text, ack) => {
    const { nickname, room } = socket.data;
    if (!nickname) {
      refuse(ack, "Choose a nickname first.");
    } else if (!isText(text, 1000)) {
      refuse(ack, "A message has 1 to 1000 characters.");
    } else {
      socket.to(room).emit("chat message", nickname, text);
      ack({});
    }
  });
}

function typing(socket) {
  socket.on("typing", () => {
    const { nickname, room } = socket.data;
    if (nickname) {
      socket.to(room).volatile.emit("typing", nickname);
    }
  });
}

function rooms(socket) {
  enter(socket, "lobby");
  socket.on("join room", (room, ack) => {
    if (isText(room, 30)) {
      socket.leave(socket.data.room);
      enter(socket, room);
      ack({});
    } else {
      refuse(ack, "The name of a room has 1 to 30 characters.");
    }
  });
}

function enter(socket, room) {
  const name = `room ${room}`;
  socket.data.room = name;
  socket.join(name);
}

function privateMessages(socket) {
  socket.on("private message", (to, text, ack) => {
    const { nickname } = socket.data;
    const receiver = people.get(to);
    if (!nickname) {
      refuse(ack, "Choose a nickname first.");
    } else if (!receiver) {
      refuse(ack, "Nobody here has this nickname.");
    } else if (!isText(text, 1000)) {
      refuse(ack, "A message has 1 to 1000 characters.");
    } else {
      receiver.emit("private message", nickname, text);
      ack({});
    }
  });
}

function isText(text, longest) {
  return typeof text === "string" && text.trim() !== "" && text.length <= longest;
}

function refuse(ack, reason) {
  ack({ error: reason });
}

import session from "express-session";
import passport from "passport";

export function configure(io) {
  const onlyFirst = (middleware) => (request, response, next) =>
    request._query.sid === undefined ? middleware(request, response, next) : next();

  io.engine.use(onlyFirst(session({ secret: process.env.SECRET, resave: false, saveUninitialized: false })));
  io.engine.use(onlyFirst(passport.session()));

  io.use((socket, next) => next(socket.request.user ? undefined : new Error("log in first")));

  io.on("connection", (socket) => {
    const { name, roles } = socket.request.user;
    socket.join(`user ${name}`);
    socket.emit("you are", name);

    socket.on("publish", (text, ack) => {
      const allowed = roles.includes("editor");
      if (allowed) {
        io.emit("published", name, text);
      }
      ack(allowed);
    });
    socket.on("logout", () => io.in(`user ${name}`).disconnectSockets(true));
  });
}

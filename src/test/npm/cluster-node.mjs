// A server on Node in a cluster, which does what the clients of the test tell it, as ClusterApp.java does on Java.
import { createServer } from "node:http";
import { createAdapter, createShardedAdapter } from "@socket.io/redis-adapter";
import { Emitter } from "@socket.io/redis-emitter";
import { createAdapter as createStreamsAdapter } from "@socket.io/redis-streams-adapter";
import { Redis } from "ioredis";
import { createClient } from "redis";
import { Server } from "socket.io";

const adapters = {
  classic: (pub, sub) => createAdapter(pub, sub),
  "own-channels": (pub, sub) => createAdapter(pub, sub, { publishOnSpecificResponseChannel: true }),
  streams: (redis) => createStreamsAdapter(redis),
  "streams-recovery": (redis) => createStreamsAdapter(redis, { streamCount: 3, streamName: "events", maxLen: 5000 }),
  static: (pub, sub) => createShardedAdapter(pub, sub, { subscriptionMode: "static" }),
  dynamic: (pub, sub) => createShardedAdapter(pub, sub, { subscriptionMode: "dynamic" }),
  "dynamic-private": (pub, sub) => createShardedAdapter(pub, sub, { subscriptionMode: "dynamic-private" }),
};

/** The two packages by which people reach Redis: one for each kind of adapter. */
async function connections(port, adapter) {
  if (adapter === "streams") return [new Redis(port)];
  if (adapter === "classic") {
    return [new Redis(port), new Redis(port)];
  }
  const clients = [createClient({ url: `redis://127.0.0.1:${port}` }), createClient({ url: `redis://127.0.0.1:${port}` })];
  await Promise.all(clients.map((client) => client.connect()));
  return clients;
}

const describe = (socket) => ({
  id: socket.id,
  rooms: [...socket.rooms].map(String).sort(),
  name: socket.data.name,
  query: socket.handshake.query.who,
});

const does = {
  join: (socket, { rooms }) => socket.join(rooms),
  leave: (socket, { rooms }) => rooms.forEach((room) => socket.leave(room)),
  remember: (socket, { name }) => void (socket.data.name = name),
  emit: (socket, op, args) => void select(socket, op).emit(op.event, ...args),
  "emit from the socket": (socket, op, args) => void select(socket, op, socket.broadcast).emit(op.event, ...args),
  ask: (socket, op, args) =>
    select(socket, op)
      .timeout(op.timeout)
      .emitWithAck(op.event, ...args)
      .catch((error) => ({ failed: true, responses: error.responses })),
  fetch: async (socket, op) => (await select(socket, op).fetchSockets()).map(describe),
  count: async (socket, op) => (await select(socket, op).fetchSockets()).length,
  socketsJoin: (socket, op) => void select(socket, op).socketsJoin(op.rooms),
  socketsLeave: (socket, op) => void select(socket, op).socketsLeave(op.rooms),
  disconnectSockets: (socket, op) => void select(socket, op).disconnectSockets(op.close),
  serverSideEmit: (socket, op, args) => void socket.nsp.serverSideEmit(op.event, ...args),
  "serverSideEmit and wait": (socket, op, args) =>
    socket.nsp.serverSideEmitWithAck(op.event, ...args).catch((error) => ({ failed: true, responses: error.responses })),
  serverCount: (socket) => socket.nsp.adapter.serverCount(),
};

/** What an emitter can do, in place of the server. */
const emits = {
  emit: (selected, op, args) => void selected.emit(op.event, ...args),
  socketsJoin: (selected, op) => void selected.socketsJoin(op.rooms),
  socketsLeave: (selected, op) => void selected.socketsLeave(op.rooms),
  disconnectSockets: (selected, op) => void selected.disconnectSockets(op.close),
};

function emit(emitter, namespace, op, args) {
  const of = namespace === "/" ? emitter : emitter.of(namespace);
  if (op.do === "serverSideEmit") {
    of.serverSideEmit(op.event, ...args);
  } else {
    emits[op.do](of.to(op.to ?? []).except(op.except ?? []), op, args);
  }
}

function select(socket, { to = [], except = [], local }, from = socket.nsp) {
  let operator = from;
  if (to.length) operator = operator.to(to);
  if (except.length) operator = operator.except(except);
  return local ? operator.local : operator;
}

/** Starts a server; ends with it whatever it has opened. */
export async function startNode(redisPort, adapter) {
  const redis = await connections(redisPort, adapter);
  const emitter = new Emitter(redis[0]);
  const http = createServer();
  const recovery = adapter === "streams-recovery" ? { connectionStateRecovery: {} } : {};
  const io = new Server(http, { adapter: adapters[adapter](...redis), ...recovery });
  for (const name of ["/", "/admin"]) {
    const nsp = io.of(name);
    nsp.on("tell", (...args) => nsp.local.emit("told", ...args));
    nsp.on("who", (suffix, answer) => answer(`node ${suffix}`));
    nsp.on("echo bytes", (bytes, answer) => answer(bytes));
    nsp.on("connection", (socket) =>
      socket.on("do", async (op, args, done) =>
        done((op.emitter ? emit(emitter, name, op, args) : await does[op.do](socket, op, args)) ?? null),
      ),
    );
  }
  await new Promise((resolve) => http.listen(0, "127.0.0.1", resolve));
  return {
    io,
    url: `http://127.0.0.1:${http.address().port}`,
    close: async () => {
      await io.close();
      await Promise.all(redis.map((client) => (client.quit ? client.quit() : client.close())));
    },
  };
}

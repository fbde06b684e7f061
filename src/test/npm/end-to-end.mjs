// Everything that a client can do with the application in EndToEndApp.java:
//   node end-to-end.mjs <url of the application> <transports, with a comma for an upgrade> [<package of the parser>]
import assert from "node:assert/strict";
import { once } from "node:events";
import { afterEach, test } from "node:test";
import { io } from "socket.io-client";

const [address, list, parserPackage] = process.argv.slice(2);
const { origin, pathname } = new URL(address);
const path = `${pathname.replace(/\/$/, "")}/socket.io/`;
const transports = list.split(",");
const parser = parserPackage && (await import(parserPackage)).default;
const clients = [];

function keep(client) {
  clients.push(client);
  return client;
}

const open = (namespace = "", options = {}) =>
  keep(io(origin + namespace, { path, transports, parser, forceNew: true, reconnection: false, ...options }));

async function connect(namespace, options) {
  const client = open(namespace, options);
  const outcome = await Promise.race([
    once(client, "connect").then(() => null),
    once(client, "connect_error").then(([error]) => error),
  ]);
  if (outcome) throw outcome;
  return client;
}

const next = async (client, event) => {
  const args = await once(client, event);
  return args.length === 1 ? args[0] : args;
};

const ask = (client, ...args) => client.timeout(10_000).emitWithAck(...args);

afterEach(() => {
  while (clients.length) clients.pop().disconnect();
});

const options = { timeout: 30_000 };

test("text of every kind comes back", options, async () => {
  const client = await connect();
  const values = ["plain", "", "ünïcödé 🔑 \u2028", "a\u001eb", { a: [1, -0.5, null, { b: true }] }, [], 12345678901234, null];
  if (!parser) values.push("\ud800 lone"); // what has no place in UTF-8 can be escaped in JSON alone
  client.emit("echo", ...values);
  assert.deepEqual(await next(client, "echo-back"), values);
});

test("dates arrive as text, and what is undefined as nothing", options, async () => {
  const client = await connect();
  client.emit("echo", { at: new Date(0), nothing: undefined }, [undefined]);
  assert.deepEqual(await next(client, "echo-back"), [{ at: "1970-01-01T00:00:00.000Z" }, [null]]);
});

test("binary of every kind comes back, in events and acknowledgements", options, async () => {
  const client = await connect();
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
  const value = { whole: bytes, parts: [Buffer.from([1]), "text", Buffer.alloc(0)] };
  client.emit("echo", value, bytes);
  assert.deepEqual(await next(client, "echo-back"), [value, bytes]);
  assert.deepEqual(await ask(client, "echo", value), value);
});

test("the server asks and the client answers, also while a listener waits for it", options, async () => {
  const client = await connect();
  client.on("question", (value, answer) => answer({ got: value, bytes: Buffer.from([1, 2]) }));
  assert.deepEqual(await ask(client, "ask", "question", { x: 1 }), { got: { x: 1 }, bytes: Buffer.from([1, 2]) });
});

test("an answer that does not come is an error after its time", options, async () => {
  const client = await connect();
  assert.equal(await ask(client, "ask in time", 50), "operation has timed out");
});

test("five typed arguments", options, async () => {
  const client = await connect();
  const answer = await new Promise((done) => client.emit("five", "t", 2, true, Buffer.alloc(3), { x: 1, y: 40 }, (...a) => done(a)));
  assert.deepEqual(answer, [42, true, 3, "t", { x: 1, y: 40 }]);
});

test("a thousand messages each way arrive in order, whatever the transport does meanwhile", options, async () => {
  const client = open();
  const received = [];
  const echoed = [];
  const done = new Promise((resolve) => {
    const check = () => received.length === 1000 && echoed.length === 1000 && resolve();
    client.on("item", (i) => (received.push(i), check()));
    client.on("echo-back", (i) => (echoed.push(i), check()));
  });
  await once(client, "connect");
  client.emit("stream", 1000);
  for (let i = 0; i < 1000; i++) {
    client.emit("echo", i);
    if (i % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await done;
  const numbers = Array.from({ length: 1000 }, (_, i) => i);
  assert.deepEqual(received, numbers);
  assert.deepEqual(echoed, numbers);
});

test("the transport is the one that was asked for in the end", options, async () => {
  const client = await connect();
  if (transports.length > 1 && client.io.engine.transport.name === "polling") await once(client.io.engine, "upgrade");
  const wanted = transports.at(-1);
  const answer = await new Promise((done) => client.emit("whoami", (...a) => done(a)));
  assert.deepEqual(answer, [client.id, wanted]);
});

test("messages of half a megabyte, both ways, text and binary", options, async () => {
  const client = await connect();
  const [text, bytes] = await new Promise((done) => client.emit("make", 500_000, (...a) => done(a)));
  assert.equal(text, "x".repeat(500_000));
  assert.ok(bytes.equals(Buffer.alloc(500_000, 7)));
  assert.equal(await ask(client, "echo", "é".repeat(250_000)), "é".repeat(250_000));
  assert.ok((await ask(client, "echo", bytes)).equals(bytes));
});

test("a message over the limit ends the connection of its sender, and no other", options, async () => {
  const [sender, other] = await Promise.all([connect(), connect()]);
  const ended = once(sender, "disconnect");
  sender.emit("echo", "x".repeat(1_100_000));
  await ended;
  assert.equal(await ask(other, "echo", "still here"), "still here");
});

test("rooms, and everybody but the sender", options, async () => {
  const [a, b, c] = await Promise.all([connect(), connect(), connect()]);
  const heard = [];
  for (const [name, client] of [["a", a], ["b", b], ["c", c]]) client.on("said", (text) => heard.push(`${name}: ${text}`));
  const settled = () => Promise.all([b, c].map((client) => ask(client, "echo", 1)));
  assert.equal(await ask(b, "join", "red"), 2);
  a.emit("say to", "red", "one");
  await ask(a, "echo", 1);
  a.emit("say to others", "two");
  await ask(a, "echo", 1);
  a.emit("say except", "red", "three");
  await ask(a, "echo", 1);
  assert.equal(await ask(b, "leave", "red"), 1);
  a.emit("say to", "red", "nobody");
  a.emit("tell", c.id, "four");
  a.emit("say to all", "five");
  await ask(a, "echo", 1);
  await settled();
  assert.deepEqual(heard.sort(), ["a: five", "a: three", "b: five", "b: one", "b: two", "c: five", "c: four", "c: three", "c: two"]);
});

test("binary broadcasts", options, async () => {
  const [a, b] = await Promise.all([connect(), connect()]);
  const both = Promise.all([next(a, "said"), next(b, "said")]);
  a.emit("say binary", Buffer.from([9, 8, 7]));
  assert.deepEqual(await both, [Buffer.from([9, 8, 7]), Buffer.from([9, 8, 7])]);
});

test("several namespaces over one connection", options, async () => {
  const main = await connect();
  const custom = keep(main.io.socket("/custom", { auth: { token: "t" } }));
  const slow = keep(main.io.socket("/slow"));
  const [id, auth] = await next(custom, "welcome");
  assert.equal(id, custom.id);
  assert.notEqual(id, main.id);
  assert.deepEqual(auth, { token: "t" });
  assert.equal(await ask(slow, "echo", "slow"), "slow");
  assert.equal(await ask(custom, "echo", "custom"), "custom");
  custom.disconnect();
  assert.equal(await ask(main, "echo", "main"), "main");
});

test("a middleware refuses with message and data", options, async () => {
  await assert.rejects(connect("", { auth: { reject: true } }), (error) => {
    assert.equal(error.message, "not today");
    assert.deepEqual(error.data, { code: 42 });
    return true;
  });
});

test("an unknown namespace is refused and the connection stays", options, async () => {
  const main = await connect();
  const unknown = keep(main.io.socket("/unknown"));
  assert.equal((await next(unknown, "connect_error")).message, "Invalid namespace");
  assert.equal(await ask(main, "echo", "main"), "main");
});

test("namespaces that come to life when somebody joins them", options, async () => {
  const main = await connect();
  const [one, two, guarded] = ["/room-1", "/room-2", "/guarded-1"].map((name) =>
    keep(main.io.socket(name, { auth: { allow: true } })),
  );
  for (const client of [one, two, guarded]) assert.equal(await ask(client, "echo", "let in"), "let in");
  const both = Promise.all([next(one, "said"), next(two, "said")]);
  one.emit("say to all rooms", "hello");
  assert.deepEqual(await both, ["hello", "hello"]);
  for (const name of ["/room-x", "/guarded-1"]) {
    await assert.rejects(connect(name), { message: "Invalid namespace" });
  }
});

test("a token that ends, and one that is renewed in time", options, async () => {
  const main = await connect();
  const short = keep(main.io.socket("/token", { auth: { millis: 100 } }));
  assert.equal((await once(short, "disconnect"))[0], "io server disconnect");
  const long = await connect("/token", { auth: { millis: 60_000 } });
  assert.equal(await ask(long, "renew", { millis: 0 }), "no token");
  assert.equal(await ask(long, "renew", { millis: 200 }), "renewed");
  assert.equal((await once(long, "disconnect"))[0], "io server disconnect");
  assert.equal(await ask(main, "echo", "main"), "main");
});

test("an exception in a listener costs nothing but that event", options, async () => {
  const client = await connect();
  client.emit("fail");
  assert.equal(await ask(client, "echo", "alive"), "alive");
});

for (const [what, end, here, there] of [
  ["the client leaves", (c) => c.disconnect(), "io client disconnect", "client namespace disconnect, 1 rooms"],
  ["the server sends it away", (c) => c.emit("kick", false), "io server disconnect", "server namespace disconnect, 1 rooms"],
  ["the server closes everything", (c) => c.emit("kick", true), "io server disconnect", "server namespace disconnect, 1 rooms"],
  ["the connection is dropped", (c) => c.emit("drop"), "transport close", "forced close, 1 rooms"],
  ["the client closes its transport", (c) => c.io.engine.close(), "forced close", "transport close, 1 rooms"],
]) {
  test(`reasons when ${what}`, options, async () => {
    const [client, watcher] = await Promise.all([connect(), connect()]);
    const id = client.id;
    const reason = once(client, "disconnect");
    end(client);
    assert.equal((await reason)[0], here);
    assert.equal(await ask(watcher, "end of", id), there);
  });
}

test("a dropped client comes back as another socket", options, async () => {
  const client = await connect("", { reconnection: true, reconnectionDelay: 10 });
  const first = client.id;
  client.emit("drop");
  await once(client, "disconnect");
  await once(client, "connect");
  assert.notEqual(client.id, first);
  assert.equal(await ask(client, "echo", "back"), "back");
});

test("the heartbeat keeps a quiet connection", options, async () => {
  const client = await connect();
  for (let pings = 0; pings < 3; pings++) await once(client.io, "ping");
  assert.equal(await ask(client, "echo", "quiet"), "quiet");
});

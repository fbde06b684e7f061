// Large messages to and from the application in EndToEndApp.java, up to its maxHttpBufferSize and over it:
//   node sizes.mjs <url of the application> <transports, with a comma for an upgrade>
import assert from "node:assert/strict";
import { once } from "node:events";
import { afterEach, test } from "node:test";
import { io } from "socket.io-client";

const LIMIT = 1_000_000;

const [address, list] = process.argv.slice(2);
const { origin, pathname } = new URL(address);
const transports = list.split(",");
const clients = [];

async function connect() {
  const client = io(origin, { path: `${pathname}/socket.io/`, transports, forceNew: true, reconnection: false });
  clients.push(client);
  await once(client, "connect");
  const { engine } = client.io;
  if (transports.length > 1 && engine.transport.name === "polling") await once(engine, "upgrade");
  return client;
}

const ask = (client, ...args) => client.timeout(20_000).emitWithAck(...args);

/** The text of an event that is a message of so many bytes in the end. */
const fill = (bytes) => "x".repeat(bytes - '42["echo",""]'.length);

async function echoed(client, value) {
  const back = once(client, "echo-back");
  client.emit("echo", value);
  return (await back)[0];
}

/** What the client is told when it has sent too much. */
async function end(client, value) {
  const ended = once(client, "disconnect");
  client.emit("echo", value);
  const [reason, details] = await ended;
  return { reason, code: details.context?.code, status: details.description };
}

afterEach(() => {
  while (clients.length) clients.pop().disconnect();
});

const options = { timeout: 60_000 };

for (const size of [8_190, 8_192, 8_200, 65_530, 65_536, 70_000, 740_000]) {
  test(`${size} bytes there and back, as text and binary`, options, async () => {
    const client = await connect();
    const text = "x".repeat(size);
    assert.equal(await ask(client, "echo", text), text);
    const bytes = Buffer.from(Array.from({ length: size }, (_, i) => i % 251));
    assert.ok(bytes.equals(await ask(client, "echo", bytes)));
  });
}

test("characters of several bytes, cut anywhere on their way", options, async () => {
  const client = await connect();
  for (const text of ["é".repeat(70_001), `x${"🔑".repeat(70_001)}`]) assert.equal(await ask(client, "echo", text), text);
});

test("a megabyte from the server, as text and binary", options, async () => {
  const client = await connect();
  const [text, bytes] = await new Promise((done) => client.emit("make", 1 << 20, (...sent) => done(sent)));
  assert.equal(text, "x".repeat(1 << 20));
  assert.ok(bytes.equals(Buffer.alloc(1 << 20, 7)));
});

test("a text of just so many bytes as may be", options, async () => {
  const client = await connect();
  const text = fill(LIMIT);
  assert.equal(await echoed(client, text), text);
});

test("a text of one byte more", options, async () => {
  const [client, other] = await Promise.all([connect(), connect()]);
  refused(await end(client, fill(LIMIT + 1)));
  assert.equal(await ask(other, "echo", "still here"), "still here");
});

if (transports.at(-1) === "websocket") {
  test("an attachment of just so many bytes as may be", options, async () => {
    const client = await connect();
    const bytes = Buffer.alloc(LIMIT, 7);
    assert.ok(bytes.equals(await echoed(client, bytes)));
  });

  test("an attachment of one byte more", options, async () => {
    refused(await end(await connect(), Buffer.alloc(LIMIT + 1)));
  });
}

function refused({ reason, code, status }) {
  if (transports.at(-1) === "websocket") {
    assert.deepEqual([reason, code], ["transport close", 1009]);
  } else {
    // no status if the server has hung up while the client was still sending
    assert.deepEqual([reason, [0, 413].includes(status)], ["transport error", true]);
  }
}

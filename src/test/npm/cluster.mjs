// Many clients of three nodes, behind a proxy that sends each request where it thinks fit:
//   node cluster.mjs <url> <what> <number of clients> [<transports, with a comma for an upgrade>] [cookies]
// With "stay", prints how many clients each node had, as JSON.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createRequire } from "node:module";
import { io } from "socket.io-client";

const [url, what, number, list = "polling", cookies] = process.argv.slice(2);
const count = Number(number);
const transports = list.split(",");

const ask = (client, ...args) => client.timeout(30_000).emitWithAck(...args);

async function connect(index, options = {}) {
  const client = io(url, { transports, forceNew: true, reconnection: false, withCredentials: cookies === "cookies", ...options });
  client.on("disconnect", (reason, details) => (client.lost = `client ${index}: ${reason} ${details?.description} ${details?.context?.responseText}`));
  client.on("question", (value, bytes, answer) => answer({ got: value }));
  const { engine } = client.io;
  client.settled = Promise.race([once(engine, "upgrade"), once(engine, "upgradeError")]).catch(() => {});
  client.said = [];
  client.on("said", (text) => client.said.push(text));
  await Promise.race([once(client, "connect"), once(client, "connect_error").then(([error]) => Promise.reject(error))]);
  client.node = await ask(client, "node");
  return client;
}

const connectAll = (options) => Promise.all(Array.from({ length: count }, (_, i) => connect(i, options)));

async function converse(client, rounds) {
  for (let i = 0; i < rounds; i++) {
    const bytes = Buffer.from([i, 0, 255]);
    assert.equal(await ask(client, "echo", `é ${i}`), `é ${i}`);
    assert.deepEqual(await ask(client, "echo", { bytes }), { bytes });
    assert.deepEqual(await ask(client, "ask me", i, bytes), { got: i });
    assert.equal(await ask(client, "node"), client.node, client.lost);
  }
}

/** Waits for pings; between them the connection may fail and be made anew. */
async function beat(client, times) {
  for (let i = 0; i < times; i++) await new Promise((pinged) => client.io.once("ping", pinged));
}

function spread(clients) {
  const nodes = {};
  for (const { node } of clients) nodes[node] = (nodes[node] ?? 0) + 1;
  return nodes;
}

const end = (clients) => clients.forEach((client) => client.disconnect());

const nobodyIsLost = (clients) => assert.deepEqual(clients.map(({ lost }) => lost).filter(Boolean), []);

/** Everybody reaches the node of the session, with every request. */
async function stay() {
  const clients = await connectAll();
  await Promise.all(clients.map((client) => converse(client, 3)));
  await Promise.all(clients.map((client) => beat(client, 2)));
  if (transports.length > 1) {
    await Promise.all(clients.map(({ settled }) => settled));
    await Promise.all(clients.map((client) => converse(client, 1)));
    for (const client of clients) assert.equal(client.io.engine.transport.name, "websocket");
  }
  nobodyIsLost(clients);
  end(clients);
  console.log(JSON.stringify(spread(clients)));
}

/** Everybody is at home, on polling alone. */
async function poll() {
  const clients = await connectAll();
  const nodes = spread(clients);
  assert.equal(Object.keys(nodes).length, 3, JSON.stringify(nodes));
  await Promise.all(clients.map((client) => converse(client, 5)));
  for (const node of Object.keys(nodes)) {
    clients.find((client) => client.node === node).emit("say", `from ${node}`);
  }
  const large = "x".repeat(990_000);
  for (const client of clients.slice(0, 10)) {
    assert.equal(await ask(client, "echo", large), large);
    const bytes = Buffer.alloc(700_000, 7);
    assert.ok((await ask(client, "echo", bytes)).equals(bytes));
  }
  await Promise.all(clients.map((client) => beat(client, 3)));
  await Promise.all(clients.map((client) => converse(client, 1)));
  for (const client of clients) {
    assert.deepEqual(client.said, [`from ${client.node}`]);
    assert.equal(client.io.engine.transport.name, "polling");
  }
  nobodyIsLost(clients);
  end(clients);
}

/** Upgrades that reach another node fail, and their clients go on polling. */
async function upgrade() {
  const clients = await connectAll();
  await Promise.all(clients.map(({ settled }) => settled));
  await Promise.all(clients.map((client) => converse(client, 3)));
  await Promise.all(clients.map((client) => beat(client, 3)));
  await Promise.all(clients.map((client) => converse(client, 1)));
  nobodyIsLost(clients);
  const names = clients.map((client) => client.io.engine.transport.name);
  assert.ok(names.includes("polling") && names.includes("websocket"), names.join());
  end(clients);
}

/** Clients of revision 3, which have binary payloads. */
async function old() {
  const io2 = createRequire(import.meta.url)("client-2.5");
  const clients = Array.from({ length: count }, () => io2(url, { transports, forceNew: true, reconnection: false }));
  const lost = [];
  await Promise.all(
    clients.map(async (client) => {
      await new Promise((connected, failed) => client.on("connect", connected).on("connect_error", failed));
      client.on("disconnect", (reason) => lost.push(reason));
      const echo = (value) => new Promise((done) => client.emit("echo", value, done));
      for (let i = 0; i < 10; i++) {
        assert.equal(await echo(`é ${i}`), `é ${i}`);
        assert.deepEqual(await echo(Buffer.from([i, 200])), Buffer.from([i, 200]));
      }
    }),
  );
  assert.deepEqual(lost, []);
  clients.forEach((client) => client.disconnect());
}

/** A node dies, and all go on with the others. */
async function die() {
  const clients = await connectAll({ reconnection: true, reconnectionDelay: 50, reconnectionDelayMax: 500 });
  const dying = clients.find(({ node }) => node === "c");
  assert.ok(dying, JSON.stringify(spread(clients)));
  dying.emit("die");
  await once(dying, "disconnect");
  // by then, requests that others had under way through that node have failed, too
  await Promise.all(clients.map((client) => beat(client, 3)));
  for (const client of clients) {
    do {
      if (!client.connected) await once(client, "connect");
      // what was asked before the end of a connection is not answered after it
      client.node = await client.timeout(2_000).emitWithAck("node").catch(() => "lost");
    } while (!["a", "b"].includes(client.node));
  }
  for (const client of clients) delete client.lost;
  await Promise.all(clients.map((client) => converse(client, 3)));
  await Promise.all(clients.map((client) => beat(client, 3)));
  nobodyIsLost(clients);
  assert.deepEqual(Object.keys(spread(clients)).sort(), ["a", "b"]);
  end(clients);
}

await { stay, poll, upgrade, old, die }[what]();

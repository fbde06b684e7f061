// Loses its connection to the application in RecoveryApp.java in several ways, and comes back:
//   node recovery.mjs <url> <transports, with a comma for an upgrade>
import assert from "node:assert/strict";
import { once } from "node:events";
import { afterEach, test } from "node:test";
import { io } from "socket.io-client";

const [url, list] = process.argv.slice(2);
const transports = list.split(",");
const clients = [];

async function connect(options = {}) {
  const client = io(url, { transports, forceNew: true, reconnection: false, ...options });
  clients.push(client);
  client.said = [];
  client.on("said", (what) => client.said.push(Buffer.isBuffer(what) ? what.toString("hex") : what));
  await once(client, "connect");
  const { engine } = client.io;
  if (transports.length > 1 && engine.transport.name === "polling") await once(engine, "upgrade");
  return client;
}

async function comeBack(client) {
  client.connect();
  await once(client, "connect");
}

const ask = (client, ...args) => client.timeout(10_000).emitWithAck(...args);

/** What was sent to a client before the answer has arrived when the answer has. */
const whoami = (client) => ask(client, "whoami");

afterEach(() => {
  while (clients.length) clients.pop().disconnect();
});

const ways = {
  "the client's engine closes": (client) => client.io.engine.close(),
  "the server closes the connection": (client) => client.emit("drop"),
};
if (transports.includes("websocket")) {
  ways["the TCP connection is cut"] = (client) => client.io.engine.transport.ws.terminate();
}

const options = { timeout: 30_000 };

for (const [name, lose] of Object.entries(ways)) {
  test(`a client goes on after ${name}`, options, async () => {
    const client = await connect();
    const witness = await connect();
    const { id } = client;
    await ask(client, "join", "news");
    await ask(client, "remember", "ann");
    await ask(witness, "say", "", "before");
    assert.equal(client.recovered, false);
    for (let round = 1; round <= 3; round++) {
      await whoami(client);
      client.said.length = 0;
      const lost = once(client, "disconnect");
      lose(client);
      await lost;
      await ask(witness, "say", "", `to all ${round}`);
      await ask(witness, "say", "news", `to the room ${round}`);
      await ask(witness, "say", "sport", "to others");
      await ask(witness, "whisper", "news", "volatile");
      await ask(witness, "say", id, `to one ${round}`);
      await ask(witness, "say", "news", Buffer.from([1, 2, round]));
      await comeBack(client);
      await ask(witness, "say", "", `after ${round}`);

      assert.deepEqual(await whoami(client), [id, true, [id, "news"].sort(), "ann"]);
      assert.equal(client.recovered, true);
      assert.equal(client.id, id);
      assert.deepEqual(client.said, [
        `to all ${round}`,
        `to the room ${round}`,
        `to one ${round}`,
        `01020${round}`,
        `after ${round}`,
      ]);
    }
  });
}

test("a client that has heard nothing yet goes on", options, async () => {
  const witness = await connect();
  const client = await connect();
  const { id } = client;
  const lost = once(client, "disconnect");
  client.io.engine.close();
  await lost;
  await ask(witness, "say", "", "first");
  await comeBack(client);

  assert.deepEqual((await whoami(client)).slice(0, 2), [id, true]);
  assert.deepEqual(client.said, ["first"]);
});

test("what the middleware emits arrives, and is not sent again", options, async () => {
  const heard = [];
  const client = io(url, { transports, forceNew: true, reconnection: false });
  clients.push(client);
  client.on("from the middleware", (value) => heard.push(value));
  await once(client, "connect");
  assert.equal((await whoami(client))[1], false);
  const lost = once(client, "disconnect");
  client.io.engine.close();
  await lost;
  await comeBack(client);

  assert.equal((await whoami(client))[1], true);
  assert.deepEqual(heard, [1]);
});

const ends = {
  "it has left": (client) => client.disconnect(),
  "it was sent away": (client) => client.emit("kick"),
};

for (const [name, end] of Object.entries(ends)) {
  test(`a client begins anew after ${name}`, options, async () => {
    const client = await connect();
    const { id } = client;
    const ended = once(client, "disconnect");
    end(client);
    await ended;
    await comeBack(client);

    assert.notEqual(client.id, id);
    assert.equal(client.recovered, false);
    assert.deepEqual(await whoami(client), [client.id, false, [client.id], ""]);
  });
}

test("a client takes over from its own connection that is not known to be dead", options, async () => {
  const witness = await connect();
  const client = await connect();
  const { id } = client;
  await ask(client, "join", "news");
  await ask(witness, "say", "news", "heard");
  await whoami(client);
  const ended = once(client, "disconnect");
  const heir = await connect({ auth: { pid: client._pid, offset: client._lastOffset } });
  await ask(witness, "say", "news", "inherited");

  assert.deepEqual((await whoami(heir)).slice(0, 3), [id, true, [id, "news"].sort()]);
  assert.deepEqual(heir.said, ["inherited"]);
  await ended;
  assert.deepEqual(client.said, ["heard"]);
});

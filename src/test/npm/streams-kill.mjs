// Kills a server in the midst of many messages; its clients go to another and have all of them, in order, none twice:
//   node streams-kill.mjs <url of the server> <its process id> <url of the other> <url of the one that sends>
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { io } from "socket.io-client";
import { startBalancer } from "./balancer.mjs";

const [victim, pid, other, sender] = process.argv.slice(2);
const CLIENTS = 20;
const MESSAGES = 10_000;
const BURST = 50;
const KILL_AFTER = 3_000;
const PATIENCE = 40_000;
const options = { forceNew: true, reconnectionDelay: 300, reconnectionDelayMax: 600 };

async function connect(url, i) {
  const client = io(url, { ...options, transports: [i % 2 ? "polling" : "websocket"] });
  client.numbers = [];
  client.on("number", (number) => client.numbers.push(number));
  await once(client, "connect");
  client.first = client.id;
  return client;
}

async function until(condition, what) {
  const deadline = Date.now() + PATIENCE;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `not within ${PATIENCE} ms: ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("all clients have all messages", { timeout: 2 * PATIENCE }, async () => {
  const balancer = await startBalancer(victim, other);
  const clients = await Promise.all(Array.from({ length: CLIENTS }, (_, i) => connect(balancer.url, i)));
  const control = await connect(sender, 0);
  try {
    for (let from = 1; from <= MESSAGES; from += BURST) {
      await control.timeout(PATIENCE).emitWithAck("send", from, from + BURST - 1);
      await new Promise((resolve) => setTimeout(resolve, 15));
      if (from < KILL_AFTER && from + BURST >= KILL_AFTER) {
        process.kill(Number(pid), "SIGKILL");
        console.log("killed");
      }
    }
    await until(
      () => clients.every(({ numbers }) => numbers.length >= MESSAGES),
      () => clients.map(({ numbers, recovered }) => `${numbers.length} ${recovered}`).join(", "),
    );
    const expected = Array.from({ length: MESSAGES }, (_, i) => i + 1);
    for (const client of clients) {
      assert.equal(client.recovered, true);
      assert.equal(client.id, client.first);
      assert.deepEqual(await client.timeout(PATIENCE).emitWithAck("whoami"), [client.id, true, client.id]);
      assert.deepEqual(client.numbers, expected);
    }
    assert.deepEqual(control.numbers, expected);
  } finally {
    [...clients, control].forEach((client) => client.disconnect());
    await balancer.close();
  }
});

// Clients lose their connection to one server of a cluster and go on with another, on Java or on Node:
//   node streams-recovery.mjs <port of Redis> <url of a server on Java> <url of another>
import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { io } from "socket.io-client";
import { startBalancer } from "./balancer.mjs";
import { startNode } from "./cluster-node.mjs";

const [redisPort, ...javaUrls] = process.argv.slice(2);
const PATIENCE = 10_000;
const BYTES = Buffer.from([1, 2, 255]);
const NAMES = ["java 1", "java 2", "node"];
const OFFSET = /^\d+-\d+$/;
let node;
let urls;

before(async () => {
  node = await startNode(Number(redisPort), "streams-recovery");
  urls = [...javaUrls, node.url];
});

after(() => node.close());

const tell = (client, op, ...args) => client.timeout(PATIENCE).emitWithAck("do", op, args);

async function until(condition) {
  const deadline = Date.now() + PATIENCE;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `not within ${PATIENCE} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function open(url) {
  const client = io(url, { forceNew: true, transports: ["websocket"], reconnectionDelay: 100, reconnectionDelayMax: 200 });
  client.heard = [];
  client.onAny((event, ...args) => {
    assert.match(args.at(-1), OFFSET);
    client.heard.push([event, ...args.slice(0, -1)]);
  });
  return client;
}

async function moves(from, to, other, { unnoticed = false, before = true } = {}) {
  const balancer = await startBalancer(urls[from]);
  const client = open(balancer.url);
  const helper = open(urls[other]);
  try {
    await Promise.all([once(client, "connect"), once(helper, "connect")]);
    const id = client.id;
    await tell(client, { do: "join", rooms: ["news", "more"] });
    await tell(client, { do: "leave", rooms: ["more"] });
    await tell(client, { do: "remember", name: "ann" });
    if (before) {
      await tell(helper, { do: "emit", event: "first" });
      await until(() => client.heard.length === 1);
    } else {
      await until(async () => (await tell(helper, { do: "count", to: ["news"] })) === 1);
    }
    const away = once(client, "disconnect");
    balancer.moveTo("http://127.0.0.1:1", { unnoticed });
    await away;
    await tell(helper, { do: "emit", event: "to all" }, "x", BYTES);
    await tell(helper, { do: "emit", to: ["news"], event: "news" }, { a: 1 });
    await tell(helper, { do: "emit", to: ["more"], event: "more" });
    await tell(helper, { do: "emit", except: ["news"], event: "not for you" });
    await tell(helper, { do: "emit", to: [id], event: "to you" });
    await until(() => helper.heard.some(([event]) => event === "not for you"));
    balancer.moveTo(urls[to]);
    await once(client, "connect");
    assert.equal(client.recovered, true);
    assert.equal(client.id, id);
    await tell(helper, { do: "emit", to: ["news"], event: "live" });
    await until(() => client.heard.some(([event]) => event === "live"));
    const missed = [["to all", "x", BYTES], ["news", { a: 1 }], ["to you"], ["live"]];
    assert.deepEqual(client.heard, before ? [["first"], ...missed] : missed);
    const noticed = !unnoticed || NAMES[to] !== "node"; // which tells nobody
    if (noticed) await until(async () => (await tell(helper, { do: "count", to: ["news"] })) === 1);
    const found = await tell(client, { do: "fetch", to: ["news"] });
    const me = found[0];
    assert.deepEqual([me.id, me.rooms, me.name], [id, [id, "news"].sort(), "ann"]);
  } finally {
    client.disconnect();
    helper.disconnect();
    await balancer.close();
  }
}

for (const [from, to] of [[0, 1], [0, 2], [2, 0], [1, 1], [2, 2]]) {
  const other = [0, 1, 2].find((i) => i !== from && i !== to);
  test(`from ${NAMES[from]} to ${NAMES[to]}`, { timeout: 60_000 }, () => moves(from, to, other));
}

test("to another server before the first notices", { timeout: 60_000 }, () => moves(0, 1, 2, { unnoticed: true }));
test("to Node before Java notices", { timeout: 60_000 }, () => moves(0, 2, 1, { unnoticed: true }));
test("without an event before", { timeout: 60_000 }, () => moves(0, 1, 2, { before: false }));

test("not after it has left", { timeout: 60_000 }, async () => {
  const balancer = await startBalancer(urls[0]);
  const client = open(balancer.url);
  await once(client, "connect");
  const helper = open(urls[1]);
  await once(helper, "connect");
  await tell(helper, { do: "emit", event: "first" });
  await until(() => client.heard.length === 1);
  const { id } = client;
  client.disconnect();
  await until(async () => (await tell(helper, { do: "count" })) === 1);
  balancer.moveTo(urls[1]);
  client.connect();
  await once(client, "connect");
  assert.equal(client.recovered, false);
  assert.notEqual(client.id, id);
  client.disconnect();
  helper.disconnect();
  await balancer.close();
});

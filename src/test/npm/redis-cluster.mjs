// Does everything on each server of a cluster, two on Java and one on Node, and sees it on each:
//   node redis-cluster.mjs <port of Redis> <adapter> <url of a server on Java> <url of another>
import assert from "node:assert/strict";
import { once } from "node:events";
import { after, afterEach, before, describe, test } from "node:test";
import { io } from "socket.io-client";
import { startNode } from "./cluster-node.mjs";

const [redisPort, adapter, ...javaUrls] = process.argv.slice(2);
const PATIENCE = 10_000;
/** Node's adapter keeps a timer for so long, which the end of this script waits for. */
const ANSWER_TIME = 4_000;
const NAMES = ["java 1", "java 2", "node"];
/** What the sharded adapters have not. */
const HAS_EMITTER = ["classic", "own-channels"].includes(adapter);
const ROOMS_HAVE_CHANNELS = ["own-channels", "dynamic", "dynamic-private"].includes(adapter);
const RECOVERS = adapter === "streams-recovery";
const BYTES = Buffer.from([1, 2, 3, 255]);
let node;
let urls;
const clients = { "/": [], "/admin": [] };

before(async () => {
  node = await startNode(Number(redisPort), adapter);
  urls = [...javaUrls, node.url];
});

after(() => node.close());

async function connect(url, namespace, who) {
  const client = io(url + namespace, { transports: ["websocket"], forceNew: true, reconnection: false, query: { who } });
  clients[namespace].push(client);
  client.heard = [];
  client.onAny((event, ...args) => client.heard.push([event, ...plain(event, args)]));
  client.on("ask", (what, answer) => answer(what === "bytes" ? BYTES : `${who} says ${what}`));
  await once(client, "connect");
  return client;
}

/** The arguments without an acknowledgement, and without the offset, which must be there where clients are recovered. */
function plain(event, args) {
  if (typeof args.at(-1) === "function") return args.slice(0, -1);
  if (!RECOVERS || ["told", "here"].includes(event)) return args; // of one server only, which keeps nothing
  assert.match(args.at(-1), /^\d+-\d+$/);
  return args.slice(0, -1);
}

/** A client on each server, all of which know of each other. */
async function connectAll(namespace) {
  const all = await Promise.all(urls.map((url, i) => connect(url, namespace, NAMES[i])));
  for (const client of all) await until(async () => (await tell(client, { do: "serverCount" })) === 3);
  return all;
}

const tell = (client, op, ...args) => client.timeout(PATIENCE).emitWithAck("do", op, args);

async function until(condition) {
  const deadline = Date.now() + PATIENCE;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `not within ${PATIENCE} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const events = (client) => client.heard.filter(([event]) => event !== "fence" && event !== "probe");
const count = (client, what) => client.heard.filter(([event]) => event === what).length;

/** Waits until a server's events come to those in a room, where joining means to subscribe and takes its time. */
async function joined(from, room, members) {
  if (!ROOMS_HAVE_CHANNELS) return;
  await until(async () => {
    await tell(from, { do: "emit", to: [room], event: "probe" });
    return members.every((client) => count(client, "probe") > 0);
  });
}

/** Waits until clients have heard as much as is expected, and makes sure that they hear no more. */
async function heard(all, expected) {
  await until(() => all.every((client, i) => events(client).length >= expected[i].length));
  // What is sent to everybody comes after what was sent before, from the same server.
  await Promise.all(all.map((from) => tell(from, { do: "emit", event: "fence" })));
  await until(() => all.every((client) => count(client, "fence") === all.length));
  all.forEach((client, i) =>
    assert.deepEqual(events(client), expected[i], NAMES[i]),
  );
  all.forEach((client) => (client.heard.length = 0));
}

const each = (body) => Promise.all(NAMES.map((_, i) => body(i)));
const ALL = [0, 1, 2];
const options = { timeout: 60_000 };
const rooms = ["news", "42", "räume ✓", "a#b*?[c]"];

describe("all servers", { concurrency: true }, () => {
  for (const namespace of ["/", "/admin"]) {
    describe(namespace, { concurrency: 1 }, () => {
      afterEach(() => {
        clients[namespace].forEach((client) => client.disconnect());
        clients[namespace] = [];
      });

      for (const [index, name] of NAMES.entries()) {
        test(`${name} sends text and bytes to all, to rooms and except rooms`, options, async () => {
          const all = await connectAll(namespace);
          const from = all[index];
          const event = ["hello", 1, "ü", { a: [true, null], b: 1.5, c: 2 ** 40 }, BYTES];
          await tell(from, { do: "emit", event: event[0] }, ...event.slice(1));
          await heard(all, [[event], [event], [event]]);
          for (const room of rooms) {
            await tell(all[0], { do: "join", rooms: [room] });
            await tell(all[2], { do: "join", rooms: [room] });
            await joined(from, room, [all[0], all[2]]);
            await tell(from, { do: "emit", to: [room], event: "in" }, room, BYTES);
            await heard(all, [[["in", room, BYTES]], [], [["in", room, BYTES]]]);
            await tell(from, { do: "emit", except: [room], event: "out" }, room);
            await heard(all, [[], [["out", room]], []]);
            await tell(from, { do: "emit", to: [room, all[1].id], except: [all[0].id], event: "both" });
            await heard(all, [[], [["both"]], [["both"]]]);
            await tell(all[0], { do: "leave", rooms: [room] });
            await tell(all[2], { do: "leave", rooms: [room] });
          }
        });

        test(`${name} reaches single sockets, others only, and its own only`, options, async () => {
          const all = await connectAll(namespace);
          for (const to of all) {
            await joined(all[index], to.id, [to]);
            await tell(all[index], { do: "emit", to: [to.id], event: "you" });
            await heard(all, all.map((client) => (client === to ? [["you"]] : [])));
          }
          await tell(all[index], { do: "emit from the socket", event: "others" }, BYTES);
          await heard(all, ALL.map((i) => (i === index ? [] : [["others", BYTES]])));
          await tell(all[index], { do: "emit", local: true, event: "here" });
          await heard(all, ALL.map((i) => (i === index ? [["here"]] : [])));
        });

        test(`${name} meets rooms that Node has as numbers`, options, async () => {
          const all = await connectAll(namespace);
          await tell(all[2], { do: "join", rooms: [7] });
          await tell(all[0], { do: "join", rooms: ["7"] });
          const seven = index === 2 ? 7 : "7";
          await joined(all[index], seven, [all[0], all[2]]);
          await tell(all[index], { do: "emit", to: [seven], event: "seven" });
          await heard(all, [[["seven"]], [], [["seven"]]]);
          await tell(all[index], { do: "socketsLeave", rooms: [seven] });
          await until(async () => (await tell(all[index], { do: "fetch" })).every(({ rooms }) => !rooms.includes("7")));
        });

        test(`${name} gathers the answers of all clients`, options, async () => {
          const all = await connectAll(namespace);
          const answers = await tell(all[index], { do: "ask", event: "ask", timeout: ANSWER_TIME }, "hi");
          assert.deepEqual(answers.sort(), NAMES.map((who) => `${who} says hi`).sort());
          const bytes = await tell(all[index], { do: "ask", event: "ask", timeout: ANSWER_TIME }, "bytes");
          assert.deepEqual(bytes, [BYTES, BYTES, BYTES]);
          const one = (index + 1) % 3;
          const single = await tell(all[index], { do: "ask", to: [all[one].id], event: "ask", timeout: ANSWER_TIME }, "hi");
          assert.deepEqual(single, [`${NAMES[one]} says hi`]);
          const none = await tell(all[index], { do: "ask", to: ["nobody"], event: "ask", timeout: ANSWER_TIME }, "hi");
          assert.deepEqual(none, []);
          all[one].off("ask");
          const partial = await tell(all[index], { do: "ask", event: "ask", timeout: 200 }, "hi");
          assert.equal(partial.failed, true);
          assert.equal(partial.responses.length, 2);
        });

        test(`${name} finds, counts and moves the sockets of all`, options, async () => {
          const all = await connectAll(namespace);
          await each((i) => tell(all[i], { do: "remember", name: `data of ${NAMES[i]}` }));
          const found = await tell(all[index], { do: "fetch" });
          assert.deepEqual(
            found.sort((a, b) => a.query.localeCompare(b.query)),
            ALL.map((i) => ({ id: all[i].id, rooms: [all[i].id], name: `data of ${NAMES[i]}`, query: NAMES[i] })),
          );
          assert.equal(await tell(all[index], { do: "count" }), 3);
          for (const room of rooms) {
            await tell(all[index], { do: "socketsJoin", to: [all[0].id, all[2].id], rooms: [room, "more"] });
            await each((i) => until(async () => (await tell(all[i], { do: "count", to: [room] })) === 2));
            assert.equal(await tell(all[index], { do: "count", to: [room], except: [all[0].id] }), 1);
            const members = await tell(all[index], { do: "fetch", to: [room] });
            assert.deepEqual(members.map(({ query }) => query).sort(), [NAMES[0], NAMES[2]]);
            await tell(all[index], { do: "socketsLeave", to: [room], rooms: [room, "more"] });
            await each((i) => until(async () => (await tell(all[i], { do: "count", to: [room] })) === 0));
          }
        });

        test(`${name} disconnects sockets of all`, options, async () => {
          const all = await connectAll(namespace);
          const others = all.filter((_, i) => i !== index);
          await tell(all[index], { do: "disconnectSockets", except: [all[index].id, others[0].id], close: true });
          await until(() => !others[1].connected);
          await tell(all[index], { do: "disconnectSockets", to: [others[0].id], close: false });
          await until(() => !others[0].connected);
          assert.equal(all[index].connected, true);
        });

        test(`${name} talks to the other servers`, options, async () => {
          const all = await connectAll(namespace);
          await tell(all[index], { do: "serverSideEmit", event: "tell" }, "news", { a: 1 });
          await heard(all, ALL.map((i) => (i === index ? [] : [["told", "news", { a: 1 }]])));
          const answers = await tell(all[index], { do: "serverSideEmit and wait", event: "who" }, "here");
          const kinds = ["java here", "java here", "node here"];
          kinds.splice(index, 1);
          assert.deepEqual(answers.sort(), kinds);
          if (index !== 2) {
            const bytes = await tell(all[index], { do: "serverSideEmit and wait", event: "echo bytes" }, BYTES);
            assert.deepEqual(bytes.map((answer) => Buffer.from(answer)), [BYTES, BYTES]);
          }
        });
      }

      for (const [index, name] of NAMES.entries()) {
        test(`an emitter beside ${name} does it all`, { ...options, skip: !HAS_EMITTER }, async () => {
          const all = await connectAll(namespace);
          const order = (op, ...args) => tell(all[index], { ...op, emitter: true }, ...args);
          await order({ do: "emit", event: "hello" }, 1, "ü", { a: [true, null], b: 1.5 }, BYTES);
          await heard(all, ALL.map(() => [["hello", 1, "ü", { a: [true, null], b: 1.5 }, BYTES]]));
          for (const room of rooms) {
            await order({ do: "socketsJoin", to: [all[0].id, all[2].id], rooms: [room, "more"] });
            await each((i) => until(async () => (await tell(all[i], { do: "count", to: [room] })) === 2));
            await joined(all[index], room, [all[0], all[2]]);
            await order({ do: "emit", to: [room], event: "in" }, BYTES);
            await heard(all, [[["in", BYTES]], [], [["in", BYTES]]]);
            await order({ do: "emit", to: [room, all[1].id], except: [all[0].id], event: "both" });
            await heard(all, [[], [["both"]], [["both"]]]);
            await order({ do: "socketsLeave", to: [room], rooms: [room, "more"] });
            await each((i) => until(async () => (await tell(all[i], { do: "count", to: [room] })) === 0));
          }
          await order({ do: "serverSideEmit", event: "tell" }, "news", { a: 1 });
          await heard(all, ALL.map(() => [["told", "news", { a: 1 }]]));
          await order({ do: "disconnectSockets", to: [all[(index + 1) % 3].id], close: true });
          await until(() => !all[(index + 1) % 3].connected);
          assert.deepEqual([all[index].connected, all[(index + 2) % 3].connected], [true, true]);
        });
      }
    });
  }
});

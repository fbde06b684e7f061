// What a broadcast that crosses two servers costs them, on Java and on Node, over the same Redis (Linux only):
//   node cluster-cost.mjs <port of Redis> <command that starts a server on Java, and prints where it listens>
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { io } from "socket.io-client";

const WARM_UP = 3; // rounds
const ROUNDS = 5;
const BROADCASTS = { 1: 30_000, 100: 2_000 }; // by the number of receivers
const UNDER_WAY = 50;
const MESSAGE = "x".repeat(128);
const TICKS_PER_SECOND = 100;

const [redis, ...java] = process.argv.slice(2);
const KINDS = { java, node: [process.execPath, fileURLToPath(new URL("cluster-cost-node.mjs", import.meta.url)), redis] };

const children = [];
process.on("exit", () => children.forEach((child) => child.kill()));

async function start([command, ...args]) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /listening on .*?(\d+)\/?$/.exec(line)?.[1];
    if (port) return { pid: child.pid, url: `http://127.0.0.1:${port}` };
  }
  throw new Error(`${command} has not started`);
}

/** Returns the time, in microseconds, that the processor has worked for a process. */
function cpuTime(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/.*\) /, "").split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / TICKS_PER_SECOND;
}

async function connect(server) {
  const client = io(server.url, { transports: ["websocket"], forceNew: true, reconnection: false });
  await once(client, "connect");
  return client;
}

/** Sends to the one, until everybody at the other has all; returns what one broadcast has cost both, in microseconds. */
async function round([here, there], sender, receivers) {
  const broadcasts = BROADCASTS[receivers.length];
  const before = cpuTime(here.pid) + cpuTime(there.pid);
  let sent = 0;
  let received = 0;
  const done = new Promise((resolve) => {
    const next = () => sent++ < broadcasts && sender.emit("chat message", MESSAGE);
    receivers.forEach((receiver, i) =>
      receiver.removeAllListeners("chat message").on("chat message", (message) => {
        assert.equal(message, MESSAGE);
        if (i === 0) next();
        if (++received === broadcasts * receivers.length) resolve();
      }),
    );
    for (let i = 0; i < UNDER_WAY; i++) next();
  });
  await done;
  return (cpuTime(here.pid) + cpuTime(there.pid) - before) / broadcasts;
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

for (const number of Object.keys(BROADCASTS).map(Number)) {
  const kinds = [];
  for (const [name, command] of Object.entries(KINDS)) {
    const servers = [await start(command), await start(command)];
    const sender = await connect(servers[0]);
    const receivers = await Promise.all(Array.from({ length: number }, () => connect(servers[1])));
    kinds.push({ name, servers, sender, receivers, costs: [] });
  }
  for (let i = 0; i < WARM_UP + ROUNDS; i++) {
    for (const { servers, sender, receivers, costs } of kinds) {
      const cost = await round(servers, sender, receivers);
      if (i >= WARM_UP) costs.push(cost);
    }
  }
  for (const { name, costs, sender, receivers } of kinds) {
    console.log(`${name}, ${number} receivers: ${median(costs).toFixed(0)} µs a broadcast (${costs.map((cost) => cost.toFixed(0)).join(", ")})`);
    [sender, ...receivers].forEach((client) => client.disconnect());
  }
  children.splice(0).forEach((child) => child.kill());
}
process.exit();

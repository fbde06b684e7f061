// The application of DeployedApp.java through whatever stands in front of it, over each way to connect:
//   node deployed.mjs <url of the origin> <path> <what the server sees, as JSON>
// The client comes from 127.0.0.2, and lies about it.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { after, describe, test } from "node:test";
import { io } from "socket.io-client";

const [origin, path, expected] = process.argv.slice(2);
const { Agent } = origin.startsWith("https") ? https : http;
const agent = new Agent({ localAddress: "127.0.0.2", rejectUnauthorized: false });
const clients = [];

const open = (transports, headers = {}) => {
  const client = io(origin, {
    path,
    transports,
    agent,
    forceNew: true,
    reconnection: false,
    rejectUnauthorized: false,
    extraHeaders: { "x-forwarded-for": "203.0.113.7", "x-forwarded-proto": "gopher", ...headers },
  });
  clients.push(client);
  return client;
};

after(() => {
  for (const client of clients) client.disconnect();
});

const connected = async (client) => {
  const refused = once(client, "connect_error").then(([error]) => Promise.reject(error));
  await Promise.race([once(client, "connect"), refused]);
  return client;
};

const ask = (client, ...question) => client.timeout(20_000).emitWithAck(...question);

describe("everything at a time", { concurrency: true, timeout: 60_000 }, () => {
  for (const transports of [["polling"], ["websocket"], ["polling", "websocket"]]) {
    const over = `over ${transports.join(", then ")}: `;

    test(over + "messages of all sizes pass, and silence does not end the connection", async () => {
      const client = await connected(open(transports));
      const { engine } = client.io;
      if (transports.length > 1 && engine.transport.name === "polling") await once(engine, "upgrade");
      assert.equal(engine.transport.name, transports.at(-1));
      for (const size of [10, 10_000, 700_000]) {
        assert.equal(await ask(client, "echo", "x".repeat(size)), "x".repeat(size));
        assert.ok((await ask(client, "echo bytes", Buffer.alloc(size, 7))).equals(Buffer.alloc(size, 7)));
      }
      for (let pings = 0; pings < 6; pings++) await once(client.io, "ping");
      assert.equal(await ask(client, "echo", "still here"), "still here");
    });

    test(over + "the server sees the client, not the proxy, and does not believe what the client says", async () => {
      const { url, ...seen } = await ask(await connected(open(transports)), "seen");
      const { url: start, ...rest } = JSON.parse(expected);
      assert.deepEqual(seen, rest);
      assert.ok(url.startsWith(start), url);
    });

    test(over + "pages of the same origin are let in, others are not", async () => {
      await connected(open(transports, { origin }));
      await assert.rejects(connected(open(transports, { origin: "https://elsewhere.example" })));
    });
  }
});

// Clients of the guide's applications, on either server:
//   node <application>.mjs <url of the server>, or "node" for the application in JavaScript
import { once } from "node:events";
import { createServer } from "node:http";
import { after, afterEach } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Server } from "socket.io";
import { io } from "socket.io-client";

const clients = [];
export const url = process.argv[2] === "node" ? await serve() : process.argv[2];

afterEach(() => {
  while (clients.length) clients.pop().disconnect();
});

async function serve() {
  process.env.NEWS_PASSWORD = "secret";
  const { configure } = await import(process.argv[1].replace("/try/", "/"));
  const http = createServer().listen(0);
  const server = new Server(http);
  configure(server);
  after(() => server.close());
  await once(http, "listening");
  return `http://localhost:${http.address().port}`;
}

/** Opens a connection; all that arrives is kept in `heard`, from the first packet on. */
export function arrive(namespace = "", options = {}) {
  const client = io(url + namespace, { forceNew: true, reconnection: false, ...options });
  clients.push(client);
  client.heard = [];
  client.onAny((...event) => client.heard.push(event));
  return client;
}

/** Waits until a client has heard an event, and returns its arguments. */
export async function hears(client, name, ...values) {
  const wanted = JSON.stringify(values);
  const find = () =>
    client.heard.find(([event, ...args]) => event === name && JSON.stringify(args.slice(0, values.length)) === wanted);
  const deadline = Date.now() + 20_000;
  while (!find()) {
    if (Date.now() > deadline) {
      throw new Error(`no ${name} ${wanted}, but ${JSON.stringify(client.heard)}`);
    }
    await delay(5);
  }
  return find().slice(1);
}

export async function connected(...args) {
  const client = arrive(...args);
  await once(client, "connect");
  return client;
}

// Clients that are connected when the example for Spring Boot is told to end:
//   node spring-boot-end.mjs <url of the origin>
import assert from "node:assert/strict";
import { once } from "node:events";
import { io } from "socket.io-client";

const [origin] = process.argv.slice(2);
const extraHeaders = { authorization: `Basic ${btoa("ada:lovelace")}` };

const clients = ["polling", "websocket"].map((transport) =>
  io(origin, { transports: [transport], extraHeaders, forceNew: true, reconnection: false }));
await Promise.all(clients.map((client) => once(client, "connect")));
console.log("connected");
const [[polling], [websocket]] = await Promise.all(clients.map((client) => once(client, "disconnect")));
// a poll that was on its way finds nobody
assert.match(polling, /^transport (close|error)$/);
assert.equal(websocket, "transport close");

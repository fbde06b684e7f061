// What clients see of a proxy that waits for less than the time between two pings:
//   node impatient.mjs <url of the origin> <path>
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { io } from "socket.io-client";

const [origin, path] = process.argv.slice(2);

for (const [transport, expected] of [["polling", "transport error"], ["websocket", "transport close"]]) {
  test(`${transport} ends`, { timeout: 30_000 }, async () => {
    const client = io(origin, { path, transports: [transport], forceNew: true, reconnection: false });
    await once(client, "connect");
    const [reason, details] = await once(client, "disconnect");
    assert.equal(reason, expected);
    if (transport === "polling") assert.equal(details.context.status, 504);
  });
}

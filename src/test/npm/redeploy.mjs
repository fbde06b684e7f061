// Stays with the application in VersionApp.java while it is replaced:
//   node redeploy.mjs <url of the application>
// Says "connected" when all clients are, and ends when all have met the next version.
import assert from "node:assert/strict";
import { once } from "node:events";
import { io } from "socket.io-client";

const { origin, pathname } = new URL(process.argv[2]);

/** Goes through a redeployment and returns what it saw. */
async function stay(transports, connected) {
  const client = io(origin, { path: `${pathname}/socket.io/`, transports, reconnectionDelay: 100, reconnectionDelayMax: 500 });
  const versions = [];
  client.on("version", (version) => versions.push(version));
  await once(client, "version");
  const { engine } = client.io;
  if (transports.length > 1 && engine.transport.name === "polling") await once(engine, "upgrade");
  connected();
  const [reason, details] = await once(client, "disconnect");
  await once(client, "version");
  client.disconnect();
  return { versions, reason, code: details.context?.code };
}

let missing = 0;
const seen = Object.entries({ polling: ["polling"], websocket: ["websocket"], both: ["polling", "websocket"] }).map(([name, transports]) => {
  missing++;
  return stay(transports, () => --missing || console.log("connected")).then((what) => ({ name, ...what }));
});

for (const { name, versions, reason, code } of await Promise.all(seen)) {
  assert.deepEqual([name, versions, reason], [name, ["1", "2"], "transport close"]);
  if (name !== "polling") assert.ok([1000, 1001, 1005].includes(code), `${name} was closed with ${code}`);
}

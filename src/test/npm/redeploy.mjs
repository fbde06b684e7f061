// Stays with the application in VersionApp.java while it is replaced, again and again, and asks it something all the time:
//   node redeploy.mjs <url of the application> <number of clients of each kind> <last version>
// Says "all on 1" when every client has met version 1, and so on, and ends when all have met the last one.
import assert from "node:assert/strict";
import { io } from "socket.io-client";

const [url, number, last] = process.argv.slice(2);
const { origin, pathname } = new URL(url);

const KINDS = { polling: ["polling"], websocket: ["websocket"], both: ["polling", "websocket"] };

/** By version, how many clients have met it. */
const met = {};

/** Asks for as long as the client lives; what is under way when its connection ends is not answered. */
async function keepAsking(client) {
  for (let i = 0; client.active; i++) {
    if (!client.connected) await new Promise((connected) => client.once("connect", connected));
    const answer = await client.timeout(1_000).emitWithAck("echo", i).catch(() => i);
    assert.equal(answer, i);
    await new Promise((passed) => setTimeout(passed, 20));
  }
}

/** Goes through all deployments and returns what it saw. */
function stay(kind) {
  const client = io(origin, {
    path: `${pathname}/socket.io/`,
    transports: KINDS[kind],
    forceNew: true,
    reconnectionDelay: 100,
    reconnectionDelayMax: 500,
    retries: 0,
  });
  const versions = [];
  const ends = [];
  const recovered = [];
  client.on("disconnect", (reason, details) => ends.push({ reason, code: details?.context?.code }));
  keepAsking(client);
  return new Promise((done) => {
    client.on("version", (version, how) => {
      if (versions.at(-1) === version) return; // came back to the same one
      versions.push(version);
      recovered.push(how.recovered);
      met[version] = (met[version] ?? 0) + 1;
      if (met[version] === 3 * Number(number)) console.log(`all on ${version}`);
      if (version === last) done({ kind, versions, ends, recovered, client });
    });
  });
}

const clients = Object.keys(KINDS).flatMap((kind) => Array.from({ length: Number(number) }, () => stay(kind)));

for (const { kind, versions, ends, recovered, client } of await Promise.all(clients)) {
  assert.deepEqual(versions, Array.from({ length: Number(last) }, (_, i) => `${i + 1}`));
  assert.ok(recovered.every((each) => !each), "what is kept for recovery is kept in memory, so it ends with the application");
  for (const { reason, code } of ends) {
    if (kind === "polling" && reason === "transport error") continue; // a POST that came after the application had gone
    assert.equal(reason, "transport close", kind);
    if (code !== undefined) assert.ok([1000, 1001, 1005].includes(code), `${kind} was closed with ${code}`);
  }
  client.disconnect();
}
process.exit();

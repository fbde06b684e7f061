// Chromium with the application of DeployedApp.java where HTTP/2 is spoken:
//   node http2.mjs <url of the origin> <path> <how WebSockets are opened: HTTP/1.1 or HTTP/2>
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launchBrowser } from "./browser.mjs";

const [origin, path, webSockets] = process.argv.slice(2);

const browser = await launchBrowser();
after(() => browser.close());

/** Echoes in a new page; returns the protocols of its requests, and the statuses of its WebSockets' handshakes. */
const echo = async (transports) => {
  const page = await browser.newPage({ ignoreHTTPSErrors: true });
  try {
    const statuses = [];
    const devTools = await page.context().newCDPSession(page);
    devTools.on("Network.webSocketHandshakeResponseReceived", ({ response }) => statuses.push(response.status));
    await devTools.send("Network.enable");
    await page.goto(`${origin}${path}socket.io.min.js`);
    await page.addScriptTag({ url: `${origin}${path}socket.io.min.js` });
    const protocols = await page.evaluate(async ({ path, transports }) => {
      const client = globalThis.io({ path, transports, reconnection: false });
      const refused = new Promise((_, reject) => client.on("connect_error", reject));
      await Promise.race([refused, new Promise((resolve) => client.on("connect", resolve))]);
      const { engine } = client.io;
      if (engine.transport.name !== transports.at(-1)) {
        await new Promise((resolve) => engine.on("upgrade", resolve));
      }
      for (const size of [10, 10_000, 700_000]) {
        const bytes = await client.timeout(20_000).emitWithAck("echo bytes", new Uint8Array(size).fill(7));
        if (bytes.byteLength !== size) throw new Error(`${bytes.byteLength} of ${size} bytes`);
      }
      client.disconnect();
      const requests = performance.getEntriesByType("resource").filter(({ name }) => name.includes("transport=polling"));
      return requests.map(({ nextHopProtocol }) => nextHopProtocol);
    }, { path, transports });
    return { protocols: [...new Set(protocols)], statuses };
  } finally {
    await page.close();
  }
};

const options = { timeout: 60_000 };

// RFC 8441 answers 200 where RFC 6455 answers 101
const handshake = webSockets === "HTTP/2" ? 200 : 101;

test("long polling is over HTTP/2", options, async () => {
  assert.deepEqual(await echo(["polling"]), { protocols: ["h2"], statuses: [] });
});

test(`WebSockets are over ${webSockets}`, options, async () => {
  assert.deepEqual(await echo(["websocket"]), { protocols: [], statuses: [handshake] });
});

test(`the upgrade leads from one to the other`, options, async () => {
  assert.deepEqual(await echo(["polling", "websocket"]), { protocols: ["h2"], statuses: [handshake] });
});

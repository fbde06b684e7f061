// Clients from 1.2.0 (2014) to today's in a real browser, alone and all together:
//   node clients.mjs <url> <path> <transports, with a comma for an upgrade>
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "./browser.mjs";

const [url, path, list] = process.argv.slice(2);

const BUNDLES = {
  "1.2": "client-1.2/socket.io.js",
  1.7: "client-1.7/dist/socket.io.js",
  2.5: "client-2.5/dist/socket.io.js",
  3.1: "client-3.1/dist/socket.io.js",
  "4.0": "client-4.0/dist/socket.io.js",
  4.8: "socket.io-client/dist/socket.io.js",
};

const file = (name) => ({ path: fileURLToPath(new URL(name, import.meta.url)) });

const browser = await launchBrowser();
after(() => browser.close());

const page = await browser.newPage();
await page.goto(url); // nothing is there, but scripts of this origin may run
await page.evaluate(() => (window.clients = {}));
for (const [version, bundle] of Object.entries(BUNDLES)) {
  await page.addScriptTag(file(`node_modules/${bundle}`));
  await page.evaluate((version) => (window.clients[version] = window.io), version);
}
await page.addScriptTag(file("clients-in-page.js"));

for (const { version, name } of await page.evaluate(() => window.scenarios)) {
  test(`${version} ${name}`, { timeout: 20_000 }, () =>
    page.evaluate(([setup, ...which]) => window.play(setup, ...which), [{ path, transports: list.split(",") }, version, name]),
  );
}

// The client file with MessagePack, in a real browser, with the application in EndToEndApp.java:
//   node msgpack-page.mjs <url> <transports, with a comma for an upgrade>
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser } from "./browser.mjs";

const [url, list] = process.argv.slice(2);
const transports = list.split(",");
const options = { timeout: 60_000 };
let browser;
let page;

before(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.route(`${url}/page`, (route) =>
    route.fulfill({ contentType: "text/html", body: '<script src="/socket.io/socket.io.msgpack.min.js"></script>' }),
  );
  await page.goto(`${url}/page`);
  await page.evaluate((transports) => {
    window.open = (namespace, settings) => io(namespace, { transports, forceNew: true, reconnection: false, ...settings });
    window.next = (socket, event) => new Promise((resolve) => socket.once(event, (...args) => resolve(args)));
  }, transports);
}, options);

after(() => browser?.close());

test("events and acknowledgements both ways, with bytes", options, async () => {
  const heard = await page.evaluate(async () => {
    const socket = open("/");
    const plain = (key, value) => (value instanceof ArrayBuffer ? [...new Uint8Array(value)] : value);
    const buffer = (...bytes) => new Uint8Array(bytes).buffer;
    const value = { text: "ä😀", list: [1, -0.5, null], bytes: buffer(1, 2, 255), more: [buffer()] };
    socket.on("question", (argument, answer) => answer(argument, buffer(9)));
    const echoed = next(socket, "echo-back");
    socket.emit("echo", value, new Date(0));
    const all = [await echoed, await socket.emitWithAck("echo", value), await socket.emitWithAck("ask", "question", { x: [1] })];
    socket.disconnect();
    return JSON.parse(JSON.stringify(all, plain));
  });
  const value = { text: "ä😀", list: [1, -0.5, null], bytes: [1, 2, 255], more: [[]] };
  assert.deepEqual(heard, [[value, "1970-01-01T00:00:00.000Z"], value, { x: [1] }]);
});

test("namespaces, auth and refusals", options, async () => {
  const heard = await page.evaluate(async () => {
    const custom = open("/custom", { auth: { token: "t" } });
    const [id, auth] = await next(custom, "welcome");
    const unknown = open("/unknown");
    const [invalid] = await next(unknown, "connect_error");
    const rejected = open("/", { auth: { reject: true } });
    const [refusal] = await next(rejected, "connect_error");
    const own = id === custom.id;
    [custom, unknown, rejected].forEach((socket) => socket.disconnect());
    return [own, auth, invalid.message, refusal.message, refusal.data];
  });
  assert.deepEqual(heard, [true, { token: "t" }, "Invalid namespace", "not today", { code: 42 }]);
});

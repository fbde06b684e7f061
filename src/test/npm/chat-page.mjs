// People who use the chat's page, in real browsers:
//   node chat-page.mjs <url of the page> <folder for pictures>
import assert from "node:assert/strict";
import { once } from "node:events";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { io } from "socket.io-client";
import { launchBrowser } from "./browser.mjs";

const [url, pictures] = process.argv.slice(2);
const options = { timeout: 60_000 };
const clients = [];
let browser;

before(async () => (browser = await launchBrowser()), options);
after(() => browser?.close());

afterEach(async () => {
  while (clients.length) clients.pop().disconnect();
  await Promise.all(browser.contexts().map((context) => context.close()));
});

/** Opens the page in a browser of its own; whatever goes wrong in it can be seen in `page.faults`. */
async function visit(settings = {}, prepare = () => {}) {
  const context = await browser.newContext(settings);
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.faults = [];
  page.on("console", (message) => message.type() === "error" && page.faults.push(message.text()));
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("dialog", (dialog) => page.faults.push(`dialog: ${dialog.message()}`));
  page.on("response", (response) => response.status() >= 400 && page.faults.push(`${response.status()} ${response.url()}`));
  await prepare(page);
  await page.goto(url);
  await state(page, "connected");
  return page;
}

const state = (page, name) => page.locator(`#state[data-state=${name}]`).waitFor();

const shows = (page, text) => page.locator("#messages li").getByText(text, { exact: true }).waitFor();

async function say(page, text) {
  await page.getByLabel("Message").fill(text);
  await page.getByRole("button", { name: "Send" }).click();
}

async function nodeClient() {
  const { origin, pathname } = new URL(url);
  const client = io(origin, { path: `${pathname}socket.io/`, forceNew: true });
  clients.push(client);
  await once(client, "connect");
  return client;
}

test("two pages and a program talk to each other", options, async () => {
  const sockets = [];
  const ada = await visit({}, (page) => page.on("websocket", (socket) => sockets.push(socket.url())));
  const bob = await visit();
  const program = await nodeClient();

  await ada.keyboard.type("Hello from Ada"); // the field has the focus
  await ada.keyboard.press("Enter");
  await shows(ada, "Hello from Ada");
  await shows(bob, "Hello from Ada");
  assert.equal(await ada.getByLabel("Message").inputValue(), "");

  const heard = once(program, "chat message");
  await say(bob, "Hello from Bob 🔑 سلام");
  assert.deepEqual(await heard, ["Hello from Bob 🔑 سلام"]);
  await shows(ada, "Hello from Bob 🔑 سلام");

  program.emit("chat message", "Hello from a program");
  await shows(ada, "Hello from a program");
  await shows(bob, "Hello from a program");

  await ada.screenshot({ path: join(pictures, "chat.png") });
  assert.equal(sockets.length, 1, "the page has moved to a WebSocket");
  assert.deepEqual([...ada.faults, ...bob.faults], []);
});

test("messages are text, whatever they contain", options, async () => {
  const page = await visit();
  const hostile = `<img src=x onerror="alert(1)"><script>alert(2)</script><b>bold</b> &amp; "'`;

  await say(page, hostile);
  await shows(page, hostile);

  assert.equal(await page.locator("#messages li *").count(), 0);
  assert.deepEqual(page.faults, []);
});

test("what is not a message of reasonable length goes to nobody", options, async () => {
  const page = await visit();
  const program = await nodeClient();

  program.emit("chat message");
  program.emit("chat message", null);
  program.emit("chat message", 7);
  program.emit("chat message", { toString: "x" });
  program.emit("chat message", Buffer.from("bytes"));
  program.emit("chat message", "x".repeat(10_001));
  program.emit("chat message", "x".repeat(10_000));
  program.emit("chat message", "the end");
  await shows(page, "the end");

  assert.deepEqual(
    (await page.locator("#messages li").allTextContents()).map((text) => text.length),
    [10_000, "the end".length],
  );
});

test("nothing blank is sent", options, async () => {
  const page = await visit();

  await say(page, "   ");
  await say(page, "something");
  await shows(page, "something");

  assert.equal(await page.locator("#messages li").count(), 1);
});

test("the page keeps the newest messages, and stays at the end unless one scrolls up", options, async () => {
  const page = await visit({ viewport: { width: 360, height: 640 }, colorScheme: "dark" });
  const program = await nodeClient();
  const newestIsVisible = () =>
    page.evaluate(() => {
      const log = document.querySelector("[role=log]").getBoundingClientRect();
      const newest = document.querySelector("#messages").lastElementChild.getBoundingClientRect();
      return newest.bottom <= log.bottom;
    });

  for (let i = 1; i <= 1_100; i++) program.emit("chat message", `message ${i}`);
  await shows(page, "message 1100");
  assert.equal(await page.locator("#messages li").count(), 1_000);
  assert.equal(await page.locator("#messages li").first().textContent(), "message 101");
  assert.ok(await newestIsVisible());
  await page.screenshot({ path: join(pictures, "chat-dark-narrow.png") });

  await page.locator("#messages li").getByText("message 600", { exact: true }).scrollIntoViewIfNeeded();
  program.emit("chat message", "later");
  await page.locator("#messages li").getByText("later", { exact: true }).waitFor({ state: "attached" });
  assert.ok(!(await newestIsVisible()));
});

test("the page says when it has lost the server, and comes back", options, async () => {
  let watch;
  const upgraded = new Promise((resolve) => {
    watch = (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((message) => {
        server.send(message);
        if (message === "5") resolve(socket); // Engine.IO's word for: from now on over this WebSocket
      });
    };
  });
  const page = await visit({}, (opened) => opened.routeWebSocket(/socket\.io/, watch));

  await (await upgraded).close();
  await state(page, "waiting");
  await state(page, "connected");
  await say(page, "here again");
  await shows(page, "here again");
});

test("the page lives under a strict content security policy", options, async () => {
  const page = await visit({}, (opened) =>
    opened.route(url, async (route) => {
      const response = await route.fetch();
      const policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
      await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
    }),
  );

  await say(page, "safe and sound");
  await shows(page, "safe and sound");

  assert.deepEqual(page.faults, []);
});

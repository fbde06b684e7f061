// People who learn with the pages of the lessons, in real browsers:
//   node lesson-pages.mjs <url of the web application> <folder for pictures>
import assert from "node:assert/strict";
import { once } from "node:events";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { io } from "socket.io-client";
import { launchBrowser } from "./browser.mjs";
import { assertAccessible, assertFitsItsWidth, assertValidHtml, watchFaults } from "./page-checks.mjs";

const [url, pictures] = process.argv.slice(2);
const options = { timeout: 120_000 };
const clients = [];
let browser;

/** A red dot. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==",
  "base64",
);

before(async () => (browser = await launchBrowser()), options);
after(() => browser?.close());

afterEach(async () => {
  while (clients.length) clients.pop().disconnect();
  await Promise.all(browser.contexts().map((context) => context.close()));
});

async function visit(name, settings = {}, prepare = () => {}) {
  const context = await browser.newContext(settings);
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  page.faults = watchFaults(page, url);
  await prepare(page);
  await page.goto(url + name);
  await page.locator("#state[data-state=connected]").waitFor();
  return page;
}

async function program() {
  const { origin, pathname } = new URL(url);
  const client = io(origin, { path: `${pathname}socket.io/`, forceNew: true });
  clients.push(client);
  await once(client, "connect");
  return client;
}

/** Checks what is to be seen now, and keeps a picture of it. */
async function look(page, picture) {
  await assertAccessible(page);
  await assertFitsItsWidth(page);
  await page.screenshot({ path: join(pictures, `${picture}.png`) });
}

/** The value that the next such event carries; what follows it is the offset for connection state recovery. */
const heard = async (client, event) => (await once(client, event))[0];

const row = (page, list, text) => page.locator(`#${list} li`).filter({ hasText: text }).first();
const happens = (page, text) => row(page, "events", text).waitFor();
const travels = (page, text) => row(page, "packets", text).waitFor();
const message = (page, text) => page.locator("#display p").getByText(text, { exact: true }).waitFor();

/** Both are sent to the display at once: when the second is there, so has been the first. */
async function staged(page, client, value) {
  client.emit("message", value);
  client.emit("message", "done");
  await message(page, "done");
}

test("the lessons' pages are valid HTML", options, async () => {
  await assertValidHtml(`${url}first-steps.html`);
  await assertValidHtml(`${url}stage.html`);
});

test("the chat is there too, and hears who says hello", options, async () => {
  const chat = await visit("");
  const ada = await visit("first-steps.html");

  await ada.getByRole("button", { name: "Hello World" }).click();
  await chat.getByRole("log", { name: "Conversation" }).getByText("Hello World!").waitFor();
  assert.deepEqual([...chat.faults, ...ada.faults], []);
});

test("first steps: the welcome, a message to everybody and a warning", options, async () => {
  const ada = await visit("first-steps.html");
  const bob = await visit("first-steps.html", { viewport: { width: 360, height: 740 }, colorScheme: "dark" });

  await happens(ada, "welcome: Welcome. It is nice to see you.");
  await happens(ada, "thanks: Thank you. It is great to be here.");

  await ada.getByRole("button", { name: "Hello World" }).click();
  await happens(bob, "chat message: Hello World!");

  await bob.getByRole("button", { name: "Warn everybody" }).click();
  await happens(ada, "achtung: This site will go offline for maintenance in one hour.");
  await happens(bob, "achtung: This site will go offline for maintenance in one hour.");

  await look(ada, "first-steps");
  await look(bob, "first-steps-dark-narrow");
  assert.deepEqual([...ada.faults, ...bob.faults], []);
});

test("first steps: an event for one socket, and one for all others", options, async () => {
  const ada = await visit("first-steps.html");
  const other = await program();
  const request = heard(other, "request");
  const brag = heard(other, "brag");

  await ada.getByLabel("The id of another window").fill(other.id);
  await ada.keyboard.press("Enter");
  assert.deepEqual(await request, { message: "You have a new friend request!" });
  await happens(ada, "brag: Hey everybody, I just received a new friend request!");

  const own = (await row(ada, "events", "id is").textContent()).match(/id is (\S+)/)[1];
  await ada.getByLabel("The id of another window").fill(own);
  await ada.keyboard.press("Enter");
  await happens(ada, "request: You have a new friend request!");
  assert.deepEqual(await brag, { message: "Hey everybody, I just received a new friend request!" });

  await ada.getByLabel("The id of another window").fill("nobody");
  await ada.keyboard.press("Enter");
  await happens(ada, "There is no socket with this id.");
  assert.deepEqual(ada.faults, []);
});

test("first steps: every packet is shown, with its transport and its meaning", options, async () => {
  const page = await visit("first-steps.html");

  await travels(page, "polling0{\"sid\":");
  await travels(page, "polling40Lets me into the namespace /?");
  await travels(page, /(polling|websocket)40\{"sid":/); // the upgrade does not wait for it
  await travels(page, "websocket2probeA probe");
  await travels(page, "websocket3probeIt does.");
  await travels(page, "websocket5The upgrade");
  await travels(page, "42[\"welcome\",{\"message\":\"Welcome. It is nice to see you.\"},\"");
  await travels(page, "The event “welcome”, with one value. The last text is its place in the stream");

  await page.getByRole("button", { name: "Hello World" }).click();
  await travels(page, "sentwebsocket42[\"chat message\",\"Hello World!\"]");
  await page.getByRole("button", { name: "Warn everybody" }).click();
  await travels(page, "an answer is asked for");
  await travels(page, "The answer to event number");

  const other = await program();
  other.emit("talkback", Buffer.alloc(10));
  await travels(page, "451-[\"talkback\",{\"_placeholder\":true,\"num\":0}");
  await travels(page, "<10 bytes>An attachment of 10 bytes.");

  await page.getByRole("button", { name: "Clear" }).click();
  assert.equal(await page.locator("#packets li").count(), 0);
  assert.deepEqual(page.faults, []);
});

test("first steps: the lists keep what is newest, as text", options, async () => {
  const page = await visit("first-steps.html");
  const other = await program();
  const hostile = `<img src=x onerror="alert(1)"><script>alert(2)</script>`;

  for (let i = 0; i < 150; i++) other.emit("talkback", `number ${i}`);
  other.emit("talkback", "x".repeat(5_000));
  await row(page, "packets", /… \(50\d\d characters\)/).waitFor();
  other.emit("talkback", hostile);
  await travels(page, "alert(2)");
  assert.ok((await page.locator("#packets li").count()) <= 200);
  assert.equal(await page.locator("#packets img, #packets script, #events img, #events script").count(), 0);
  assert.deepEqual(page.faults, []);
});

test("first steps: a loss and the way back are shown too", options, async () => {
  let watch;
  const upgraded = new Promise((resolve) => {
    watch = (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((packet) => {
        server.send(packet);
        if (packet === "5") resolve(socket); // Engine.IO's word for: from now on over this WebSocket
      });
    };
  });
  const page = await visit("first-steps.html", {}, (opened) => opened.routeWebSocket(/socket\.io/, watch));

  const socket = await upgraded;
  await happens(page, "thanks");
  await page.getByRole("button", { name: "Clear" }).click();
  await socket.close();
  await happens(page, "Disconnected: transport close");
  await travels(page, "0{\"sid\":");
  await page.locator("#state[data-state=connected]").waitFor();
});

test("stage: shows what a program sends, and talks back to it", options, async () => {
  const ada = await visit("stage.html");
  const bob = await visit("stage.html", { viewport: { width: 360, height: 740 } });
  const max = await program();
  await look(ada, "stage-empty");
  await look(bob, "stage-empty-narrow");

  max.emit("message", 42);
  await message(ada, "42");
  await message(bob, "42");
  await look(ada, "stage-number");

  max.emit("message", "All the world’s a stage, and all the men and women merely players.");
  await message(bob, "All the world’s a stage, and all the men and women merely players.");
  await look(bob, "stage-text-narrow");

  const talkback = heard(max, "talkback");
  await ada.getByLabel("Talk back").focus();
  await ada.keyboard.type("They have their exits");
  await ada.keyboard.press("Enter");
  assert.equal(await talkback, "They have their exits");
  await ada.getByText("Sent: They have their exits").waitFor();
  assert.equal(await ada.getByLabel("Talk back").inputValue(), "");
  assert.deepEqual([...ada.faults, ...bob.faults], []);
});

test("stage: images are shown, other bytes told of", options, async () => {
  const page = await visit("stage.html");
  const max = await program();

  max.emit("message", PNG);
  const image = page.getByRole("img", { name: "image/png" });
  await image.waitFor();
  assert.deepEqual(await image.evaluate(async (img) => (await img.decode(), [img.naturalWidth, img.naturalHeight])), [5, 5]);
  await look(page, "stage-image");
  const address = await image.getAttribute("src");
  assert.ok(await page.evaluate((blob) => fetch(blob).then(() => false, () => true), address), "the bytes are given free");
  page.faults.length = 0; // the page must not fetch it, which the browser has noted

  max.emit("message", Buffer.from([1, 2, 254]));
  await message(page, "3 bytes: 01 02 fe");
  max.emit("message", Buffer.concat([PNG.subarray(0, 8), Buffer.alloc(100)]));
  await page.getByText("108 bytes: 89 50 4e 47").waitFor();
  assert.deepEqual(page.faults.filter((fault) => !fault.includes("blob:")), []);
});

test("stage: whatever comes is text, and what is too much does not come", options, async () => {
  const page = await visit("stage.html");
  const max = await program();
  const hostile = `<img src=x onerror="alert(1)"><script>alert(2)</script>`;
  const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(3)"/>`);

  max.emit("message", hostile);
  await message(page, hostile);
  max.emit("message", svg);
  await page.getByText(`${svg.length} bytes: 3c 73 76 67`).waitFor();
  assert.equal(await page.locator("#display p *, #display img").count(), 0);

  assert.deepEqual(await max.emitWithAck("message", { __proto__: null, html: "<b>" }), "That is none of number, text, true, false and bytes.");
  assert.deepEqual(await max.emitWithAck("message", "x".repeat(10_001)), "A text may have 10000 characters.");
  assert.deepEqual(await max.emitWithAck("message"), "That is none of number, text, true, false and bytes.");
  await staged(page, max, "x".repeat(10_000));
  await assertFitsItsWidth(page);

  const answers = await Promise.all(Array.from({ length: 1_000 }, (_, i) => max.emitWithAck("message", i)));
  assert.ok(answers.filter((answer) => answer === null).length >= 150, "a dial can be turned");
  assert.ok(answers.includes("That is too much at once. Wait a second."));
  assert.deepEqual(page.faults, []);
});

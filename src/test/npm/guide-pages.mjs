// The pages of the guide in a browser:
//   node guide-pages.mjs <name of the page> <its url>
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { io } from "socket.io-client";
import { launchBrowser } from "./browser.mjs";

const [name, url] = process.argv.slice(2);
const options = { timeout: 60_000 };
let browser;

before(async () => (browser = await launchBrowser()), options);
after(() => browser?.close());

/** Opens the page as somebody else, who sees no error in it. */
async function visit() {
  const context = await browser.newContext();
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.on("pageerror", (error) => assert.fail(error));
  await page.goto(url);
  return page;
}

const line = (page, text) => page.locator("li", { hasText: text }).first().waitFor();

const pages = {
  async hello() {
    const page = await visit();
    await page.getByText("Hello from the server").waitFor();
  },

  async "first-steps"() {
    const [one, other] = [await visit(), await visit()];
    for (const page of [one, other]) await line(page, "Nice to see you.");
    await one.click("#hello");
    for (const page of [one, other]) await line(page, "Hello World!");
    await other.click("#maintenance");
    for (const page of [one, other]) await line(page, "We are offline from noon to one.");
  },

  async chat() {
    const [ada, bob] = [await visit(), await visit()];
    await enter(ada, "ada", "lobby");
    await enter(bob, "ada", "lobby", "Somebody else has this nickname.");
    await enter(bob, "bob", "lobby");
    await line(ada, "bob has joined");
    await ada.locator("#online", { hasText: "ada, bob" }).waitFor();

    await ada.locator("#text").pressSequentially("<b>hi</b>");
    await bob.getByText("ada is typing…").waitFor();
    await ada.press("#text", "Enter");
    await line(ada, "ada: <b>hi</b> ✓");
    await line(bob, "ada: <b>hi</b>");

    await enter(bob, "bob", "cellar");
    await ada.selectOption("#to", "bob");
    await ada.fill("#text", "psst");
    await ada.press("#text", "Enter");
    await line(bob, "ada to you: psst");

    await bob.context().close();
    await line(ada, "bob has left");
    assert.equal(await ada.locator("li", { hasText: "hi" }).count(), 1);
  },

  async stage() {
    const page = await visit();
    const base = new URL("socket.io/", url);
    const program = io(base.origin, { path: base.pathname });
    const heard = new Promise((resolve) => program.on("talkback", resolve));
    try {
      program.emit("message", 42);
      await page.locator("#display", { hasText: "42" }).waitFor();
      program.emit("message", DOT);
      await page.waitForFunction(() => document.querySelector("#display img")?.naturalWidth === 1);
      await page.fill("#text", "louder");
      await page.press("#text", "Enter");
      assert.equal(await heard, "louder");
    } finally {
      program.disconnect();
    }
  },
};

const DOT = Buffer.from("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==", "base64");

async function enter(page, nickname, room, state = `You are ${nickname} in ${room}.`) {
  await page.fill("#nickname", nickname);
  await page.fill("#room", room);
  await page.click("#enter button");
  await page.locator("#state", { hasText: state }).waitFor();
}

test(name, options, pages[name]);

// Somebody in the chat's page, in a real browser, for the tests of the chat.
import assert from "node:assert/strict";
import { once } from "node:events";
import { join } from "node:path";
import { after, afterEach, before, beforeEach } from "node:test";
import { io } from "socket.io-client";
import { launchBrowser } from "./browser.mjs";
import { assertAccessible, assertFitsItsWidth, watchFaults } from "./page-checks.mjs";

/** The page in one tab. */
class Visitor {
  constructor(page, faults) {
    this.page = page;
    this.faults = faults;
    this.input = page.getByLabel("Message", { exact: true });
    this.messages = page.locator("#messages .message");
    this.notice = page.locator("#notice");
    this.upgraded = this.upgrade();
  }

  /** Resolves when the page that is loaded next has moved to a WebSocket; only by that can it say farewell. */
  upgrade = () =>
    new Promise((resolve) => {
      this.page.once("websocket", (socket) => {
        socket.on("framesent", ({ payload }) => payload === "5" && resolve());
      });
    });

  state = (name) => this.page.locator(`#state[data-state=${name}]`).waitFor();

  message = (text) => this.messages.filter({ has: this.page.locator(".text").getByText(text, { exact: true }) });

  shows = (text) => this.message(text).first().waitFor();

  notes = (text) => this.page.locator("#messages .note").getByText(text, { exact: true }).first().waitFor();

  person = (name) => this.page.locator("#people li").filter({ hasText: name });

  texts = () => this.page.locator("#messages .text").allTextContents();

  async say(text) {
    await this.input.fill(text);
    await this.input.press("Enter");
  }

  /** Says something that arrives. */
  async tell(text) {
    await this.say(text);
    await this.message(text).and(this.page.locator("[data-delivery=delivered]")).first().waitFor();
  }

  async rename(name) {
    await this.page.locator("#me").click();
    await this.page.getByLabel("Name", { exact: true }).fill(name);
    await this.page.getByRole("button", { name: "Save" }).click();
  }

  async room(name) {
    await this.page.getByLabel("Create or join a room").fill(name);
    await this.page.getByRole("button", { name: "Go", exact: true }).click();
    await this.page.locator("#room-title").getByText(name, { exact: true }).waitFor();
  }

  /** Checks what is to be seen now, and keeps a picture of it. */
  async look(picture) {
    await assertAccessible(this.page);
    await assertFitsItsWidth(this.page);
    if (picture) await this.page.screenshot({ path: picture, animations: "disabled" });
  }
}

/** A browser, and programs, that end with each test. */
class Company {
  #clients = [];
  #visitors = [];

  /**
   * @param {string} chats where to ask for a chat in which nobody has been yet
   * @param {string} pictures the folder for them
   */
  constructor(chats, pictures) {
    this.chats = chats;
    this.pictures = pictures;
  }

  async open() {
    this.browser = await launchBrowser();
  }

  /** Begins a test. */
  async begin() {
    const response = await fetch(this.chats);
    assert.equal(response.status, 200);
    this.url = await response.text();
  }

  close = () => this.browser?.close();

  picture = (name) => join(this.pictures, `${name}.png`);

  /**
   * Opens the page in a browser of its own, or in another tab of one.
   *
   * @param {object} [wish]
   * @param {string} [wish.name] of the person
   * @param {string} [wish.room] where to be
   * @param {object} [wish.settings] of playwright for the browser
   * @param context of the browser in which this is another tab
   * @param {(page) => unknown} [wish.prepare] what to do before the page is opened
   */
  async visit({ name, room, settings, context, prepare } = {}) {
    const browser = context ?? (await this.browser.newContext(settings));
    browser.setDefaultTimeout(30_000);
    const page = await browser.newPage();
    const visitor = new Visitor(page, watchFaults(page, this.url));
    this.#visitors.push(visitor);
    await prepare?.(page);
    await page.goto(room ? `${this.url}?room=${encodeURIComponent(room)}` : this.url);
    await visitor.state("connected");
    if (name) {
      await visitor.rename(name);
      await page.locator("#my-name").getByText(name, { exact: true }).waitFor();
    }
    await page.locator("#room-title").getByText(room ?? "Lobby", { exact: true }).waitFor();
    return visitor;
  }

  /** Connects as programs and the pages of tutorials do, or to the namespace of the page. */
  async program(namespace = "/", auth = {}) {
    const { origin, pathname } = new URL(this.url);
    const client = io(origin + namespace, { path: `${pathname}socket.io/`, forceNew: true, auth });
    this.#clients.push(client);
    client.heard = [];
    client.on("chat message", (text) => client.heard.push(text));
    await once(client, "connect");
    return client;
  }

  /** Ends all, and looks whether anything went wrong in the pages, but for what a test expects. */
  async leave() {
    while (this.#clients.length) this.#clients.pop().disconnect();
    const faults = this.#visitors.splice(0).flatMap((visitor) => visitor.faults);
    await Promise.all(this.browser.contexts().map((context) => context.close()));
    assert.deepEqual(faults, []);
  }
}

/** Returns the company of a script that is given where to ask for chats, and a folder for pictures: new for each test. */
export function companyOfTests() {
  const company = new Company(...process.argv.slice(2));
  before(() => company.open(), { timeout: 120_000 });
  after(() => company.close());
  beforeEach(() => company.begin());
  afterEach(() => company.leave());
  return company;
}

// What the chat's page is like for its users: keyboard, screen reader, narrow screen, dark mode:
//   node chat-looks.mjs <where to ask for a new chat> <folder for pictures>
import assert from "node:assert/strict";
import { test } from "node:test";
import { companyOfTests } from "./chat-visitor.mjs";
import { assertValidHtml } from "./page-checks.mjs";

const options = { timeout: 120_000 };
const company = companyOfTests();

test("the page is valid HTML, and sends for nothing from elsewhere", options, async () => {
  await assertValidHtml(company.url);
  const response = await fetch(company.url);
  const policy = response.headers.get("content-security-policy");
  assert.match(policy, /default-src 'self'/);
  assert.doesNotMatch(policy, /unsafe/);
});

test("everything can be done with the keyboard, and the focus can be seen", options, async () => {
  const ada = await company.visit({ name: "Ada" });
  const bob = await company.visit({ name: "Bob" });
  const { keyboard } = ada.page;
  const focused = (property) => ada.page.evaluate((name) => document.activeElement[name], property);
  await ada.page.reload();
  await ada.person("Bob").waitFor();
  assert.equal(await focused("id"), "input", "one can type at once");
  await keyboard.type("first line");
  await keyboard.press("Shift+Enter");
  await keyboard.type("second line");
  await keyboard.press("Enter");
  await bob.shows("first line\nsecond line");

  const seen = [];
  await ada.page.locator("a").first().focus();
  for (let i = 0; i < 20; i++) {
    seen.push(await ada.page.evaluate(() => {
      const { id, textContent, tagName } = document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      return { what: id || textContent.trim() || tagName, outline: outlineStyle !== "none" && outlineWidth !== "0px" };
    }));
    if (seen.at(-1).what === "Send") break;
    await keyboard.press("Tab");
  }
  assert.deepEqual(seen.filter(({ outline }) => !outline), []);
  const order = seen.map(({ what }) => what.replace(/\s+/g, " "));
  assert.deepEqual(order.slice(-3), ["log", "input", "Send"], order.join());
  assert.deepEqual(order.slice(0, 2), ["Skip to the message", "me"], order.join());
  assert.ok(order.indexOf("room-name") > 1 && order.indexOf("room-name") < order.indexOf("log"), order.join());

  await ada.page.locator("#me").focus();
  await keyboard.press("Enter");
  await keyboard.type("Ada Lovelace");
  await keyboard.press("Enter");
  await bob.notes("Ada is now Ada Lovelace");
  await ada.page.waitForFunction(() => document.activeElement?.id === "me"); // the dialog gives the focus back
  await ada.page.locator("#room-name").focus();
  await keyboard.type("Keys");
  await keyboard.press("Enter");
  await ada.page.locator("#room-title").getByText("Keys").waitFor();
  assert.equal(await focused("id"), "input");
  await ada.person("Bob").getByRole("button").focus();
  await keyboard.press("Space");
  await keyboard.type("by key");
  await keyboard.press("Enter");
  await bob.shows("by key");
});

test("the page fits a narrow screen, in the dark too", options, async () => {
  const narrow = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };
  const ada = await company.visit({ name: "W".repeat(24), settings: { ...narrow, colorScheme: "dark" } });
  const bob = await company.visit({ name: "Bob", settings: { ...narrow, colorScheme: "light" } });

  await ada.tell("x".repeat(500));
  await bob.tell("a short one");
  await ada.shows("a short one");
  await ada.look(company.picture("chat-narrow-dark"));
  await bob.look(company.picture("chat-narrow-light"));
  const toggle = ada.page.getByRole("button", { name: /^Rooms and people/ });
  await toggle.tap();
  await ada.person("Bob").waitFor();
  await ada.look(company.picture("chat-narrow-side"));
  await ada.page.keyboard.press("Escape");
  await ada.person("Bob").waitFor({ state: "hidden" });
  await toggle.tap();
  await ada.person("Bob").getByRole("button").tap();
  await ada.tell("private, narrow");
  await ada.look(company.picture("chat-narrow-private"));
  const background = (visitor) => visitor.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.notEqual(await background(ada), await background(bob));
});

test("times are told in the reader's way, and nothing moves for who does not like it", options, async () => {
  const settings = { locale: "de-DE", timezoneId: "Asia/Kathmandu", reducedMotion: "reduce" };
  const ada = await company.visit({ settings });
  const program = await company.program();

  program.emit("chat message", "what time is it?");
  await ada.shows("what time is it?");
  const time = ada.page.locator("#messages time");
  const format = new Intl.DateTimeFormat("de-DE", { timeStyle: "short", timeZone: settings.timezoneId });
  assert.equal(await time.textContent(), format.format(new Date(await time.getAttribute("datetime"))));
  assert.equal(await ada.page.evaluate(() => document.getAnimations().length), 0);
});

test("a screen reader is told of messages, of the connection, and of whom one writes to", options, async () => {
  const ada = await company.visit({ name: "Ada" });
  await company.visit({ name: "Bob" });
  const description = () =>
    ada.input.evaluate((input) => {
      const ids = input.getAttribute("aria-describedby").split(" ");
      return ids.map((id) => document.getElementById(id).textContent).join(". ");
    });

  await ada.page.getByRole("log", { name: "Conversation" }).waitFor();
  await ada.page.getByRole("status").getByText("Connected").waitFor();
  assert.equal(await ada.page.getByRole("log").getAttribute("aria-live"), "polite");
  await ada.tell("hello");
  await ada.page.getByRole("listitem").filter({ hasText: "delivered" }).waitFor();
  await ada.person("Bob").getByRole("button").click();
  assert.match(await description(), /^Only for Bob\. Enter sends/);
  await ada.page.getByRole("button", { name: "Write to everybody" }).click();
  assert.match(await description(), /^Enter sends/);
});

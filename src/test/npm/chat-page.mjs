// People who use the chat's page, in real browsers:
//   node chat-page.mjs <where to ask for a new chat> <folder for pictures>
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { companyOfTests } from "./chat-visitor.mjs";

const options = { timeout: 120_000 };
const company = companyOfTests();

test("three people talk to each other, and nobody hears himself", options, async () => {
  const sockets = [];
  const ada = await company.visit({
    name: "Ada",
    prepare: (page) => page.on("websocket", (socket) => sockets.push(socket.url())),
  });
  const bob = await company.visit({ name: "Bob" });
  const carol = await company.visit({ name: "Carol" });
  await ada.notes("Guest 3 is now Carol");

  await ada.tell("Hello from Ada");
  await bob.shows("Hello from Ada");
  await bob.tell("Hello from Bob 🔑 سلام");
  await carol.shows("Hello from Bob 🔑 سلام");
  await carol.tell("Hello from Carol");
  await ada.shows("Hello from Carol");

  const all = ["Hello from Ada", "Hello from Bob 🔑 سلام", "Hello from Carol"];
  assert.deepEqual(await ada.texts(), all);
  assert.deepEqual(await bob.texts(), all);
  assert.deepEqual(await carol.texts(), all);
  assert.deepEqual(await ada.page.locator("#messages .from").allTextContents(), ["You", "Bob", "Carol"]);
  assert.equal(await ada.input.inputValue(), "");
  assert.equal(sockets.length, 1, "the page has moved to a WebSocket");
  await ada.look(company.picture("chat"));
});

test("a message is shown at once, and delivery when the server has it", options, async () => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const hold = (socket) => {
    const server = socket.connectToServer();
    socket.onMessage(async (message) => {
      if (String(message).includes('"say"')) await held;
      server.send(message);
    });
  };
  const ada = await company.visit({ prepare: (page) => page.routeWebSocket(/socket\.io/, hold) });
  const bob = await company.visit();
  await bob.tell("hello"); // the upgrade to the WebSocket is over when this has come through it
  await ada.shows("hello");

  await ada.say("slow");
  await ada.message("slow").and(ada.page.locator("[data-delivery=waiting]")).waitFor();
  await ada.message("slow").getByText("Sending…").waitFor();
  release();
  await ada.message("slow").getByText("✓").waitFor();
  await bob.shows("slow");
});

test("comings, goings and new names are announced, and who is there can be seen", options, async () => {
  const ada = await company.visit({ name: "Ada" });
  const bob = await company.visit({ name: "Bob" });
  await ada.person("Bob").waitFor();
  assert.deepEqual(await ada.page.locator("#people bdi").allTextContents(), ["Ada", "Bob"]);
  assert.equal(await ada.page.locator("#online").textContent(), "2");

  await bob.rename("Robert");
  await ada.notes("Bob is now Robert");
  await bob.upgraded;
  const upgraded = bob.upgrade();
  await bob.page.reload();
  await bob.page.locator("#my-name").getByText("Robert", { exact: true }).waitFor();
  await upgraded;
  await bob.page.close();
  await ada.notes("Robert has left");
  await ada.person("Robert").waitFor({ state: "detached" });
  assert.equal(await ada.page.locator(".note").getByText("Robert has left").count(), 1, "a reload is no departure");
});

test("a name that is taken, or none, is refused with the reason", options, async () => {
  await company.visit({ name: "Ada" });
  const bob = await company.visit();
  const before = await bob.page.locator("#my-name").textContent();

  for (const [name, reason] of [
    ["ADA", "The name “ADA” is taken. Choose another one."],
    ["\u202eadA", "A name cannot have control characters or invisible ones."],
    ["x".repeat(25), "A name can have 24 characters at most."],
    ["!!!", "A name needs a letter or a digit."],
  ]) {
    await bob.rename(name);
    await bob.page.locator("#name-problem").getByText(reason, { exact: true }).waitFor();
    if (name === "ADA") await bob.look(company.picture("chat-name-taken"));
    await bob.page.getByRole("button", { name: "Cancel" }).click();
  }
  assert.equal(await bob.page.locator("#my-name").textContent(), before);
});

test("who types is seen to, until the message is there or nothing comes for a while", options, async () => {
  const ada = await company.visit();
  const bob = await company.visit({ name: "Bob" });
  const typing = ada.page.locator("#typing").getByText("Bob is typing…");
  await Promise.all([ada.upgraded, bob.upgraded]); // what is volatile is not kept meanwhile

  await bob.input.pressSequentially("he");
  await typing.waitFor();
  await bob.input.press("Enter");
  await typing.waitFor({ state: "detached" });
  await bob.input.pressSequentially("hello again");
  await typing.waitFor();
  await typing.waitFor({ state: "detached" });
});

test("rooms are apart, and remember what was said", options, async () => {
  const ada = await company.visit({ name: "Ada" });
  const bob = await company.visit({ name: "Bob" });

  await ada.room("Board games");
  await bob.notes("Ada has left");
  await ada.tell("anybody here?");
  await bob.tell("where is Ada?");
  await bob.page.getByRole("button", { name: "Board games" }).click();
  await bob.shows("anybody here?");
  await ada.notes("Bob has joined");
  assert.deepEqual(await bob.texts(), ["anybody here?"]);
  assert.deepEqual(await ada.texts(), ["anybody here?"]);
  assert.match(bob.page.url(), /\?room=Board\+games$/);

  await bob.page.goBack();
  await bob.shows("where is Ada?");
  assert.equal(await bob.page.locator("#room-title").textContent(), "Lobby");
  assert.equal(await bob.page.locator("#rooms [aria-current] bdi").textContent(), "Lobby");
});

test("a private message is for one person, in all tabs", options, async () => {
  const ada = await company.visit({ name: "Ada", settings: { colorScheme: "dark" } });
  const bob = await company.visit({ name: "Bob" });
  const bobElsewhere = await company.visit({ context: bob.page.context(), room: "Games" });
  const carol = await company.visit({ name: "Carol" });
  await ada.person("Carol").waitFor();
  assert.equal(await ada.page.locator("#people li").count(), 3, "two tabs are one person");

  await ada.person("Bob").getByRole("button").click();
  await ada.tell("only for you");
  await bob.message("only for you").getByText("only to you").waitFor();
  await bobElsewhere.shows("only for you");
  await ada.message("only for you").getByText("only to Bob").waitFor();
  await ada.look(company.picture("chat-private-dark"));
  await bob.look(company.picture("chat-private"));
  await ada.page.getByRole("button", { name: "Write to everybody" }).click();
  await ada.tell("for all");
  await carol.shows("for all");
  assert.deepEqual(await carol.texts(), ["for all"]);
  assert.deepEqual(await bobElsewhere.texts(), ["only for you"]);
});

test("what one tab says the others of this person show as well", options, async () => {
  const ada = await company.visit({ name: "Ada" });
  const second = await company.visit({ context: ada.page.context() });

  await ada.tell("from my first tab");
  await second.shows("from my first tab");
  assert.equal(await second.page.locator("#messages .from").textContent(), "You");
});

test("names and messages are text, whatever they contain", options, async () => {
  const page = await company.visit();
  const eve = await company.visit({ name: "<b onclick=x>E</b>" });
  const hostile = `<img src=x onerror="alert(1)"><script>alert(2)</script><b>bold</b> &amp; "'`;
  const odd = "\u202eevil \u0000 \u001b[2J ﷽ Z͓͔͕͖͑͒͗͘";

  await eve.tell(hostile);
  await page.shows(hostile);
  await eve.tell(odd);
  await page.person("<b onclick=x>E</b>").getByRole("button").click();
  assert.equal(await page.page.locator("#private-name").textContent(), "<b onclick=x>E</b>");
  assert.equal(await page.page.locator("#messages .text *, #people bdi *, #private-name *, #messages img").count(), 0);
  await page.look(company.picture("chat-hostile"));
});

test("what is too much is refused with the reason, and can be sent again", options, async () => {
  const ada = await company.visit({ name: "Ada" });
  const bob = await company.visit();

  await ada.input.evaluate((input) => input.removeAttribute("maxlength"));
  await ada.say("x".repeat(10_001));
  await ada.page.getByText("Not sent: This message is too long: 10000 characters are the limit.").waitFor();
  await ada.say("   ");
  for (let i = 0; i < 24; i++) await ada.say(`message ${i}`);
  const refused = ada.messages.filter({ hasText: "Not sent: You are too fast." });
  await refused.first().waitFor();
  await ada.look(company.picture("chat-too-fast"));
  const text = await refused.first().locator(".text").textContent();
  assert.ok(!(await bob.texts()).includes(text));
  while (await ada.message(text).and(ada.page.locator("[data-delivery=delivered]")).count() === 0) {
    await ada.message(text).getByRole("button", { name: "Send again" }).click();
    await ada.message(text).and(ada.page.locator(":not([data-delivery=waiting])")).waitFor();
  }
  await bob.shows(text);
});

test("there are so many rooms and no more", options, async () => {
  const ada = await company.visit();
  for (let i = 1; i < 100; i++) await company.program("/chat", { room: `Room ${i}` });
  await ada.page.getByText("Room 99").waitFor();

  await ada.page.getByLabel("Create or join a room").fill("One more");
  await ada.page.keyboard.press("Enter");
  await ada.notice.getByText("There are 100 rooms already. Choose one of them.").waitFor();
  assert.equal(await ada.page.locator("#room-title").textContent(), "Lobby");
});

test("the page keeps the newest messages, and stays at the end unless one scrolls up", options, async () => {
  const ada = await company.visit({ settings: { viewport: { width: 360, height: 640 } } });
  const programs = await Promise.all(Array.from({ length: 28 }, () => company.program()));
  const end = await company.program();
  const newestIsVisible = () =>
    ada.page.evaluate(() => {
      const log = document.querySelector("[role=log]").getBoundingClientRect();
      return document.querySelector("#messages").lastElementChild.getBoundingClientRect().bottom <= log.bottom;
    });

  for (const program of programs) {
    for (let i = 1; i <= 20; i++) program.emit("chat message", `message ${i}`);
  }
  await Promise.all(programs.map(async (program) => {
    while (program.heard.length < 560) await once(program, "chat message");
  }));
  end.emit("chat message", "the newest");
  await ada.shows("the newest");
  assert.equal(await ada.page.locator("#messages > li").count(), 500);
  assert.ok(await newestIsVisible());

  await ada.messages.first().scrollIntoViewIfNeeded();
  end.emit("chat message", "later");
  await ada.message("later").waitFor({ state: "attached" });
  assert.ok(!(await newestIsVisible()));
});

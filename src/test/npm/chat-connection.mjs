// People who lose their connection to the chat and come back, in real browsers:
//   node chat-connection.mjs <where to ask for a new chat> <folder for pictures>
import assert from "node:assert/strict";
import { test } from "node:test";
import { companyOfTests } from "./chat-visitor.mjs";

const options = { timeout: 120_000 };
const company = companyOfTests();
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: "dark" };

/** What the browser says of requests that it makes while it has no network. */
const expectOffline = ({ faults }) => {
  const others = faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED/.test(fault));
  faults.splice(0, Infinity, ...others);
};

async function goOffline(visitor) {
  await visitor.page.context().setOffline(true);
  await visitor.state("waiting");
}

async function comeBack(visitor) {
  await visitor.page.context().setOffline(false);
  await visitor.state("connected");
  expectOffline(visitor);
}

test("what was missed arrives on return, and what was written meanwhile leaves", options, async () => {
  const ada = await company.visit({ name: "Ada" });
  const bob = await company.visit({ name: "Bob" });
  await bob.tell("before");
  await ada.shows("before");

  await goOffline(ada);
  await ada.page.getByRole("status").getByText("You are offline. What you write is sent later.").waitFor();
  await bob.person("Ada").getByText("connection lost").waitFor();
  await bob.tell("missed 1");
  await bob.tell("missed 2");
  await ada.say("written offline");
  await ada.message("written offline").getByText("Waiting for the connection…").waitFor();
  await ada.look(company.picture("chat-offline"));
  await comeBack(ada);

  await ada.message("written offline").getByText("✓").waitFor();
  await bob.shows("written offline");
  await bob.tell("after");
  await ada.shows("after");
  assert.deepEqual(await ada.texts(), ["before", "missed 1", "missed 2", "written offline", "after"]);
  assert.deepEqual(await bob.texts(), ["before", "missed 1", "missed 2", "written offline", "after"]);
  await bob.person("Ada").getByText("connection lost").waitFor({ state: "detached" });
  assert.equal(await bob.page.locator(".note").getByText("Ada has left").count(), 0);
});

test("without a session to go on with, the newest messages come, and none twice", options, async () => {
  // the server takes for a newcomer who does not say what session it had
  const forget = (route) => {
    const body = route.request().postData();
    return body?.includes('"pid"') ? route.continue({ postData: body.replace('"pid"', '"was"') }) : route.continue();
  };
  const ada = await company.visit({ name: "Ada", prepare: (page) => page.route(/socket\.io\/\?/, forget) });
  const bob = await company.visit({ name: "Bob" });
  await ada.tell("before");
  await bob.shows("before");

  await goOffline(ada);
  await bob.tell("missed");
  await ada.say("written offline");
  await comeBack(ada);

  await bob.shows("written offline");
  await ada.message("written offline").getByText("✓").waitFor();
  assert.deepEqual(await ada.texts(), ["before", "missed", "written offline"]);
  assert.deepEqual(await bob.texts(), ["before", "missed", "written offline"]);
  assert.equal(await bob.page.locator("#people li").count(), 2);
});

test("a message whose answer is lost is sent once more, and said once", options, async () => {
  let cut = false;
  const loseAnswer = (socket) => {
    const server = socket.connectToServer();
    server.onMessage(async (message) => {
      if (String(message).startsWith("43/chat") && !cut) {
        cut = true;
        await socket.close();
        await server.close();
      } else {
        socket.send(message);
      }
    });
  };
  const bob = await company.visit();
  let upgraded;
  const upgrade = new Promise((resolve) => (upgraded = resolve));
  const ada = await company.visit({
    prepare: (page) => page.routeWebSocket(/socket\.io/, (socket) => (loseAnswer(socket), upgraded())),
  });
  await upgrade;
  await bob.tell("to be on the WebSocket");
  await ada.shows("to be on the WebSocket");

  await ada.tell("once");
  await bob.tell("twice?");
  await ada.shows("twice?");
  assert.ok(cut);
  assert.deepEqual(await ada.texts(), ["to be on the WebSocket", "once", "twice?"]);
  assert.deepEqual(await bob.texts(), ["to be on the WebSocket", "once", "twice?"]);
});

test("so much is kept for later, and no more", options, async () => {
  const ada = await company.visit({ settings: phone });

  await goOffline(ada);
  await ada.look(company.picture("chat-narrow-offline"));
  for (let i = 1; i <= 21; i++) await ada.say(`message ${i}`);
  await ada.notice.getByText("20 messages wait for the connection already.").waitFor();
  assert.equal(await ada.input.inputValue(), "message 21");
  await ada.page.getByRole("button", { name: /^Rooms and people/ }).tap();
  await ada.page.getByLabel("Create or join a room").fill("Games");
  await ada.page.keyboard.press("Enter");
  await ada.notice.getByText("There is no connection at the moment.").waitFor();
  await comeBack(ada);
  await ada.message("message 20").getByText("✓").waitFor();
});

test("who goes to another page has left", options, async () => {
  const ada = await company.visit({ name: "Ada" });
  const bob = await company.visit({ name: "Bob" });
  await bob.person("Ada").waitFor();
  await ada.upgraded;

  await ada.page.goto("about:blank");
  await bob.notes("Ada has left");
});

test("the page says when the server sends it away", options, async () => {
  const visitors = [];
  const ada = await company.visit({ name: "Ada" });
  for (let i = 0; i < 9; i++) visitors.push(await company.visit({ context: ada.page.context() }));
  const page = await ada.page.context().newPage();
  await page.goto(company.url);

  await page.locator("#state[data-state=ended]").getByText("Disconnected by the server").waitFor();
  await page.locator("#notice").getByText("You have the chat open 10 times already. Close another page first.").waitFor();
});

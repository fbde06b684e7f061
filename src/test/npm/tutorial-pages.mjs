// The pages of the tutorials, with their own script tags, beside the chat's page:
//   node tutorial-pages.mjs <where to ask for a new chat>
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { companyOfTests } from "./chat-visitor.mjs";

const options = { timeout: 120_000 };
const company = companyOfTests();

const file = (path) => readFileSync(new URL(`node_modules/${path}`, import.meta.url), "utf8");

/** What other hosts would serve. */
const ELSEWHERE = {
  "https://cdn.socket.io/socket.io-1.2.0.js": file("client-1.2/socket.io.js"),
  "http://code.jquery.com/jquery-1.11.1.js": file("jquery/dist/jquery.js"),
};

const OLD_CLIENT = "https://cdn.socket.io/socket.io-1.2.0.js";
const OWN_CLIENT = "/socket.io/socket.io.js";

/** By version of the client: what its page loads, and what the server of the tutorial has at the client's address. */
const TUTORIALS = {
  "1.2.0": { script: OLD_CLIENT },
  "1.3.7": { script: OWN_CLIENT, served: file("client-1.3/socket.io.js") },
  "of the server": { script: OWN_CLIENT },
};

const page = (script) => `<!doctype html>
<html>
  <head><title>Socket.IO chat</title></head>
  <body>
    <ul id="messages"></ul>
    <form action="">
      <input id="m" autocomplete="off" /><button>Send</button>
    </form>
    <button id="hello" onclick="myFunction()">Click me</button>
    <script src="${script}"></script>
    <script src="http://code.jquery.com/jquery-1.11.1.js"></script>
    <script>
      var socket = ${script === OLD_CLIENT ? "io()" : "io.connect()"};
      $('form').submit(function(){
        socket.emit('chat message', $('#m').val());
        $('#m').val('');
        return false;
      });
      function myFunction() {
        socket.emit('chat message', 'Hello World!');
      }
      socket.on('chat message', function(msg){
        $('#messages').append($('<li>').text(msg));
      });
    </script>
  </body>
</html>`;

async function follow({ script, served }) {
  const opened = await company.browser.newPage();
  opened.faults = [];
  opened.on("pageerror", (error) => opened.faults.push(String(error)));
  for (const [address, body] of Object.entries(ELSEWHERE)) {
    await opened.route(address, (route) => route.fulfill({ contentType: "text/javascript", body }));
  }
  if (served) {
    await opened.route(`${company.url}socket.io/socket.io.js`, (route) => route.fulfill({ contentType: "text/javascript", body: served }));
  }
  const address = `${company.url}tutorial`;
  await opened.route(address, (route) => route.fulfill({ contentType: "text/html", body: page(script) }));
  await opened.goto(address);
  await opened.waitForFunction(() => socket.connected);
  return opened;
}

const shows = (tutorial, text) => tutorial.locator("#messages li").getByText(text, { exact: true }).waitFor();
const texts = (tutorial) => tutorial.locator("#messages li").allTextContents();

for (const [version, tutorial] of Object.entries(TUTORIALS)) {
  test(`pages with client ${version} and the chat's page talk to each other`, options, async () => {
    const ada = await company.visit();
    const one = await follow(tutorial);
    const two = await follow(tutorial);

    await one.locator("#m").fill("Hello from 2015 🔑");
    await one.locator("form button").click();
    await two.locator("#hello").click();
    await ada.shows("Hello from 2015 🔑");
    await ada.shows("Hello World!");
    await ada.tell("Hello from today");
    await shows(one, "Hello from today");
    await ada.rename("Ada");
    await ada.page.locator("#my-name").getByText("Ada").waitFor();
    await ada.tell("I have a name now");
    await shows(one, "Ada: I have a name now");
    await shows(two, "Ada: I have a name now");
    await ada.person("simple page").first().waitFor();

    const all = ["Hello from 2015 🔑", "Hello World!", "Hello from today", "Ada: I have a name now"];
    const hello = [all[0], all[1]].sort();
    for (const heard of [await texts(one), await texts(two)]) {
      assert.deepEqual([...heard.slice(0, 2).sort(), ...heard.slice(2)], [...hello, ...all.slice(2)]);
    }
    const heard = await ada.texts();
    assert.deepEqual([...heard.slice(0, 2).sort(), ...heard.slice(2)], [...hello, all[2], "I have a name now"]);
    assert.deepEqual([...one.faults, ...two.faults], []);
  });
}

test("a page of every age hears every other", options, async () => {
  const pages = await Promise.all(Object.values(TUTORIALS).map(follow));

  for (const [index, speaker] of pages.entries()) {
    await speaker.locator("#m").fill(`from ${index}`);
    await speaker.locator("form button").click();
    for (const listener of pages) await shows(listener, `from ${index}`);
  }
  for (const listener of pages) assert.equal((await texts(listener)).length, pages.length);
});

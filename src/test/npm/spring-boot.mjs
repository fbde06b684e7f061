// The example for Spring Boot:
//   node spring-boot.mjs <url of the origin>
import assert from "node:assert/strict";
import { once } from "node:events";
import { after, test } from "node:test";
import { io } from "socket.io-client";

const [origin] = process.argv.slice(2);
const ada = `Basic ${btoa("ada:lovelace")}`;
const bob = `Basic ${btoa("bob:builder")}`;
const options = { timeout: 30_000 };
const clients = [];

const open = (transports, extraHeaders) => {
  const client = io(origin, { transports, extraHeaders, forceNew: true, reconnection: false });
  clients.push(client);
  return client;
};

after(() => {
  for (const client of clients) client.disconnect();
});

const connected = async (client) => {
  const refused = once(client, "connect_error").then(([error]) => Promise.reject(error));
  await Promise.race([once(client, "connect"), refused]);
  return client;
};

const login = (transports, authorization) => connected(open(transports, { authorization }));

const post = async (path, authorization, body) => {
  const headers = { authorization, "content-type": "application/json" };
  const { status } = await fetch(origin + path, { method: "POST", headers, body: JSON.stringify(body) });
  return status;
};

const whoAmI = (client) => new Promise((resolve) => client.emit("who am I", (...answer) => resolve(answer)));

for (const transports of [["polling"], ["websocket"], ["polling", "websocket"]]) {
  const over = `over ${transports.join(", then ")}: `;

  test(over + "the login is the principal, with its roles", options, async () => {
    const client = await login(transports, ada);
    const { engine } = client.io;
    if (engine.transport.name !== transports.at(-1)) await once(engine, "upgrade");
    assert.deepEqual(await whoAmI(client), ["ada", true]);
    assert.deepEqual(await whoAmI(await login(transports, bob)), ["bob", false]);
  });

  test(over + "nobody else is let in", options, async () => {
    await assert.rejects(connected(open(transports, {})));
    await assert.rejects(login(transports, `Basic ${btoa("ada:wrong")}`));
  });

  test(over + "controllers send to sockets", options, async () => {
    const [first, second] = await Promise.all([login(transports, ada), login(transports, bob)]);
    const all = Promise.all([once(first, "news"), once(second, "news")]);
    const news = { title: "Hello", text: "there" };
    assert.equal(await post("/news", ada, news), 200);
    assert.deepEqual(await all, [[news], [news]]);

    const received = [];
    first.on("news", ({ title }) => received.push(title));
    const one = once(second, "news");
    assert.equal(await post("/news/bob", ada, { title: "secret", text: "" }), 200);
    assert.deepEqual(await one, [{ title: "secret", text: "" }]);
    const said = Promise.all([once(first, "said"), once(second, "said")]);
    second.emit("say", "thanks");
    assert.deepEqual(await said, [["bob", "thanks"], ["bob", "thanks"]]);
    assert.deepEqual(received, []);

    assert.equal(await post("/news", bob, news), 403);
  });
}

test("controllers see the clients", options, async () => {
  const before = await (await fetch(`${origin}/clients`, { headers: { authorization: ada } })).json();
  await login(["websocket"], bob);
  const now = await (await fetch(`${origin}/clients`, { headers: { authorization: ada } })).json();
  assert.equal(now.clients, before.clients + 1);
});

test("options are Spring's properties", options, async () => {
  const response = await fetch(`${origin}/socket.io/?EIO=4&transport=polling`, { headers: { authorization: ada } });
  assert.equal(JSON.parse((await response.text()).slice(1)).pingInterval, 10_000);
});

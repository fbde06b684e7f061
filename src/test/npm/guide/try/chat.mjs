import assert from "node:assert/strict";
import { test } from "node:test";
import { connected, hears } from "./people.mjs";

const person = async (nickname) => {
  const client = await connected();
  assert.deepEqual(await client.emitWithAck("nickname", nickname), {});
  return client;
};

const events = (client, name) => client.heard.filter(([event]) => event === name);

test("nicknames are texts, taken once, and free again when somebody leaves", async () => {
  const guest = await connected();
  for (const wrong of ["", "  ", null, "x".repeat(21)]) {
    assert.deepEqual(await guest.emitWithAck("nickname", wrong), { error: "A nickname has 1 to 20 characters." });
  }
  const ada = await person("ada");
  await hears(guest, "user joined", "ada");
  await hears(guest, "online", ["ada"]);
  assert.deepEqual(await ada.emitWithAck("nickname", "eve"), { error: "You have a nickname." });
  assert.deepEqual(await guest.emitWithAck("nickname", "ada"), { error: "Somebody else has this nickname." });

  ada.disconnect();
  await hears(guest, "user left", "ada");
  await hears(guest, "online", []);

  assert.deepEqual(await guest.emitWithAck("nickname", "ada"), {});
});

test("everybody sees who is online", async () => {
  const [bob, ada] = [await person("bob"), await person("ada")];
  await hears(bob, "online", ["ada", "bob"]);
  await hears(ada, "online", ["ada", "bob"]);
});

test("a message goes to the others, and its sender knows that it has arrived", async () => {
  const [ada, bob, guest] = [await person("ada"), await person("bob"), await connected()];
  assert.deepEqual(await guest.emitWithAck("chat message", "hi"), { error: "Choose a nickname first." });
  assert.deepEqual(await ada.emitWithAck("chat message", " "), { error: "A message has 1 to 1000 characters." });

  assert.deepEqual(await ada.emitWithAck("chat message", "<b>hi</b>"), {});

  await hears(bob, "chat message", "ada", "<b>hi</b>");
  await hears(guest, "chat message", "ada", "<b>hi</b>");
  assert.deepEqual(events(ada, "chat message"), []);
});

test("the others see who is typing", async () => {
  const [ada, bob] = [await person("ada"), await person("bob")];
  const keys = setInterval(() => ada.emit("typing"), 100); // each is lost if bob's connection is busy
  await hears(bob, "typing", "ada").finally(() => clearInterval(keys));
  assert.deepEqual(events(ada, "typing"), []);
});

test("a message stays in its room", async () => {
  const [ada, bob, eve] = [await person("ada"), await person("bob"), await person("eve")];
  assert.deepEqual(await ada.emitWithAck("join room", "x".repeat(31)), {
    error: "The name of a room has 1 to 30 characters.",
  });
  for (const each of [ada, bob]) assert.deepEqual(await each.emitWithAck("join room", "cellar"), {});
  await ada.emitWithAck("chat message", "down here");
  await hears(bob, "chat message", "ada", "down here");
  await eve.emitWithAck("chat message", "up here");
  await bob.emitWithAck("join room", "lobby");
  await eve.emitWithAck("chat message", "welcome back");
  await hears(bob, "chat message", "eve", "welcome back");

  assert.equal(events(bob, "chat message").length, 2);
  assert.deepEqual(events(eve, "chat message"), []);
});

test("nobody gets the messages of another by a room with the name of a socket", async () => {
  const [ada, bob, eve] = [await person("ada"), await person("bob"), await person("eve")];
  await eve.emitWithAck("join room", bob.id);
  await ada.emitWithAck("private message", "bob", "for you");
  await hears(bob, "private message", "ada", "for you");
  await eve.emitWithAck("join room", "lobby");
  assert.deepEqual(events(eve, "private message"), []);
});

test("a private message reaches one, in whatever room", async () => {
  const [ada, bob, eve] = [await person("ada"), await person("bob"), await person("eve")];
  await bob.emitWithAck("join room", "cellar");
  for (const nobody of ["mallory", null]) {
    assert.deepEqual(await ada.emitWithAck("private message", nobody, "hi"), { error: "Nobody here has this nickname." });
  }

  assert.deepEqual(await ada.emitWithAck("private message", "bob", "psst"), {});

  await hears(bob, "private message", "ada", "psst");
  assert.deepEqual([...events(eve, "private message"), ...events(ada, "private message")], []);
});

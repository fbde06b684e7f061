import assert from "node:assert/strict";
import { test } from "node:test";
import { connected, hears } from "./people.mjs";

test("a welcome and its thanks, a message, a warning and friends", async () => {
  const [ada, bob, eve] = await Promise.all([connected(), connected(), connected()]);
  await hears(ada, "welcome", { message: "Nice to see you." });
  ada.emit("thanks", { message: "Great to be here." });

  ada.emit("chat message", "Hello World!");
  for (const each of [ada, bob, eve]) await hears(each, "chat message", "Hello World!");

  bob.emit("maintenance");
  for (const each of [ada, bob, eve]) await hears(each, "achtung", { warning: "We are offline from noon to one." });

  ada.emit("befriend", bob.id);
  await hears(bob, "request", { message: "Somebody wants to be your friend." });
  for (const each of [ada, eve]) await hears(each, "brag", { message: "Somebody has found a friend." });

  const told = (client) => client.heard.map(([event]) => event);
  assert.deepEqual(told(bob), ["welcome", "chat message", "achtung", "request"]);
  assert.deepEqual(told(eve), ["welcome", "chat message", "achtung", "brag"]);
});

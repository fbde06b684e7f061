import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { arrive, connected, hears } from "./people.mjs";

test("headlines reach those who have subscribed", async () => {
  const [sports, weather] = [await connected(), await connected()];
  assert.equal(await sports.emitWithAck("subscribe", "sports"), true);
  assert.equal(await weather.emitWithAck("subscribe", "weather"), true);
  assert.equal(await weather.emitWithAck("subscribe", sports.id), false);
  const [editor, colleague] = [1, 2].map(() => arrive("/editors", { auth: { password: "secret" } }));
  await Promise.all([once(editor, "connect"), once(colleague, "connect")]);

  editor.emit("publish", "sports", "We won");
  await hears(sports, "headline", "sports", "We won");
  await hears(colleague, "published", "We won");
  await sports.emitWithAck("unsubscribe", "sports");
  await weather.emitWithAck("unsubscribe", "sports");

  assert.deepEqual(weather.heard, []);
  assert.deepEqual(editor.heard, []);
});

test("who does not know the password is no editor", async () => {
  for (const auth of [{}, { password: "guess" }]) {
    const [refusal] = await once(arrive("/editors", { auth }), "connect_error");
    assert.equal(refusal.message, "wrong password");
    assert.deepEqual(refusal.data, { hint: "Ask the chief." });
  }
});

test("every team has a namespace", async () => {
  const one = await connected("/team-1");
  const other = await connected("/team-2");
  await hears(one, "joined", "/team-1", one.id);
  await hears(other, "joined", "/team-2", other.id);
  assert.equal(one.heard.length, 1);
  const [refusal] = await once(arrive("/team-x"), "connect_error");
  assert.equal(refusal.message, "Invalid namespace");
});

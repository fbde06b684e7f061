import assert from "node:assert/strict";
import { test } from "node:test";
import { connected } from "./people.mjs";

test("the server answers", async () => {
  const client = await connected();
  assert.equal(await client.emitWithAck("add", 1, 2), 3);
});

test("the client answers", async () => {
  const client = await connected();
  const questions = [];
  client.on("confirm", (question, answer) => {
    questions.push(question);
    answer(question.includes("old"));
  });
  assert.equal(await client.emitWithAck("delete", "old.txt"), "deleted");
  assert.equal(await client.emitWithAck("delete", "new.txt"), "kept");
  assert.deepEqual(questions, ["Delete old.txt?", "Delete new.txt?"]);
});

test("everybody answers, or somebody does not", async () => {
  const players = await Promise.all([connected(), connected(), connected()]);
  players.slice(1).forEach((player) => player.on("ready?", (answer) => answer(true)));
  const play = (millis) => new Promise((resolve) => players[0].emit("play", millis, (...answer) => resolve(answer)));
  assert.deepEqual(await play(300), ["some are missing", 2]);
  players[0].on("ready?", (answer) => answer(true));
  assert.deepEqual(await play(10_000), ["all ready", 3]);
});

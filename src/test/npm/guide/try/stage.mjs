import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { connected, hears, url } from "./people.mjs";

test("a message of any kind reaches everybody", async () => {
  const [sender, page] = [await connected(), await connected()];
  for (const value of [42, "hello", { note: 60 }]) {
    sender.emit("message", value);
    await hears(page, "message", value);
    await hears(sender, "message", value);
  }
  const bytes = Buffer.from([137, 80, 78, 71]);
  sender.emit("message", bytes);
  await hears(page, "message", bytes);
});

test("a picture arrives with its name, and its sender hears its size", async () => {
  const [sender, page] = [await connected(), await connected()];
  const picture = { name: "dot.png", content: Buffer.from([1, 2, 3]) };
  assert.equal(await sender.emitWithAck("picture", picture), 3);
  await hears(page, "picture", picture);
  assert.deepEqual(sender.heard, []);
});

test("whoever talks back reaches everybody else", async () => {
  const [max, page] = [await connected(), await connected()];
  page.emit("talkback", "louder");
  await hears(max, "talkback", "louder");
  assert.deepEqual(page.heard, []);
});

test("a program without a page takes part", async () => {
  const page = await connected();
  const script = fileURLToPath(new URL("../stage-client.mjs", import.meta.url));
  const program = spawn(process.execPath, [script, url], { stdio: ["pipe", "pipe", "inherit"] });
  program.stdin.write("message hello there\n");
  await hears(page, "message", "hello there");
  page.emit("talkback", "louder");
  const [printed] = await once(program.stdout, "data");
  assert.equal(printed.toString(), "talkback louder\n");
  program.stdin.end();
  assert.deepEqual(await once(program, "exit"), [0, null]);
});

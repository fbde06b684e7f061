// Two people meet in a chat, in real browsers:
//   node chat-meeting.mjs <address that has the address of the chat> <folder for pictures>
import assert from "node:assert/strict";
import { test } from "node:test";
import { companyOfTests } from "./chat-visitor.mjs";

const company = companyOfTests();

test("two people meet", { timeout: 120_000 }, async () => {
  const ada = await company.visit({ name: "Ada" });
  const bob = await company.visit({ name: "Bob" });
  await Promise.all([ada.upgraded, bob.upgraded]);

  await ada.tell("Hello from Ada");
  await bob.shows("Hello from Ada");
  await bob.tell("Hello from Bob 🔑 سلام");
  await ada.shows("Hello from Bob 🔑 سلام");

  assert.deepEqual(await ada.texts(), await bob.texts());
  await bob.look(company.picture("chat"));
});

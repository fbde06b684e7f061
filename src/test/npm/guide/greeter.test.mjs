import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { test } from "node:test";
import { Server } from "socket.io";
import { io as connect } from "socket.io-client";
import { configure } from "./greeter.mjs";

const MORNING = () => new Date("2030-01-01T08:00:00");

test("greets by the time of day and tells the others", async (t) => {
  const http = createServer().listen(0);
  const io = new Server(http);
  configure(io, MORNING);
  const url = `http://localhost:${http.address().port}`;
  const [ada, bob] = [1, 2].map(() => connect(url, { forceNew: true, transports: ["websocket"] }));
  t.after(() => {
    ada.disconnect();
    bob.disconnect();
    return io.close();
  });
  await once(bob, "connect");
  const greeted = once(bob, "greeted");

  assert.equal(await ada.emitWithAck("greet", "Ada"), "Good morning, Ada");

  assert.deepEqual(await greeted, ["Ada"]);
});

// Exchanges compressed WebSocket messages with the application in EndToEndApp.java: node deflate.mjs <url>
import assert from "node:assert/strict";
import { once } from "node:events";
import { io } from "socket.io-client";

const [url] = process.argv.slice(2);

async function connect(perMessageDeflate) {
  const socket = io(url, { transports: ["websocket"], forceNew: true, perMessageDeflate });
  await once(socket, "connect");
  return socket;
}

const webSocket = (socket) => socket.io.engine.transport.ws;

const socket = await connect({ threshold: 0 });
assert.equal(webSocket(socket).extensions, "permessage-deflate");
const before = webSocket(socket)._socket.bytesRead;
for (const value of ["", "€".repeat(100_000), { text: "x".repeat(300_000) }, Buffer.alloc(200_000, 7), "again"]) {
  assert.deepEqual(await socket.timeout(10_000).emitWithAck("echo", value), value);
}
const bytes = webSocket(socket)._socket.bytesRead - before;
assert.ok(bytes < 20_000, `${bytes} bytes for 800 kB`);
socket.disconnect();

const plain = await connect(false);
assert.equal(webSocket(plain).extensions, "");
assert.equal(await plain.timeout(10_000).emitWithAck("echo", "hello"), "hello");
plain.disconnect();

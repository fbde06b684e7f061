// Connects below a context path: node context-path.mjs <url of the application> <transports>
import assert from "node:assert/strict";
import { io } from "socket.io-client";

const [url, transports] = process.argv.slice(2);
const { origin, pathname } = new URL(url);
const socket = io(origin, { path: `${pathname}/socket.io/`, transports: transports.split(",") });
socket.on("connect_error", (error) => {
  throw error;
});
assert.deepEqual(await socket.timeout(5000).emitWithAck("echo", "hello"), "hello");
socket.disconnect();

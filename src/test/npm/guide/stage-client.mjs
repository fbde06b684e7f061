import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

const socket = io(process.argv[2]);
socket.on("talkback", (text) => console.log(`talkback ${text}`));
await once(socket, "connect");

for await (const line of createInterface({ input: process.stdin })) {
  const [command, ...words] = line.split(" ");
  const rest = words.join(" ");
  switch (command) {
    case "message":
      socket.emit("message", rest);
      break;
    case "send":
      socket.emit("message", readFileSync(rest));
      break;
    default:
      console.log("message <text> | send <file>");
  }
}
socket.disconnect();

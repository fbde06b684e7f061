// The counterpart of BenchApp.java in a cluster, on Node:
//   node cluster-cost-node.mjs <port of Redis>
import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-adapter";
import { createClient } from "redis";
import { Server } from "socket.io";

const url = `redis://127.0.0.1:${process.argv[2]}`;
const [publisher, subscriber] = [createClient({ url }), createClient({ url })];
await Promise.all([publisher.connect(), subscriber.connect()]);

const http = createServer();
const io = new Server(http, { adapter: createAdapter(publisher, subscriber), serveClient: false });
io.on("connection", (socket) => socket.on("chat message", (message) => io.emit("chat message", message)));
http.listen(0, "127.0.0.1", () => console.log(`listening on ${http.address().port}`));

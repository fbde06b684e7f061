// Joins a cluster and then never answers, as a server does that hangs:
//   node silent-node.mjs <port of Redis> <adapter>
import { startNode } from "./cluster-node.mjs";

const [redisPort, adapter] = process.argv.slice(2);
const { io } = await startNode(Number(redisPort), adapter);
const { uid } = io.of("/").adapter;
while ((await io.of("/").adapter.serverCount()) < 3);
process.stdout.write(`silent from now on: ${uid}\n`, () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));

// A load balancer for tests: clients have one address, and come to the server that is chosen at the time.
import { createServer, connect } from "node:net";

/** Starts it; servers are asked for in their order until one takes the connection. */
export async function startBalancer(...urls) {
  let targets = urls;
  const pairs = new Set();
  const balancer = createServer((client) => open(client, targets));

  function open(client, [next, ...others]) {
    if (!next) return client.destroy();
    const server = connect(new URL(next).port, "127.0.0.1");
    const pair = { client, server };
    server.once("connect", () => {
      pairs.add(pair);
      client.pipe(server).pipe(client);
    });
    server.on("error", () => (server.connecting || !pairs.has(pair) ? open(client, others) : client.destroy()));
    client.on("error", () => server.destroy());
    client.on("close", () => pair.kept || server.destroy());
    server.on("close", () => pairs.delete(pair) && client.destroy());
  }

  await new Promise((resolve) => balancer.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${balancer.address().port}`,
    /** Cuts all connections; new ones come to another server. The old one does not notice at once if it is kept. */
    moveTo(url, { unnoticed = false } = {}) {
      targets = [url];
      for (const pair of pairs) {
        pair.kept = unnoticed;
        if (unnoticed) pair.client.unpipe(pair.server);
        pair.client.destroy();
      }
    },
    close() {
      pairs.forEach(({ client, server }) => [client, server].forEach((socket) => socket.destroy()));
      return new Promise((resolve) => balancer.close(resolve));
    },
  };
}

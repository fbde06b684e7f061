/** What Engine.IO writes for the types of its packets. */
const DIGITS = { open: "0", close: "1", ping: "2", pong: "3", message: "4", upgrade: "5", noop: "6" };

/**
 * Reports each packet of a connection, those of later connections after a loss included.
 *
 * @param manager the client's, `socket.io`, before it has connected
 * @param {(packet: {sent: boolean, transport: string, text?: string, bytes?: number}) => void} onPacket is given the
 *     packet as it is written: a text, or the number of its bytes
 */
export function watch(manager, onPacket) {
  watchEngine(manager.engine, onPacket);
  // The new engine is there as soon as the client is through with telling of it.
  manager.on("reconnect_attempt", () => queueMicrotask(() => watchEngine(manager.engine, onPacket)));
}

/**
 * The engine itself tells neither of the packets that probe another transport nor which one has carried a packet; its
 * transports know both.
 */
function watchEngine(engine, onPacket) {
  const create = engine.createTransport.bind(engine);
  engine.createTransport = (name) => watchTransport(create(name), onPacket);
  watchTransport(engine.transport, onPacket);
}

function watchTransport(transport, onPacket) {
  const send = transport.send.bind(transport);
  transport.send = (packets) => {
    packets.forEach((packet) => onPacket({ sent: true, transport: transport.name, ...written(packet) }));
    send(packets);
  };
  transport.on("packet", (packet) => onPacket({ sent: false, transport: transport.name, ...written(packet) }));
  return transport;
}

function written({ type, data }) {
  if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) {
    return { bytes: data.byteLength };
  }
  return { text: (DIGITS[type] ?? "") + (data ?? "") };
}

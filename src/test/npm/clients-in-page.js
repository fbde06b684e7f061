// What clients.mjs has a browser do, once with each version of the client: functions that throw when something is wrong.
// It talks to the application in AcceptanceApp.java.
(() => {
  const CLIENTS = window.clients; // by version: the io function of each
  const PROTOCOL = { "1.2": 3, 1.7: 3, 2.5: 3, 3.1: 4, "4.0": 4, 4.8: 4 };
  const versions = Object.keys(PROTOCOL).sort();

  const bytes = (...values) => Uint8Array.from(values).buffer;

  const open = [];

  function start(page, version, namespace = "", options = {}) {
    const { path, transports } = page;
    const url = location.origin + namespace;
    const socket = CLIENTS[version](url, { path, transports, forceNew: true, reconnection: false, ...options });
    open.push(socket);
    return socket;
  }

  async function connect(page, version, namespace, options) {
    const socket = start(page, version, namespace, options);
    await new Promise((resolve, reject) => {
      socket.on("connect", resolve);
      socket.on("connect_error", ({ message, data }) => reject({ message, data }));
      socket.on("error", (sent) => reject({ sent })); // what revision 3 has for a refusal
    });
    return socket;
  }

  /** Connects all, at most five by polling: a browser has six connections to a host, and each poll that waits takes one. */
  const connectAll = (page) =>
    Promise.all(
      versions.map((version, index) => {
        const sixth = index === 5 && page.transports.join() === "polling";
        return connect(page, version, "", sixth ? { transports: ["websocket"] } : {});
      }),
    );

  const ask = (socket, ...args) => new Promise((resolve) => socket.emit(...args, (...answer) => resolve(answer)));

  const hear = (socket, event) => new Promise((resolve) => socket.once(event, (...args) => resolve(args)));

  async function plain(value) {
    if (value instanceof Blob) value = await value.arrayBuffer();
    if (value instanceof ArrayBuffer) return { bytes: [...new Uint8Array(value)] };
    if (Array.isArray(value)) return Promise.all(value.map(plain));
    if (!value || typeof value !== "object") return value;
    const entries = Object.entries(value).map(async ([key, inner]) => [key, await plain(inner)]);
    return Object.fromEntries((await Promise.all(entries)).sort());
  }

  async function same(actual, expected) {
    const [a, b] = [JSON.stringify(await plain(actual)), JSON.stringify(await plain(expected))];
    if (a !== b) throw new Error(`got ${a}\nwant ${b}`);
  }

  async function refusal(attempt) {
    try {
      await attempt;
    } catch (reason) {
      return reason;
    }
    throw new Error("not refused");
  }

  const one = {
    async "text and acknowledgements, both ways"(page, version) {
      const socket = await connect(page, version);
      const values = ["plain", "", "ünïcödé 🔑 \u2028", { a: [1, -0.5, null, { b: true }] }, [], null];
      await same(await ask(socket, "echo", ...values), values);
      socket.emit("echo", ...values);
      await same(await hear(socket, "echo-back"), values);
      socket.on("question", (value, answer) => answer({ got: value }));
      await same(await ask(socket, "ask", "question", 5000, [{ x: 1 }]), [{ ok: true, args: [{ got: { x: 1 } }] }]);
    },

    async "binary, both ways, in events and acknowledgements"(page, version) {
      const socket = await connect(page, version);
      const value = { whole: bytes(0, 127, 128, 255), parts: [bytes(1), "é🔑", bytes()] };
      await same(await ask(socket, "echo", value), [value]);
      const heard = hear(socket, "binary");
      await same(await ask(socket, "make-binary", 3, 7), [bytes(9, 40, 71), { nested: [bytes(10, 41, 72, 103, 134)] }]);
      await same(await heard, [{ whole: bytes(7, 38, 69), parts: [bytes(8, 39, 70), "text", bytes()] }]);
      socket.on("question", (wanted, answer) => answer(bytes(wanted, 254)));
      await same(await ask(socket, "ask", "question", 5000, [253]), [{ ok: true, args: [bytes(253, 254)] }]);
    },

    async "the transport that was asked for, in the end, and the revision"(page, version) {
      const socket = await connect(page, version);
      let answer;
      do [answer] = await ask(socket, "whoami");
      while (answer.transport !== page.transports.at(-1));
      await same([answer.protocol, answer.id], [PROTOCOL[version], socket.id ?? socket.io.engine.id]);
    },

    async "three hundred messages each way in order, whatever the transport does meanwhile"(page, version) {
      const socket = start(page, version);
      const numbers = Array.from({ length: 300 }, (_, i) => i);
      const streamed = [];
      const echoed = [];
      const done = new Promise((resolve) => {
        const check = () => streamed.length === 300 && echoed.length === 300 && resolve();
        socket.on("item", (i) => (streamed.push(i), check()));
        socket.on("echo-back", (i) => (echoed.push(i), check()));
      });
      socket.emit("stream", "item", 300, 0, 1);
      for (const i of numbers) {
        socket.emit("echo", i);
        if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await done;
      await same([streamed, echoed], [numbers, numbers]);
    },

    async "a namespace beside the main one, and a token for it"(page, version) {
      const old = PROTOCOL[version] === 3;
      const main = await connect(page, version);
      // 1.2 leaves out the query of a namespace and sends that of the page's URL, as far as there is one
      const options = version === "1.2" ? { query: "token=secret" } : old ? {} : { auth: { token: "secret" } };
      const namespace = old && version !== "1.2" ? "/auth?token=secret" : "/auth";
      const socket = await connect(page, version, namespace, options);
      const [{ nsp, id }] = await ask(socket, "whoami");
      await same([nsp, id], ["/auth", old ? `/auth#${socket.io.engine.id}` : socket.id]);
      const [{ auth }] = await ask(socket, "handshake");
      await same(auth, version === "1.2" ? {} : { token: "secret" });
      await same(await ask(main, "echo", "main"), ["main"]);
    },

    async "a refusal, with what it says"(page, version) {
      const old = PROTOCOL[version] === 3;
      const data = { code: 401, reason: "bad token", detail: { list: [1, 2, 3], note: "é🔑" } };
      await same(await refusal(connect(page, version, "/auth")), old ? { sent: data } : { message: "not authorized", data });
      await same(await refusal(connect(page, version, "/plainerr")), old ? { sent: "no entry" } : { message: "no entry" });
    },

    async "the reason of its end"(page, version) {
      const socket = await connect(page, version);
      const reason = hear(socket, "disconnect");
      socket.emit("kick", false);
      await same((await reason)[0], "io server disconnect");
    },
  };

  const together = {
    async "all in one room hear each other, text and binary"(page) {
      const sockets = await connectAll(page);
      const room = `hall-${page.transports}`;
      for (const socket of sockets) await ask(socket, "join", room);
      for (const [index, speaker] of sockets.entries()) {
        const said = sockets.map((socket) => hear(socket, "said"));
        speaker.emit("send", { from: "nsp", to: [room] }, "said", [`from ${versions[index]} é🔑`]);
        await same(await Promise.all(said), sockets.map(() => [`from ${versions[index]} é🔑`]));
        const others = sockets.filter((socket) => socket !== speaker);
        const shown = others.map((socket) => hear(socket, "shown"));
        speaker.emit("send", { from: "socket", to: [room] }, "shown", [{ bytes: bytes(index, 255), text: "é" }]);
        await same(await Promise.all(shown), others.map(() => [{ bytes: bytes(index, 255), text: "é" }]));
      }
    },

    async "all stay as long as they answer the heartbeat"(page) {
      const sockets = await connectAll(page);
      const ids = () => Promise.all(sockets.map(async (socket) => (await ask(socket, "whoami"))[0].id));
      const before = await ids();
      await new Promise((resolve) => setTimeout(resolve, 6500)); // longer than interval and timeout together
      await same(await ids(), before);
    },

    async "all answer one broadcast"(page) {
      const sockets = await connectAll(page);
      const room = `answers-${page.transports}`;
      for (const [index, socket] of sockets.entries()) {
        await ask(socket, "join", room);
        socket.on("which", (answer) => answer(index));
      }
      const [{ error, responses }] = await ask(sockets[0], "gather", { from: "nsp", to: [room] }, "which", 5000, []);
      await same([error, responses.sort()], [null, versions.map((_, index) => index)]);
    },
  };

  window.scenarios = [
    ...versions.flatMap((version) => Object.keys(one).map((name) => ({ version, name }))),
    ...Object.keys(together).map((name) => ({ version: "", name })),
  ];

  window.play = async (page, version, name) => {
    try {
      await (version ? one[name] : together[name])(page, version);
    } catch (reason) {
      throw reason instanceof Error ? reason : new Error(JSON.stringify(reason));
    } finally {
      while (open.length) open.pop().disconnect();
    }
  };
})();

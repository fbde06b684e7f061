// The server brings its client along: no CDN, and no version to keep in step.
import { io } from "../socket.io/socket.io.esm.min.js";

/**
 * Connects to the server that this page comes from.
 *
 * @param {(name: "connected" | "waiting" | "ended", text: string) => void} onState is told how the connection fares,
 *     as a name for programs and a text for people
 * @param {string} [namespace]
 * @param {object} [options] further ones of the client
 * @returns the socket
 */
export function connect(onState, namespace = "/", options = {}) {
  // A web application may be deployed anywhere: the path is not "/socket.io/" but below the page's own.
  const socket = io(namespace, { path: new URL("socket.io/", document.baseURI).pathname, ...options });

  socket.on("connect", () => onState("connected", "Connected"));
  socket.on("disconnect", () => onLoss("Disconnected", "Disconnected by the server"));
  socket.on("connect_error", () => onLoss("No connection", "Refused by the server"));

  /** The client tries again by itself, unless the server has sent it away. */
  function onLoss(temporary, final) {
    if (socket.active) {
      onState("waiting", navigator.onLine ? `${temporary}, trying again…` : "You are offline.");
    } else {
      onState("ended", final);
    }
  }

  return socket;
}

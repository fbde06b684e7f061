// Puts the browser client's files, and its version, where the class path will have them:
//   node src/build/client-files.mjs target/npm/main target/generated-resources/client/dev/socketio/servlet/client
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FILES = ["socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js"];

const [npm, to] = process.argv.slice(2);
const client = join(npm, "node_modules", "socket.io-client");
const { version } = JSON.parse(readFileSync(join(client, "package.json"), "utf8"));

mkdirSync(to, { recursive: true });
for (const file of FILES.flatMap((name) => [name, `${name}.map`])) {
  const source = join(client, "dist", file);
  if (!existsSync(source)) {
    console.error(`socket.io-client ${version} has no dist/${file}, which the servlet serves.`);
    process.exit(1);
  }
  copyFileSync(source, join(to, file));
}
writeFileSync(join(to, "client.properties"), `version=${version}\n`);

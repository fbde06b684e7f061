// Installs one of the npm folders below target/, exactly as its lock file says:
//   node src/build/npm-install.mjs src/test/npm target/npm/test
// The scripts beside package.json are copied each time. Packages are fetched only when the lock has changed,
// so that repeated builds need no network.
import { execSync } from "node:child_process";
import fs from "node:fs";
import { basename, join } from "node:path";

const [from, to] = process.argv.slice(2);
const lock = join(from, "package-lock.json");
const installedLock = join(to, "node_modules", ".installed.json");

if (Number.parseInt(process.versions.node, 10) < 18) {
  console.error(`Node.js 18 or newer is needed to build, and "node" is ${process.version}.`);
  process.exit(1);
}

fs.mkdirSync(to, { recursive: true });
fs.cpSync(from, to, { recursive: true, filter: (path) => basename(path) !== "node_modules" });
if (!fs.existsSync(installedLock) || !fs.readFileSync(installedLock).equals(fs.readFileSync(lock))) {
  try {
    execSync("npm ci", { cwd: to, stdio: "inherit" });
  } catch {
    console.error(`"npm ci" failed in ${to}.`);
    process.exit(1);
  }
  fs.cpSync(lock, installedLock);
}

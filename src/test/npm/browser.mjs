// A headless Chromium for the tests: the one that CHROMIUM_PATH names, or else the one that npm has brought.
import { spawnSync } from "node:child_process";
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync, createBrotliDecompress } from "node:zlib";
import { chromium } from "playwright-core";

// No sandbox, because tests may run as root. The rest keeps Chromium from looking for its maker at every start.
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** What the package brings, compressed, and where it is unpacked. */
const PACKED = fileURLToPath(new URL("node_modules/@sparticuz/chromium/bin/", import.meta.url));
const UNPACKED = fileURLToPath(new URL("chromium/", import.meta.url));

export async function launchBrowser() {
  const installed = process.env.CHROMIUM_PATH;
  if (installed) {
    return chromium.launch({ executablePath: installed, args: ARGS });
  }
  const executablePath = await unpackBinary();
  try {
    return await chromium.launch({ executablePath, args: ARGS });
  } catch {
    // A machine without the libraries that Chromium needs, or without a font: the package has them, too.
    const env = { ...process.env, LD_LIBRARY_PATH: `${unpackFolder("al2023")}/lib`, FONTCONFIG_PATH: unpackFolder("fonts") };
    return chromium.launch({ executablePath, args: ARGS, env });
  }
}

async function unpackBinary() {
  const binary = `${UNPACKED}chromium`;
  if (!existsSync(binary)) {
    mkdirSync(UNPACKED, { recursive: true });
    const part = `${binary}.${process.pid}`;
    await pipeline(
      createReadStream(`${PACKED}chromium.br`),
      createBrotliDecompress(),
      createWriteStream(part, { mode: 0o755 }),
    );
    renameSync(part, binary);
  }
  return binary;
}

function unpackFolder(name) {
  const folder = `${UNPACKED}${name}`;
  mkdirSync(folder, { recursive: true });
  const tar = spawnSync("tar", ["-x", "-C", folder], { input: brotliDecompressSync(readFileSync(`${PACKED}${name}.tar.br`)) });
  if (tar.status !== 0) {
    throw new Error(`tar: ${tar.error ?? tar.stderr}`);
  }
  return folder;
}

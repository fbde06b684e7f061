// Reads all scripts of the guide, those too that need packages which are not here:
//   node syntax.mjs <folder>...
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

for (const folder of process.argv.slice(2)) {
  for (const name of readdirSync(folder, { recursive: true }).filter((each) => /\.m?js$/.test(each))) {
    const check = spawnSync(process.execPath, ["--check", join(folder, name)], { encoding: "utf8" });
    if (check.status !== 0) {
      console.error(check.stderr);
      process.exitCode = 1;
    }
  }
}

// The lesson in which a program that is no browser drives a page:
//   node terminal-client.mjs <url of the web application> <terminal client's JAR> <folder for pictures>
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { launchBrowser } from "./browser.mjs";
import { watchFaults } from "./page-checks.mjs";

const [url, jar, pictures] = process.argv.slice(2);
const options = { timeout: 120_000 };
const photo = join(tmpdir(), `photo-${process.pid}.png`);
let browser;

before(async () => (browser = await launchBrowser()), options);
after(async () => {
  rmSync(photo, { force: true });
  await browser?.close();
});

test("a terminal drives the page, which talks back", options, async (t) => {
  const context = await browser.newContext();
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const faults = watchFaults(page, url);
  await page.goto(`${url}stage.html`);
  await page.locator("#state[data-state=connected]").waitFor();
  const picture = await page.screenshot();
  writeFileSync(photo, picture);

  const terminal = spawn("java", ["-jar", jar, "connect", url]);
  t.after(() => terminal.kill());
  const printed = createInterface(terminal.stdout);
  const line = once(printed, "line");

  terminal.stdin.write("message 42\n");
  await page.locator("#display").getByText("42", { exact: true }).waitFor();
  terminal.stdin.write("message hello\n");
  await page.locator("#display").getByText("hello", { exact: true }).waitFor();
  terminal.stdin.write(`send ${photo}\n`);
  const image = page.getByRole("img", { name: "image/png" });
  await image.waitFor();
  await image.evaluate((img) => img.decode());
  assert.match(await image.getAttribute("alt"), new RegExp(new Intl.NumberFormat("en").format(picture.length)));
  await page.screenshot({ path: join(pictures, "stage-photo.png") });

  await page.getByLabel("Talk back").fill("I see myself");
  await page.getByRole("button", { name: "Talk back" }).click();
  assert.deepEqual(await line, ["I see myself"]);

  const exit = once(terminal, "exit");
  terminal.stdin.write("disconnect\n");
  assert.deepEqual(await exit, [0, null]);
  assert.deepEqual(faults, []);
});

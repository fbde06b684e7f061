// What holds for every page of the web application, as checks for the tests of each.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { HtmlValidate } from "html-validate";

const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

const html = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {
    "void-style": "off", // a matter of taste
    "no-trailing-whitespace": "error",
    "no-inline-style": "error", // the Content-Security-Policy would not let it count
  },
});

/**
 * Notes what goes wrong in a page from now on: errors and warnings in the console, such as violations of the
 * Content-Security-Policy, exceptions, dialogs, responses that are errors, and requests to another host. Call it before
 * the page is opened.
 *
 * @param page of playwright
 * @param {string} url the page's own
 * @returns {string[]} the faults, to which new ones are added
 */
export function watchFaults(page, url) {
  const faults = [];
  const { host } = new URL(url);
  const checkHost = (target) => {
    const { protocol, host: other } = new URL(target);
    if (!["data:", "blob:"].includes(protocol) && other !== host) faults.push(`request to ${target}`);
  };
  page.on("request", (request) => checkHost(request.url()));
  page.on("websocket", (socket) => checkHost(socket.url()));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`exception: ${error.stack ?? error}`));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
  return faults;
}

/** The file is valid HTML. */
export async function assertValidHtml(url) {
  const response = await fetch(url);
  assert.equal(response.status, 200, url);
  const report = await html.validateString(await response.text(), url);
  const found = report.results.flatMap(({ messages }) => messages);
  assert.deepEqual(found.map(({ ruleId, line, column, message }) => `${line}:${column} ${ruleId}: ${message}`), [], url);
}

/** The page as it is now has no fault that axe finds: contrast, names, roles, structure, up to WCAG 2.2 AA. */
export async function assertAccessible(page) {
  if (!(await page.evaluate(() => "axe" in window))) {
    await page.evaluate(axe);
  }
  const violations = await page.evaluate(async () => {
    // what fades in has no contrast yet
    await Promise.all(document.getAnimations().map(({ finished }) => finished));
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const report = await window.axe.run({ runOnly: tags });
    return report.violations.map(({ id, nodes }) => [id, ...nodes.map(({ html, failureSummary }) => `${html}: ${failureSummary}`)]);
  });
  assert.deepEqual(violations, []);
}

/** Nothing makes the page scroll sideways. */
export async function assertFitsItsWidth(page) {
  const wide = await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    return scrollWidth > clientWidth ? `${scrollWidth} px in ${clientWidth} px` : "";
  });
  assert.equal(wide, "");
}

// axe.mjs: every page of FOLDER/pages in Chromium: axe (WCAG 2.2 A and AA, best practice) in light and dark, on a telephone and a projector; no
// page scrolls sideways, asks anything of the network, or prints to nothing. Says what it finds, and fails when it finds something.
import { createRequire } from "node:module";
import { readFileSync, readdirSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = resolve(process.argv[2]);
const require = createRequire(join(folder, "node_modules", "here.js"));
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
let findings = 0;

function tell(...words) {
  findings++;
  console.log(...words);
}

async function look(page, name, width, scheme) {
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) tell(`${name}: at ${width} pixels the page is ${wide} too wide`);
  const result = await page.evaluate((tags) => axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] }), rules);
  for (const finding of result.violations)
    for (const node of finding.nodes) tell(`${name} (${width}, ${scheme}): ${finding.id}: ${finding.help}: ${node.html.slice(0, 160)}`);
}

const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
for (const name of readdirSync(join(folder, "pages")).sort()) {
  const page = await browser.newPage();
  const own = "file://" + join(folder, "pages", name);
  page.on("request", (request) => request.url() !== own && tell(`${name}: asks for ${request.url()}`));
  page.on("pageerror", (error) => tell(`${name}: ${error}`));
  await page.goto(own);
  await page.evaluate(axe);
  await look(page, name, 400, "light");
  await look(page, name, 1600, "dark");
  const pdf = await page.pdf({ format: "A4" });
  if (pdf.length < 2000) tell(`${name}: prints to nothing`);
  const sheets = Buffer.from(pdf).toString("latin1").match(/\/Type\s*\/Page\b/g) ?? [];
  const brief = await page.evaluate(() => document.body.classList.contains("brief"));
  if (brief && sheets.length !== 1) tell(`${name}: is to be one sheet, and prints to ${sheets.length}`);
  await page.close();
}
await browser.close();
process.exit(findings ? 1 : 0);

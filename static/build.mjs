// npm run build: styles, scripts and pictures into static/build, each named by its content, each also in Brotli and gzip.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import esbuild from "esbuild";
import { transform } from "lightningcss";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";
import * as sass from "sass";

import { copyFonts } from "./fonts.mjs";
import { moveIn } from "./move-in.mjs";
import { pictures } from "./pictures.mjs";
import logical from "./postcss-logical.mjs";
import tokens from "./postcss-tokens.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(HERE);
const OUT = join(HERE, "build");
const FRESH = join(HERE, `build.${process.pid}`);
const BROWSERS = { chrome: 100 << 16, firefox: 100 << 16, safari: (15 << 16) | (4 << 8) };
// portal.js stands on every page, listen.js on the Easy Read ones, surgeries.js where a GP surgery is asked.
const STAFF_ONLY = [
  join(ROOT, "portal", "templates", "{staff/**,components/table.html}"),
  join(HERE, "js", "{staff,copy,passkey}.js"),
];
const STYLES = { "portal.css": STAFF_ONLY, "staff.css": [] };
const SCRIPTS = ["portal.js", "staff.js", "listen.js", "surgeries.js"];
// Class names that templates put together from parts, or that views give to cells of a table.
const KEPT = [/^nhsuk-input--width-/, /^nhsuk-tag--(grey|green|blue|red|yellow|white)$/, /^nhsuk-(radios|checkboxes)__(item|input|label|hint|divider)$/, /^nhsuk-button-group$/, /^app-(reference|tick)$/, /^app-(colour|picture)--/, /^app-level-/,
  /^nhsuk-card--care--(emergency|urgent|non-urgent)$/];

async function styles(name, leftOut) {
  const { css } = sass.compile(join(HERE, "scss", name.replace(".css", ".scss")), {
    importers: [new sass.NodePackageImporter(ROOT)],
    quietDeps: true,
  });
  const content = [join(ROOT, "portal", "templates", "**", "*.html"), join(HERE, "js", "*.js")];
  const [purged] = await new PurgeCSS().purge({
    content, skippedContentGlobs: leftOut, css: [{ raw: css }], safelist: { standard: KEPT },
  });
  const { css: mirrored } = await postcss([logical(), tokens()]).process(purged.css, { from: undefined });
  return transform({ filename: name, code: Buffer.from(mirrored), minify: true, targets: BROWSERS }).code;
}

async function script(name) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(HERE, "js", name)],
    bundle: true, minify: true, write: false, format: "iife", target: "es2020", logLevel: "silent",
  });
  return Buffer.from(outputFiles[0].contents);
}

function store(manifest, name, content, about = {}) {
  const body = Buffer.from(content);
  const digest = createHash("sha384").update(body).digest();
  const extension = extname(name);
  const stem = join(dirname(name), basename(name, extension));
  const path = `${stem}.${digest.toString("hex").slice(0, 12)}${extension}`;
  const file = join(FRESH, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, body);
  writeFileSync(`${file}.br`, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }));
  writeFileSync(`${file}.gz`, gzipSync(body, { level: 9 }));
  manifest[name] = { path, integrity: `sha384-${digest.toString("base64")}`, ...about };
}

function size(manifest, name) {
  const file = join(OUT, manifest[name].path);
  return `${name} ${readFileSync(file).length} B, ${readFileSync(`${file}.br`).length} B Brotli`;
}

async function build() {
  const began = performance.now();
  rmSync(FRESH, { recursive: true, force: true });
  const manifest = {};
  const sheets = Object.entries(STYLES).map(async ([name, leftOut]) => [name, await styles(name, leftOut)]);
  const scripts = SCRIPTS.map(async (name) => [name, await script(name)]);
  for (const [name, content] of await Promise.all([...sheets, ...scripts])) store(manifest, name, content);
  store(manifest, "icon.svg", readFileSync(join(HERE, "icon.svg")));
  const drawn = pictures(ROOT);
  for (const [name, { content, ...about }] of Object.entries(drawn)) store(manifest, name, content, about);
  const fonts = copyFonts(ROOT, join(FRESH, "fonts"));
  writeFileSync(join(FRESH, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
  moveIn(FRESH, OUT);
  return { manifest, seconds: (performance.now() - began) / 1000, count: Object.keys(drawn).length, fonts };
}

try {
  const { manifest, seconds, count, fonts } = await build();
  for (const name of [...Object.keys(STYLES), ...SCRIPTS]) console.log(size(manifest, name));
  console.log(`${count} pictures, ${fonts} fonts; built in ${seconds.toFixed(1)} s`);
} catch (fault) {
  rmSync(FRESH, { recursive: true, force: true });
  console.error(`The styles, scripts and pictures were not built, the old ones stay.\n${fault.message ?? fault}`);
  process.exitCode = 1;
}

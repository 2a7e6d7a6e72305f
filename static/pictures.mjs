// The pictures that portal/content/pictures.toml names: OpenMoji's by their code, our own from static/pictures.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const TABLE = /^\[pictures\.(?:"([^"]+)"|([\w-]+))\]$/;
const PAIR = /^(\w+)\s*=\s*("(?:[^"\\]|\\.)*"|'[^']*')\s*(?:#.*)?$/;
const INLINE = /^"?([\w-]+)"?\s*=\s*\{(.*)\}\s*(?:#.*)?$/;

/** Return {"pictures/<key>.svg": {content, alt}}; our own drawings are there even where no manifest names them. */
export function pictures(root) {
  const own = join(root, "static", "pictures");
  const found = {};
  for (const file of existsSync(own) ? readdirSync(own) : []) {
    if (file.endsWith(".svg")) found[`pictures/${file}`] = { content: slim(readFileSync(join(own, file), "utf8")), alt: "" };
  }
  const list = join(root, "portal", "content", "pictures.toml");
  if (!existsSync(list)) return found;
  for (const [key, entry] of Object.entries(entries(readFileSync(list, "utf8")))) {
    found[`pictures/${key}.svg`] = { content: slim(readFileSync(drawing(root, own, key, entry), "utf8")), alt: entry.alt ?? "" };
  }
  return found;
}

function drawing(root, own, key, { source, code, file }) {
  const path = source === "own" ? join(own, file ?? "") : join(root, "node_modules", "openmoji", "color", "svg", `${code}.svg`);
  if (!(source === "own" ? file : code) || !existsSync(path)) {
    throw new Error(`portal/content/pictures.toml: ${key}: there is no drawing at ${path}`);
  }
  return path;
}

/** Read the small part of TOML that the manifest is written in: tables and inline tables of strings. */
export function entries(text) {
  const found = {};
  let table = null;
  for (const line of text.split("\n").map((each) => each.trim())) {
    const head = TABLE.exec(line);
    const pair = PAIR.exec(line);
    const inline = INLINE.exec(line);
    if (head) table = found[head[1] ?? head[2]] = {};
    else if (line.startsWith("[")) table = line === "[pictures]" ? found : null;
    else if (table === found && inline) found[inline[1]] = inlineTable(inline[2]);
    else if (table && table !== found && pair) table[pair[1]] = string(pair[2]);
  }
  return found;
}

function inlineTable(text) {
  const found = {};
  for (const [, key, value] of text.matchAll(/(\w+)\s*=\s*("(?:[^"\\]|\\.)*"|'[^']*')/g)) found[key] = string(value);
  return found;
}

function string(value) {
  return value.startsWith('"') ? JSON.parse(value) : value.slice(1, -1);
}

function slim(svg) {
  return svg.replace(/<\?xml[^>]*>|<!--[\s\S]*?-->/g, "").replace(/>\s+</g, "><").trim();
}

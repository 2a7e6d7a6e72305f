// What was built goes where it is served from, while others may read there: they find all that the old manifest names,
// or all that the new one names, and never a half.

import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const MANIFEST = "manifest.json";
const PACKED = ["", ".br", ".gz"];

/** Move every file by one renaming each, the manifest last; then take away what neither manifest names. */
export function moveIn(fresh, out) {
  const before = named(out);
  const made = files(fresh);
  for (const file of [...made.filter((name) => name !== MANIFEST), MANIFEST]) {
    mkdirSync(join(out, dirname(file)), { recursive: true });
    renameSync(join(fresh, file), join(out, file));
  }
  // A start that read the old manifest a moment ago still opens its files; the next build takes those away.
  const kept = new Set([...made, ...before]);
  for (const file of files(out)) if (!kept.has(file)) rmSync(join(out, file));
  rmSync(fresh, { recursive: true, force: true });
}

function named(out) {
  const manifest = join(out, MANIFEST);
  if (!existsSync(manifest)) return [];
  return Object.values(JSON.parse(readFileSync(manifest, "utf8"))).flatMap(({ path }) => PACKED.map((end) => path + end));
}

function files(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)));
}

// Every colour nhsuk-frontend writes becomes one of our tokens (scss/_tokens.scss), by what it paints.
// A colour with no token stops the build: it would have no dark, high-contrast or AAA answer.

import { EXCEPTIONS, PAINT } from "./tokens.mjs";

const COLOUR = /#[0-9a-f]{3,8}\b|rgba?\([^)]*\)|\b(?:white|black)\b/gi;
const KIND = [
  [/^(color|-webkit-text-fill-color|text-decoration(-color)?|caret-color)$/, "text"],
  [/^background(-color|-image)?$/, "surface"],
  [/^(border|outline|box-shadow|fill|stroke|column-rule)/, "line"],
];

export default function tokens() {
  return {
    postcssPlugin: "tokens",
    Declaration(decl) {
      if (decl.prop.startsWith("--nhsuk-")) return void decl.remove(); // for its own scripts, which we do not load
      if (decl.prop.startsWith("--") || !COLOUR.test(decl.value)) return;
      COLOUR.lastIndex = 0;
      if (inPrint(decl) || ours(decl)) return;
      decl.value = decl.value.replace(COLOUR, (found) => token(decl, found));
    },
  };
}
tokens.postcss = true;

function token(decl, found) {
  const kind = KIND.find(([name]) => name.test(decl.prop))?.[1];
  const colour = plain(found);
  const special = EXCEPTIONS.find(
    (each) => each.kind.test(kind) && each.answers[colour] && each.where.test(decl.parent.selector ?? ""),
  );
  const answer = special?.answers[colour] ?? PAINT[kind]?.[colour];
  if (!answer) throw decl.error(`No token for the colour ${found} (${kind ?? decl.prop}). Add it to static/tokens.mjs.`);
  return answer;
}

function plain(found) {
  const colour = found.toLowerCase().replace(/\s+/g, "");
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(colour);
  if (short) return `#${short.slice(1).map((digit) => digit + digit).join("")}`;
  return { white: "#ffffff", black: "#000000" }[colour] ?? colour;
}

// Our own layer writes tokens itself; what white it has stays white (behind pictures with black lines).
function ours(decl) {
  return /\.app-/.test(decl.parent.selector ?? "");
}

function inPrint(decl) {
  for (let node = decl.parent; node; node = node.parent) {
    if (node.type === "atrule" && node.name === "media" && /\bprint\b/.test(node.params)) return true;
  }
  return false;
}

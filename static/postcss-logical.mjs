// Left and right become start and end, so that one style sheet serves both writing directions.

const RENAMED = {
  left: "inset-inline-start",
  right: "inset-inline-end",
  "border-top-left-radius": "border-start-start-radius",
  "border-top-right-radius": "border-start-end-radius",
  "border-bottom-left-radius": "border-end-start-radius",
  "border-bottom-right-radius": "border-end-end-radius",
};
const SIDED = /^(margin|padding|border|scroll-margin|scroll-padding)-(left|right)(-(?:width|style|color))?$/;
const FOUR = /^(margin|padding|inset|border-(?:width|style|color))$/;
const WORDS = { left: "start", right: "end" };

export default function logical() {
  return { postcssPlugin: "logical", Declaration: turn };
}
logical.postcss = true;

function turn(decl) {
  const sided = SIDED.exec(decl.prop);
  if (sided) {
    decl.prop = `${sided[1]}-inline-${WORDS[sided[2]]}${sided[3] ?? ""}`;
  } else if (RENAMED[decl.prop]) {
    decl.prop = RENAMED[decl.prop];
  } else if (decl.prop === "text-align" && WORDS[decl.value]) {
    decl.value = WORDS[decl.value];
  } else if ((decl.prop === "float" || decl.prop === "clear") && WORDS[decl.value]) {
    decl.value = `inline-${WORDS[decl.value]}`;
  } else if (FOUR.test(decl.prop)) {
    split(decl);
  }
}

function split(decl) {
  const sides = parts(decl.value);
  if (sides.length !== 4 || sides[1] === sides[3]) return;
  const [top, right, bottom, left] = sides;
  const [, group, kind] = /^(border)?-?(.*)$/.exec(decl.prop);
  const name = (axis) => (group ? `border-${axis}-${kind}` : `${decl.prop}-${axis}`);
  decl.cloneBefore({ prop: name("block"), value: `${top} ${bottom}` });
  decl.cloneBefore({ prop: name("inline"), value: `${left} ${right}` });
  decl.remove();
}

function parts(value) {
  return value.match(/(?:[^\s()]+(?:\([^)]*\))?|\([^)]*\))+/g) ?? [];
}

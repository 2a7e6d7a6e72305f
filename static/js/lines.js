// What there is to hear on a page: every stretch of visible words, once, in reading order.

const LEFT_OUT = "[data-listen], .nhsuk-back-link, script, [aria-hidden=true], .nhsuk-u-visually-hidden, .nhsuk-summary-list__actions, textarea";
const BY_DIGITS = /\b(?:111|999|\d{5,}|\d{3,}(?: \d{3,})+)\b/g;
const REFERENCE = /\b[A-Z0-9]{3}(?:-[A-Z0-9]{3}){2}\b/g;

/** Return [{element, words}]; words that stand in one block are one line, an error is told once. */
export function linesOf(root) {
  const found = [];
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (!text.data.trim() || !isHeard(text.parentElement, root)) continue;
    const element = blockAround(text.parentElement, root);
    const last = found.at(-1);
    if (last?.element === element) last.words += text.data;
    else found.push({ element, words: text.data });
  }
  return found.map(({ element, words }) => ({ element, words: spoken(words) })).filter(({ words }) => /[\p{L}\p{N}]/u.test(words));
}

/** Return words as they are said: a number to call, digit by digit; a reference, letter by letter. */
export function spoken(words) {
  const apart = (found) => [...found.replace(/[ -]/g, "")].join(" ");
  return words.replace(/\s+/g, " ").trim().replace(BY_DIGITS, apart).replace(REFERENCE, apart);
}

function isHeard(element, root) {
  if (element.closest(LEFT_OUT) || !element.getClientRects().length) return false;
  const shut = element.closest("details:not([open])");
  if (shut && !element.closest("summary")) return false;
  return !(element.closest(".nhsuk-error-message") && root.querySelector("[data-error-summary]"));
}

function blockAround(element, root) {
  let block = element;
  while (block !== root && /^(inline|contents|ruby)/.test(getComputedStyle(block).display)) block = block.parentElement;
  return block;
}

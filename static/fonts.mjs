// The fonts that PDF documents are set in, copied beside the other built files. No page of the site loads them.

import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const REGULAR = "400Regular";
const BOLD = "700Bold";
const FONTS = {
  "atkinson-hyperlegible": ["AtkinsonHyperlegible", REGULAR, BOLD],
  "noto-sans": ["NotoSans", REGULAR, BOLD],
  "noto-sans-bengali": ["NotoSansBengali", REGULAR, BOLD],
  "noto-sans-gujarati": ["NotoSansGujarati", REGULAR, BOLD],
  "noto-sans-gurmukhi": ["NotoSansGurmukhi", REGULAR, BOLD],
  "noto-sans-tamil": ["NotoSansTamil", REGULAR, BOLD],
  "noto-naskh-arabic": ["NotoNaskhArabic", REGULAR, BOLD],
  "noto-nastaliq-urdu": ["NotoNastaliqUrdu", REGULAR, BOLD],
  "noto-sans-symbols-2": ["NotoSansSymbols2", REGULAR],
  "noto-sans-math": ["NotoSansMath", REGULAR],
  "noto-emoji": ["NotoEmoji", REGULAR],
};

/** Copy the fonts from node_modules into a folder, and return how many there are. */
export function copyFonts(root, folder) {
  mkdirSync(folder, { recursive: true });
  const files = Object.entries(FONTS).flatMap(([name, [family, ...weights]]) =>
    weights.map((weight) => [join(root, "node_modules", "@expo-google-fonts", name, weight), `${family}_${weight}.ttf`]));
  for (const [from, file] of files) copyFileSync(join(from, file), join(folder, file));
  return files.length;
}

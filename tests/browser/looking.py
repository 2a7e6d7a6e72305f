"""Look at a page as different people see it, and list what stands in their way."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.support.browsers import Browser

WIDTHS = (1280, 320)
COLOURS = ({"prefers_color_scheme": "dark"}, {"prefers_contrast": "more"}, {"forced_colors": "active"})
SPACING = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }
"""
TWICE = "html { font-size: 200% !important; }"
STYLE = """
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(arguments[0]);
    document.adoptedStyleSheets = [sheet];
"""
CUT_OFF = """
    const hides = new Set(["hidden", "clip"]);
    return [...document.querySelectorAll("body *")].filter(el => {
        const style = getComputedStyle(el);
        const tiny = el.clientWidth <= 2 || el.clientHeight <= 2;
        if (tiny || style.visibility === "hidden" || !el.innerText) return false;
        const across = hides.has(style.overflowX) && el.scrollWidth > el.clientWidth + 1;
        const down = hides.has(style.overflowY) && el.scrollHeight > el.clientHeight + 1;
        return across || down;
    }).map(el => el.outerHTML.slice(0, 120));
"""


@dataclass
class Onlooker:
    """Somebody who looks over a person's shoulder. `faults` is what they noted; `looked_at` where they looked."""

    browser: Browser
    faults: list[str] = field(default_factory=list)
    looked_at: set[str] = field(default_factory=set)

    def look(self, what: str, widths: Sequence[int] = WIDTHS) -> None:
        """Run every rule of axe-core at each width, and try to scroll sideways at the narrowest."""
        self.looked_at.add(what)
        for width in widths:
            self.browser.width(width)
            self.faults += [f"{what} at {width} px: {finding}" for finding in self.browser.axe()]
            if self.browser.overflows():
                self.faults.append(f"{what} at {width} px scrolls sideways")

    def look_in_colours(self, what: str) -> None:
        """Run every rule in the dark, with more contrast and in the colours that somebody forces on every page."""
        for features in COLOURS:
            self.browser.prefer(**features)
            self.look(f"{what} with {features}", widths=[1280])
        self.browser.prefer()

    def look_stretched(self, what: str) -> None:
        """Space the text as WCAG 1.4.12 allows, then double it: nothing is cut off and nothing scrolls sideways."""
        for how, css, width in (("spaced", SPACING, 320), ("spaced", SPACING, 1280), ("doubled", TWICE, 1280)):
            self.browser.width(width)
            self.browser.driver.execute_script(STYLE, css)
            cut: list[str] = self.browser.driver.execute_script(CUT_OFF)
            self.faults += [f"{what}, {how} at {width} px, cuts off {html}" for html in cut]
            if self.browser.overflows():
                self.faults.append(f"{what}, {how} at {width} px, scrolls sideways")

    def then_nothing_stands_in_the_way(self) -> None:
        """Find no fault; all of them are told at once."""
        assert self.faults == [], "\n".join(self.faults)

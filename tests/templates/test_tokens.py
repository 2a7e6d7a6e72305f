"""Every pair of colours that stands together, computed from scss/_tokens.scss: AAA text, 3:1 edges, in all schemes."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "static/scss/_tokens.scss").read_text("utf-8")

TEXT = 7.0
EDGE = 3.0
PAIRS = [
    *((text, surface, TEXT) for text in ("ink", "ink-soft", "link", "link-visited", "link-hover", "error")
      for surface in ("page", "card", "edge")),
    ("ink", "urgent", TEXT), ("ink", "warn", TEXT), ("ink", "warn-label", TEXT), ("ink-soft", "urgent", TEXT),
    ("link", "brand-tint", TEXT), ("link-active", "card", TEXT),
    ("on-solid", "go", TEXT), ("on-solid", "go-hover", TEXT), ("on-solid", "stop", TEXT),
    ("on-solid", "stop-hover", TEXT), ("on-solid", "brand", TEXT),
    ("on-heading", "heading", TEXT), ("on-heading", "care", TEXT), ("on-done", "done", TEXT),
    ("on-header", "header", TEXT), ("header", "on-header", TEXT), ("on-demo", "demo", TEXT),
    ("focus-ink", "focus", TEXT),
    *((f"tag-{name}-ink", f"tag-{name}", TEXT) for name in ("grey", "blue", "green", "red", "yellow")),
    *(("control", surface, EDGE) for surface in ("page", "card")),
    *(("line-strong", surface, EDGE) for surface in ("page", "card")),
    ("urgent-line", "urgent", EDGE), ("urgent-line", "card", EDGE), ("error", "page", EDGE), ("brand", "page", EDGE),
    ("warn-line", "page", EDGE), ("go", "page", EDGE), ("stop", "page", EDGE),
]  # fmt: skip
SURFACES = ("page", "card", "edge", "urgent", "header", "warn", "demo", "go", "stop", "heading", "care", "done")


def tokens(*names: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        block = re.search(rf"^\${name}: \((.*?)^\);", TOKENS, re.DOTALL | re.MULTILINE)
        assert block, name
        found |= dict(re.findall(r'"([\w-]+)": (#[0-9a-f]{6})', block[1]))
    return found


SCHEMES = {
    "light": tokens("light"),
    "dark": tokens("light", "dark"),
    "more contrast": tokens("light", "more-light"),
    "dark, more contrast": tokens("light", "dark", "more-light", "more-dark"),
}


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_known_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_every_scheme_answers_every_token() -> None:
    assert set(tokens("light")) == set(tokens("dark"))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_stands_together_can_be_told_apart(scheme: str) -> None:
    colours = SCHEMES[scheme]
    short = [
        f"{over} on {under}: {contrast(colours[over], colours[under]):.2f}, needs {least}"
        for over, under, least in PAIRS
        if contrast(colours[over], colours[under]) < least
    ]
    assert short == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_one_of_the_two_focus_rings_stands_out_on_every_surface(scheme: str) -> None:
    colours = SCHEMES[scheme]
    for surface in SURFACES:
        rings = (contrast(colours[ring], colours[surface]) for ring in ("focus", "focus-ink"))
        assert max(rings) >= EDGE, surface
    assert contrast(colours["focus"], colours["focus-ink"]) >= EDGE

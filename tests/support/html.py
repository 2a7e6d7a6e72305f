"""Is this page well-formed, and does it hang together? Raises BadPage naming the fault and the line."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
from html5lib.html5parser import ParseError

NAMESPACE = "{http://www.w3.org/1999/xhtml}"
REFERRING = ["for", "aria-describedby", "aria-labelledby", "aria-controls", "headers", "list"]
GLUED = re.compile(r"[a-z’”)][.?!][A-Z][a-z]*\b")
APART = {"br", "dd", "div", "dt", "fieldset", "h1", "h2", "h3", "img", "legend", "li", "p", "summary", "td", "th"}
"""Elements that stand apart from what is before and after them, without a space in the source."""
UNREAD = {"pre", "script", "textarea"}
INLINE = re.compile(r"^(style|on[a-z]+)$")


class BadPage(AssertionError):
    """A page that a browser would have to guess at."""


def parse(page: str) -> Element:
    """Parse strictly and check what binds a page together; return its tree."""
    parser = html5lib.HTMLParser(strict=True)
    try:
        tree: Element = parser.parse(page)
    except ParseError as fault:
        (line, column), _, _ = parser.errors[-1]
        near = page.splitlines()[line - 1].strip()[:200] if page else ""
        raise BadPage(f"line {line}, column {column}: {fault}\n    {near}") from fault
    for check in (_unique_ids, _references, _outline, _nothing_inline, _pictures, _sentences):
        check(tree)
    return tree


def elements(tree: Element, name: str) -> list[Element]:
    """Return every element of this name."""
    return list(tree.iter(NAMESPACE + name))


def text_of(element: Element) -> str:
    """Return its words with single spaces between."""
    return " ".join(" ".join(element.itertext()).split())


def _unique_ids(tree: Element) -> None:
    counts = Counter(node.get("id") for node in tree.iter() if node.get("id") is not None)
    twice = [name for name, number in counts.items() if number > 1 or not name]
    if twice:
        raise BadPage(f"these ids stand more than once, or are empty: {twice}")


def _references(tree: Element) -> None:
    ids = {node.get("id") for node in tree.iter()}
    for node in tree.iter():
        for attribute in REFERRING:
            for name in (node.get(attribute) or "").split():
                if name not in ids:
                    raise BadPage(f'{attribute}="{name}" points at nothing')
        link = node.get("href") or ""
        if link.startswith("#") and link != "#" and link[1:] not in ids:
            raise BadPage(f'href="{link}" points at nothing')


def _outline(tree: Element) -> None:
    headings = [text_of(node) for node in elements(tree, "h1")]
    titles = [text_of(node) for node in elements(tree, "title")]
    root = tree if tree.tag == f"{NAMESPACE}html" else tree.find(f"{NAMESPACE}html")
    if len(headings) != 1 or not headings[0]:
        raise BadPage(f"a page has one h1 with words in it; here: {headings}")
    if not titles or not titles[0]:
        raise BadPage("the page has no title")
    if root is None or not root.get("lang"):
        raise BadPage("the page does not say its language")


def _nothing_inline(tree: Element) -> None:
    for node in tree.iter():
        inline = [name for name in node.keys() if INLINE.match(name)]  # noqa: SIM118  # an Element is not a dict
        if inline:
            raise BadPage(f"{node.tag.removeprefix(NAMESPACE)} carries {inline}, which our policy forbids")
    for node in elements(tree, "script"):
        if not node.get("src") and node.get("type") not in {"application/json", "application/ld+json"}:
            raise BadPage("a script stands in the page, which our policy forbids")
    if elements(tree, "style"):
        raise BadPage("a style sheet stands in the page, which our policy forbids")


def _pictures(tree: Element) -> None:
    for node in elements(tree, "img"):
        if node.get("alt") is None:
            raise BadPage(f"this picture has no alternative: {node.get('src')}")


def _sentences(tree: Element) -> None:
    glued = GLUED.search("".join(_read(tree)))
    if glued:
        raise BadPage(f"two sentences stand without a space between: {glued.string[max(0, glued.start() - 40) :][:80]}")


def _read(node: Element) -> Iterator[str]:
    """Yield what is read in this element, with a line end around what stands apart."""
    name = node.tag.removeprefix(NAMESPACE) if isinstance(node.tag, str) else ""
    edge = "\n" if name in APART else ""
    if name and name not in UNREAD:
        yield edge + (node.text or "")
        for child in node:
            yield from _read(child)
    yield edge + (node.tail or "")

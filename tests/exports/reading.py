"""Read a tagged PDF as an assistive program would: its structure tree, and its text with the replacements it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject

HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
PART = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)


@dataclass
class Node:
    """One element of the structure tree, with the text of its own and of everything below it."""

    role: str
    alt: str = ""
    lang: str = ""
    text: str = ""
    below: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Yield this element and everything below it, in reading order."""
        yield self
        for node in self.below:
            yield from node.walk()

    def all_text(self) -> str:
        """Return the text of this element and of everything below it."""
        return "".join(node.text for node in self.walk())


class Document:
    """A PDF, read."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(BytesIO(content))
        self.root = self.reader.trailer["/Root"]
        self._marked: dict[tuple[int, int], str] = {}
        self.artifacts = ""
        for number, page in enumerate(self.reader.pages):
            self._read_page(number, page)
        self._pages = {page.indirect_reference.idnum: n for n, page in enumerate(self.reader.pages)}
        self.tree = self._node(self.root["/StructTreeRoot"], None)

    @property
    def xmp(self) -> str:
        return str(self.root["/Metadata"].get_data().decode())

    def all(self, role: str) -> list[Node]:
        """Return every element of one role, in reading order."""
        return [node for node in self.tree.walk() if node.role == role]

    def headings(self) -> list[int]:
        """Return the level of every heading, in reading order."""
        return [int(node.role[1]) for node in self.tree.walk() if re.fullmatch(r"H[1-6]", node.role)]

    @property
    def text(self) -> str:
        """Everything in the structure tree, one line for each element that has text, in reading order."""
        return "\n".join(node.text for node in self.tree.walk() if node.text)

    @property
    def flat(self) -> str:
        """The same, with single spaces only and without the marks where a long word may break."""
        return " ".join("".join(node.text or " " for node in self.tree.walk()).replace("\u200b", "").split())

    def _node(self, element: Any, page: int | None) -> Node:
        element = element.get_object()
        if "/Pg" in element:
            page = self._pages[element.raw_get("/Pg").idnum]
        node = Node(
            str(element.get("/S", "/Root"))[1:],
            alt=str(element.get("/Alt", "")),
            lang=str(element.get("/Lang", "")),
        )
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            self._add(node, kid.get_object() if isinstance(kid, IndirectObject) else kid, page)
        return node

    def _add(self, node: Node, kid: Any, page: int | None) -> None:
        if isinstance(kid, int):
            assert page is not None
            node.below.append(Node("text", text=self._marked.get((page, int(kid)), "")))
        elif isinstance(kid, DictionaryObject) and kid.get("/Type") == "/MCR":
            number = self._pages[kid.raw_get("/Pg").idnum] if "/Pg" in kid else page
            assert number is not None
            node.below.append(Node("text", text=self._marked.get((number, int(kid["/MCID"])), "")))
        elif isinstance(kid, DictionaryObject) and "/S" in kid:
            node.below.append(self._node(kid, page))

    def _read_page(self, number: int, page: Any) -> None:
        fonts = {name: _unicode_map(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()}
        open_marks: list[tuple[str, int | None, bool]] = []
        font: dict[int, str] = {}
        for operands, operator in ContentStream(page.get_contents(), self.reader).operations:
            if operator == b"Tf":
                font = fonts[operands[0]]
            elif operator in (b"BDC", b"BMC"):
                about = operands[1].get_object() if len(operands) > 1 else {}
                self._say(number, open_marks, str(about.get("/ActualText", "")))
                open_marks.append((operands[0], about.get("/MCID"), "/ActualText" in about))
            elif operator == b"EMC":
                open_marks.pop()
            elif operator in (b"Tj", b"TJ") and not any(replaced for _, _, replaced in open_marks):
                self._say(number, open_marks, _decoded(operands[0], font))

    def _say(self, number: int, open_marks: list[tuple[str, int | None, bool]], text: str) -> None:
        if not text:
            return
        mark = next((mcid for _, mcid, _ in reversed(open_marks) if mcid is not None), None)
        if mark is None:
            assert any(tag == "/Artifact" for tag, _, _ in open_marks), f"neither tagged nor an artifact: {text}"
            self.artifacts += text
        else:
            self._marked[number, int(mark)] = self._marked.get((number, int(mark)), "") + text


def _unicode_map(font: Any) -> dict[int, str]:
    codes: dict[int, str] = {}
    for kind, body in PART.findall(font["/ToUnicode"].get_data()):
        found = HEX.findall(body)
        step = 2 if kind == b"bfchar" else 3
        for at in range(0, len(found), step):
            first, last = int(found[at], 16), int(found[at + step - 2], 16)
            base = bytes.fromhex(found[at + step - 1].decode()).decode("utf-16-be")
            for code in range(first, last + 1):
                codes[code] = base[:-1] + chr(ord(base[-1]) + code - first)
    return codes


def _decoded(shown: Any, font: dict[int, str]) -> str:
    parts = shown if isinstance(shown, list) else [shown]
    raw = b"".join(part.original_bytes for part in parts if hasattr(part, "original_bytes"))
    return "".join(font.get(int.from_bytes(raw[at : at + 2], "big"), "") for at in range(0, len(raw), 2))

"""Babel's way into the standard pages: every text of a page that a translation must have."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from portal.content.loading import load_page
from portal.content.pages import messages


def extract(
    file: Any, _keywords: object, _comment_tags: object, options: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield (line, function, message, comments) of one page file, as Babel asks; there are no options."""
    del options
    for message in messages(load_page(Path(file.name))):
        yield 1, "_", message, []

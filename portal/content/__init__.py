"""Information pages, Easy Read pages and pictures: words as data, checked when the service starts."""

from portal.content.loading import Content, load_content
from portal.content.tables import ContentFault

__all__ = ["Content", "ContentFault", "load_content"]

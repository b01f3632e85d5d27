"""Questions → ranked, verbatim answers, or none."""

from bot.search.searcher import Searcher

__all__ = ["Searcher"]

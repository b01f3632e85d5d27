"""Questions → ranked, verbatim answers, or none."""

from bot.search._dates import Days
from bot.search._dates import find as days_named
from bot.search.searcher import Searcher

__all__ = ["Days", "Searcher", "days_named"]

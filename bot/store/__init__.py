"""The only place with SQL. Findings become rows; every read is bounded by a workspace."""

from bot.store._rows import ArticleSummary, StoredArticle, StoredFact, StoredMention, StoredQuotation
from bot.store._source_tables import Origin
from bot.store.articles import Saved
from bot.store.database import Database
from bot.store.people import StoredPerson

__all__ = [
    "ArticleSummary",
    "Database",
    "Origin",
    "Saved",
    "StoredArticle",
    "StoredFact",
    "StoredMention",
    "StoredPerson",
    "StoredQuotation",
]

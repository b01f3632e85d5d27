"""A person corrects a quotation: the word is kept, and the stored findings follow at once.

The next ingest of the same text applies it again to whatever the rules then find.
"""

from __future__ import annotations

import hashlib

from bot.errors import UsageError
from bot.extract import corrections as rules
from bot.models import Correction, Span, Verdict
from bot.store import Database, articles, corrections, findings

_LONGEST = 200  # characters of a speaker's name


async def correct(
    db: Database,
    workspace: str,
    article_id: int,
    span: Span,
    verdict: Verdict,
    *,
    speaker: str | None = None,
    by: str | None = None,
) -> bool:
    """Keep a correction and apply it to the stored article; False where the workspace has no such article.

    `span` reaches from the first to the last word of the quotation; an empty `speaker` leaves it open.
    Raises UsageError for a span outside the text or an endless name.
    """
    stored = await articles.get(db, workspace, article_id)
    if stored is None:
        return False
    name = " ".join((speaker or "").split()) or None
    if not 0 <= span.start < span.end <= len(stored.article.text):
        raise UsageError("The correction names a place outside the article; open the page again.")
    if name is not None and len(name) > _LONGEST:
        raise UsageError(f"A speaker's name has at most {_LONGEST} characters.")
    word = Correction(stored.article.content_hash, span, verdict, name, by)
    await corrections.save(db, workspace, word)
    kept = await corrections.of_content(db, workspace, word.content_hash)
    found = rules.apply(stored.article, await findings.of_article(db, workspace, article_id), kept)
    await articles.save(db, workspace, stored.article, found, recipe=_recipe(kept))
    return True


def _recipe(kept: list[Correction]) -> str:
    """Name what was found by rules and people, so that the next ingest asks the rules again."""
    return f"corrected {hashlib.sha256(repr(kept).encode()).hexdigest()[:16]}"

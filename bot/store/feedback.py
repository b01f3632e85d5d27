"""What users say the machine got wrong, kept by the article's content so that it outlives a new ingest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from bot.models import Article, Asker, Span
from bot.store._slack_tables import feedback
from bot.store.database import Database

VERDICTS = ("wrong_speaker", "not_quotation")


@dataclass(frozen=True, slots=True)
class Feedback:
    """One user's verdict on one quotation of an article with that content hash."""

    user: str
    verdict: str
    source: str
    content_hash: str
    content: tuple[Span, ...]
    words: str
    speaker: str | None
    at: datetime


async def add(
    db: Database, asker: Asker, verdict: str, article: Article, content: tuple[Span, ...], speaker: str | None
) -> bool:
    """Keep a verdict; False when this user has said so before. Raises ValueError for an unknown verdict."""
    if verdict not in VERDICTS:
        raise ValueError(verdict)
    row = {
        "workspace": asker.workspace,
        "user": asker.user or "",
        "verdict": verdict,
        "source": article.source,
        "content_hash": article.content_hash,
        "start": content[0].start,
        "content": [list(s) for s in content],
        "words": " […] ".join(s.of(article.text) for s in content),
        "speaker": speaker,
        "at": datetime.now(UTC),
    }
    insert = postgresql.insert if db.dialect == "postgresql" else sqlite.insert
    async with db.write() as connection:
        added = insert(feedback).values(row).on_conflict_do_nothing().returning(feedback.c.id)
        return (await connection.execute(added)).first() is not None


async def listing(db: Database, workspace: str, most: int = 100) -> list[Feedback]:
    """Return the workspace's feedback, newest first."""
    query = (
        select(feedback).where(feedback.c.workspace == workspace).order_by(feedback.c.id.desc()).limit(most)
    )
    async with db.read() as connection:
        rows = (await connection.execute(query)).mappings().all()
    return [
        Feedback(
            user=row["user"],
            verdict=row["verdict"],
            source=row["source"],
            content_hash=row["content_hash"],
            content=tuple(Span(*s) for s in row["content"]),
            words=row["words"],
            speaker=row["speaker"],
            at=row["at"],
        )
        for row in rows
    ]

"""Articles with everything found in them: saved, replaced and removed as one transaction each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Table, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import SourceError
from bot.models import Article, Findings
from bot.models.article import fingerprint
from bot.store import fulltext, passages, people, removed, reprints, versions
from bot.store._rows import (
    ArticleSummary,
    Row,
    StoredArticle,
    article_row,
    fact_row,
    mention_row,
    quotation_row,
    stored_article,
)
from bot.store._source_tables import Origin, link
from bot.store.database import Database, exclusive
from bot.store.passages import Indexed
from bot.store.reprints import Copies
from bot.store.tables import articles, facts, mentions, quotations

_LONGEST_SOURCE = 2_000  # bytes: what PostgreSQL can index, with room
Outcome = Literal["new", "same", "replaced"]


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an article."""

    article_id: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of a source: enough to see that nothing is new, without reading its text."""

    article_id: int
    content_hash: str
    raw_hash: str
    recipe: str
    fingerprint: str  # `Article.fingerprint`


async def save(
    db: Database,
    workspace: str,
    article: Article,
    findings: Findings,
    *,
    recipe: str = "",
    raw_hash: str = "",
    copies: Copies = Copies(),  # noqa: B008  frozen
    origin: Origin | None = None,
    indexed: Indexed | None = None,
) -> Saved:
    """Store an article and its findings in one transaction.

    The same content under the same source, found by the same `recipe` (rules and model) and with the same
    title, date and so on, is left as it is ("same"). Anything else takes its place under the same id
    ("replaced"); an earlier text is kept as a version. `raw_hash` is the hash of the bytes that the article
    was read from, `copies` what it is a copy of, `origin` the source that it came of, `indexed` what `index`
    makes of the findings where somebody did that already. Raises SourceError for a text that no database can
    hold, and where its source was removed meanwhile.
    """
    _check(article)
    findings = people.bounded(findings)
    row = article_row(article, findings) | {"workspace": workspace, "recipe": recipe, "raw_hash": raw_hash}
    indexed = indexed or passages.index(article, findings)

    async def stored(connection: AsyncConnection) -> Saved:
        await exclusive(connection, workspace)
        found = (await _known(connection, workspace, [article.source])).get(article.source)
        if found and (found.fingerprint, found.recipe) == (article.fingerprint, recipe):
            saved = Saved(found.article_id, "same")
        else:
            saved = await _written(connection, workspace, row, found, findings, indexed, copies)
        if origin:
            await link(connection, workspace, saved.article_id, origin, article.source)
        return saved

    return await db.unit(stored, write=True)


def index(article: Article, findings: Findings) -> Indexed:
    """Return what the full-text index is to know of an article, for `save`; pure."""
    return passages.index(article, people.bounded(findings))


async def _written(
    connection: AsyncConnection,
    workspace: str,
    row: Row,
    found: Known | None,
    findings: Findings,
    indexed: Indexed,
    copies: Copies,
) -> Saved:
    """Write an article in the place of what was `found` under its source, or as a new one."""
    values, gone = row | {"stored": datetime.now(UTC)}, list[int]()
    if found:
        article_id = found.article_id
        if found.content_hash != row["content_hash"]:
            await versions.keep(connection, workspace, article_id, datetime.now(UTC))
        gone = await _clear(connection, workspace, article_id)
        await connection.execute(update(articles).where(_one(workspace, article_id)).values(values))
    else:
        added = await connection.execute(insert(articles).values(values).returning(articles.c.id))
        article_id = int(added.scalar_one())
    await _add_findings(connection, workspace, article_id, findings)
    await fulltext.add(connection, workspace, article_id, indexed)
    await reprints.record(connection, workspace, article_id, copies)
    await people.prune(connection, workspace, gone)
    return Saved(article_id, "replaced" if found else "new")


async def known(db: Database, workspace: str, sources: Iterable[str]) -> dict[str, Known]:
    """Return what is stored of each of these sources; the others are left out."""
    async with db.read() as connection:
        return await _known(connection, workspace, list(sources))


async def get(db: Database, workspace: str, article_id: int) -> StoredArticle | None:
    """Return an article of the workspace, None where there is none."""
    async with db.read() as connection:
        row = (
            (await connection.execute(select(articles).where(_one(workspace, article_id)))).mappings().first()
        )
    return stored_article(row) if row else None


async def at(db: Database, workspace: str, address: str) -> int | None:
    """Return the id of the workspace's article with that web address or source, None where there is none."""
    a = articles.c
    query = select(a.id).where(a.workspace == workspace, (a.url == address) | (a.source == address)).limit(1)
    async with db.read() as connection:
        return (await connection.execute(query)).scalar_one_or_none()


async def listing(db: Database, workspace: str) -> list[ArticleSummary]:
    """Return the workspace's articles, newest first, with the number of their findings."""
    a = articles.c
    query = (
        select(
            a.id, a.source, a.title, a.publisher, a.published, a.fetched, a.url,
            _count(quotations).label("quotations"), _count(facts).label("facts"), a.reprint_of,
            _count(versions.versions).label("versions"),
        )
        .where(a.workspace == workspace)
        .order_by(func.coalesce(a.published, func.date(a.fetched)).desc(), a.id)
    )  # fmt: skip
    async with db.read() as connection:
        return [ArticleSummary(**row) for row in (await connection.execute(query)).mappings()]


async def count(db: Database, workspace: str) -> int:
    """Return the number of the workspace's articles."""
    query = select(func.count()).select_from(articles).where(articles.c.workspace == workspace)
    async with db.read() as connection:
        return int((await connection.execute(query)).scalar_one())


async def remove(db: Database, workspace: str, article_id: int, *, outlived: datetime | None = None) -> bool:
    """Remove an article and everything found in it; False where the workspace has no such article.

    One that was `outlived` at that time is remembered at its sources, so that none brings it back.
    """
    async with db.write() as connection:
        await exclusive(connection, workspace)
        if outlived:
            await removed.remember(connection, workspace, article_id, outlived)
        appeared = await _clear(connection, workspace, article_id)
        gone = await connection.execute(delete(articles).where(_one(workspace, article_id)))
        await people.prune(connection, workspace, appeared)
        return bool(gone.rowcount)


def _check(article: Article) -> None:
    if "\x00" in article.text:
        raise SourceError(article.source, "it holds NUL characters, so it is not text")
    if len(article.source.encode()) > _LONGEST_SOURCE:
        raise SourceError(f"{article.source[:80]}…", f"its name is longer than {_LONGEST_SOURCE:,} bytes")


def _one(workspace: str, article_id: int) -> Any:
    return (articles.c.workspace == workspace) & (articles.c.id == article_id)


def _count(table: Table) -> Any:
    return (
        select(func.count())
        .where(table.c.article_id == articles.c.id, table.c.workspace == articles.c.workspace)
        .correlate(articles)
        .scalar_subquery()
    )


async def _known(connection: AsyncConnection, workspace: str, sources: list[str]) -> dict[str, Known]:
    a = articles.c
    found: dict[str, Known] = {}
    for some in (sources[i : i + 500] for i in range(0, len(sources), 500)):
        told = (a.content_hash, a.url, a.title, a.publisher, a.authors, a.published)
        query = select(a.source, a.id, a.raw_hash, a.recipe, *told).where(
            a.workspace == workspace, a.source.in_(some)
        )
        for source, article_id, raw_hash, recipe, content, *rest in await connection.execute(query):
            found[source] = Known(article_id, content, raw_hash, recipe, fingerprint(content, *rest))
    return found


async def _clear(connection: AsyncConnection, workspace: str, article_id: int) -> list[int]:
    await fulltext.remove(connection, workspace, article_id)
    await reprints.forget(connection, workspace, article_id)
    for table in (mentions, facts, quotations):
        await connection.execute(
            delete(table).where(table.c.workspace == workspace, table.c.article_id == article_id)
        )
    return await people.withdraw(connection, workspace, article_id)


async def _add_findings(
    connection: AsyncConnection, workspace: str, article_id: int, findings: Findings
) -> None:
    persons = await people.register(connection, workspace, article_id, findings)

    def speaker(row: Row) -> Row:
        return row | {"person_id": persons.get(row["speaker"])}

    place = {"workspace": workspace, "article_id": article_id}
    await _insert(connection, quotations, place, [speaker(quotation_row(q)) for q in findings.quotations])
    await _insert(connection, facts, place, [fact_row(f) for f in findings.facts])
    await _insert(connection, mentions, place, [mention_row(m) for m in findings.mentions])


async def _insert(connection: AsyncConnection, table: Table, place: Row, rows: list[Row]) -> None:
    if rows:
        await connection.execute(insert(table), [place | row | {"position": n} for n, row in enumerate(rows)])

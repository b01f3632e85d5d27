"""What the admins of each workspace decided, and the removal of what is older than they want it kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.models import Policy
from bot.store import articles
from bot.store._slack_tables import asked, policies
from bot.store.database import Database
from bot.store.tables import articles as stored


async def of(db: Database, workspace: str) -> Policy:
    """Return the workspace's policy; the default where its admins have decided nothing."""
    p = policies.c
    query = select(p.everyone_adds, p.retention, p.feedback).where(p.workspace == workspace)
    async with db.read() as connection:
        row = (await connection.execute(query)).one_or_none()
    return Policy(*row) if row else Policy()


async def save(db: Database, workspace: str, policy: Policy, user: str, now: datetime | None = None) -> None:
    """Keep the policy that a user, an admin as the door made sure, has chosen."""
    values = {
        "everyone_adds": policy.everyone_adds,
        "retention": policy.retention,
        "feedback": policy.feedback,
        "changed_by": user,
        "at": now or datetime.now(UTC),
    }
    insert = postgresql.insert if db.dialect == "postgresql" else sqlite.insert
    made = insert(policies).values(values | {"workspace": workspace})
    async with db.write() as connection:
        await connection.execute(made.on_conflict_do_update(index_elements=["workspace"], set_=values))


async def outlived(db: Database, workspace: str, days: int, now: datetime | None = None) -> list[int]:
    """Return the ids of the workspace's articles that were stored more than `days` days ago."""
    border = (now or datetime.now(UTC)) - timedelta(days=days)
    query = select(stored.c.id).where(stored.c.workspace == workspace, stored.c.stored < border)
    async with db.read() as connection:
        return list((await connection.execute(query.order_by(stored.c.id))).scalars())


async def sweep(db: Database, now: datetime | None = None) -> int:
    """Remove what each workspace wants kept no longer: articles and questions; return how many articles."""
    query = select(policies.c.workspace, policies.c.retention).where(policies.c.retention.is_not(None))
    async with db.read() as connection:
        wanted = [(str(workspace), int(days)) for workspace, days in await connection.execute(query)]
    return sum([await _swept(db, workspace, days, now or datetime.now(UTC)) for workspace, days in wanted])


async def _swept(db: Database, workspace: str, days: int, now: datetime) -> int:
    """Remove article by article, each in a transaction of its own, so that answers go on meanwhile.

    An article's age counts from when its present text was stored, whatever its date: what is read late is
    kept as long as anything else.
    """
    border = now - timedelta(days=days)
    async with db.write() as connection:
        await connection.execute(delete(asked).where(asked.c.workspace == workspace, asked.c.at < border))
    gone = await outlived(db, workspace, days, now)
    return sum([await articles.remove(db, workspace, article, outlived=now) for article in gone])

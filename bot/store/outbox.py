"""Messages to post exactly once: rendered → sending(attempt, at) → posted(ts) | unknown | failed.

The payload is frozen when it is rendered. Each attempt gets the next fencing number; a late finish of an
earlier attempt changes nothing. Whether an attempt that nobody finished reached Slack is unknown, and what is
unknown is never posted again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, func, select, update
from sqlalchemy.engine import RowMapping

from bot.store._digest_tables import outbox
from bot.store.database import Database

LEASE = timedelta(minutes=2)
PACE = timedelta(seconds=1)  # between two messages of a channel (Slack's documents)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to post a message; `thread` is the parent's ts for the messages of its thread.

    `picture` (png in base64, title, alt) goes in the place of text and blocks where files may be uploaded.
    """

    id: int
    workspace: str
    channel: str
    run: str
    position: int
    text: str
    blocks: list[dict[str, Any]]
    fence: int
    attempts: int
    thread: str | None
    picture: dict[str, str] | None = None

    @property
    def mark(self) -> str:
        """What the message's metadata carries, to find it again in the channel's history."""
        return f"{self.run}/{self.position}"


async def put(
    db: Database, workspace: str, channel: str, run: str, messages: list[dict[str, Any]], now: datetime
) -> bool:
    """Put messages into the outbox under a name of their own; False when that name was used already."""
    async with db.write() as connection:
        o = outbox.c
        known = select(o.id).where(o.workspace == workspace, o.run == run).limit(1)
        if (await connection.execute(known)).first():
            return False
        rows = [
            {
                "workspace": workspace, "channel": channel, "run": run, "position": position,
                "payload": message, "state": "rendered", "fence": 0, "attempts": 0, "not_before": now,
            }
            for position, message in enumerate(messages)
        ]  # fmt: skip
        await connection.execute(outbox.insert(), rows)
    return True


async def take(db: Database, now: datetime) -> Attempt | None:
    """Take the next message that may be posted now, None where there is none: this attempt is ours alone.

    A thread waits for its parent; a channel gets at most one message a second.
    """
    o, parent, other = outbox.c, outbox.alias("parent"), outbox.alias("other")
    of_run = and_(parent.c.workspace == o.workspace, parent.c.run == o.run)
    earlier = exists().where(
        of_run, parent.c.position < o.position, parent.c.state.in_(["rendered", "sending"])
    )
    headless = exists().where(of_run, parent.c.position == 0, parent.c.state != "posted")
    busy = exists().where(
        other.c.workspace == o.workspace,
        other.c.channel == o.channel,
        other.c.at > now - PACE,
        other.c.at <= now,
    )
    ready = (
        (o.state == "rendered") & (o.not_before <= now) & ~earlier & ~busy & ((o.position == 0) | ~headless)
    )
    async with db.write() as connection:
        found = select(o.id).where(ready).order_by(o.not_before, o.id).limit(1)
        if db.dialect == "postgresql":
            found = found.with_for_update(skip_locked=True)
        chosen = (await connection.execute(found)).scalar_one_or_none()
        if chosen is None:
            return None
        sending = (
            update(outbox)
            .where(o.id == chosen, o.state == "rendered")
            .values(state="sending", at=now, fence=o.fence + 1, attempts=o.attempts + 1)
            .returning(*outbox.columns)
        )
        row = (await connection.execute(sending)).mappings().one_or_none()
        return await _attempt(connection, row) if row else None


async def _attempt(connection: Any, row: RowMapping) -> Attempt:
    thread: str | None = None
    if row["position"]:
        parent = select(outbox.c.ts).filter_by(workspace=row["workspace"], run=row["run"], position=0)
        thread = (await connection.execute(parent)).scalar_one()
    payload = row["payload"]
    return Attempt(
        row["id"], row["workspace"], row["channel"], row["run"], row["position"],
        payload["text"], payload["blocks"], row["fence"], row["attempts"], thread, payload.get("picture"),
    )  # fmt: skip


async def still_ours(db: Database, attempt: Attempt) -> bool:
    """Say whether no other process has taken the attempt away: asked right before posting."""
    o = outbox.c
    query = select(o.id).where(o.id == attempt.id, o.fence == attempt.fence, o.state == "sending")
    async with db.read() as connection:
        return (await connection.execute(query)).first() is not None


async def posted(db: Database, attempt: Attempt, ts: str) -> bool:
    """Note that the message stands in the channel; False when the attempt is no longer ours."""
    return await _finish(db, attempt, state="posted", ts=ts, error=None)


async def again(db: Database, attempt: Attempt, error: str, not_before: datetime) -> bool:
    """Put a message back that Slack certainly did not post, not to be tried before a time."""
    return await _finish(db, attempt, state="rendered", error=error[:64], not_before=not_before)


async def failed(db: Database, attempt: Attempt, error: str) -> bool:
    """Give a message up that Slack refused for good, and with a parent its thread."""
    done = await _finish(db, attempt, state="failed", error=error[:64])
    if done and attempt.position == 0:
        o = outbox.c
        rest = (o.workspace == attempt.workspace) & (o.run == attempt.run) & (o.state == "rendered")
        async with db.write() as connection:
            await connection.execute(update(outbox).where(rest).values(state="failed", error=error[:64]))
    return done


async def unknown(db: Database, attempt: Attempt, error: str) -> bool:
    """Note that nobody knows whether the message was posted; it is never posted again."""
    done = await _finish(db, attempt, state="unknown", error=error[:64])
    if done and attempt.position == 0:
        o = outbox.c
        rest = (o.workspace == attempt.workspace) & (o.run == attempt.run) & (o.state == "rendered")
        async with db.write() as connection:
            await connection.execute(
                update(outbox).where(rest).values(state="unknown", error="parent_unknown")
            )
    return done


async def _finish(db: Database, attempt: Attempt, **values: Any) -> bool:
    o = outbox.c
    mine = (o.id == attempt.id) & (o.fence == attempt.fence) & (o.state == "sending")
    async with db.write() as connection:
        return bool((await connection.execute(update(outbox).where(mine).values(values))).rowcount)


async def abandoned(db: Database, now: datetime) -> list[Attempt]:
    """Return the attempts that nobody finished in time; they are ours now, with the next number."""
    o = outbox.c
    async with db.write() as connection:
        taken = (
            update(outbox)
            .where(o.state == "sending", o.at <= now - LEASE)
            .values(fence=o.fence + 1, at=now)
            .returning(*outbox.columns)
        )
        rows = (await connection.execute(taken)).mappings().all()
        return [await _attempt(connection, row) for row in rows]


async def counts(db: Database, workspace: str | None = None) -> dict[str, int]:
    """Return how many messages are in each state, of one workspace or of all."""
    query = select(outbox.c.state, func.count()).group_by(outbox.c.state)
    if workspace is not None:
        query = query.where(outbox.c.workspace == workspace)
    async with db.read() as connection:
        return {state: int(n) for state, n in await connection.execute(query)}

"""Which channel gets a digest when: schedules, and what a channel has muted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import RowMapping

from bot.errors import UsageError
from bot.store._digest_tables import mutes, schedules
from bot.store.database import Database

MUTED = timedelta(days=30)
_CHOSEN = ("at", "zone", "days", "weekday", "themes", "skip_quiet", "locale")
ScheduleState = Literal["active", "paused"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person chooses: `at` is HH:MM of local time, `weekday` (Monday is 0) counts for weekly ones.

    `locale` is theirs: the channel reads the digest in the language of who set it up.
    """

    at: str
    zone: str
    days: str = "daily"
    weekday: int = 0
    themes: int = 5
    skip_quiet: bool = True
    locale: str = "en"


@dataclass(frozen=True, slots=True)
class StoredSchedule:
    """A channel's schedule. Nothing before `since` is owed; `read_until` is how far it has reported arrivals.

    `version` grows with each change, so that of two people who edit at once the second is told.
    """

    id: int
    workspace: str
    channel: str
    owner: str
    wish: Wish
    state: str
    reason: str
    since: datetime
    read_until: datetime
    version: int


async def save(
    db: Database,
    workspace: str,
    channel: str,
    owner: str,
    wish: Wish,
    *,
    version: int | None = None,
    now: datetime | None = None,
) -> StoredSchedule:
    """Make or change a channel's schedule; it is active afterwards.

    `version` is that which the person saw, None where they saw none. Raises UsageError when somebody else
    changed it meanwhile; then nothing is changed.
    """
    now = now or datetime.now(UTC)
    s = schedules.c
    async with db.write() as connection:
        where = (s.workspace == workspace) & (s.channel == channel)
        known = (await connection.execute(select(schedules).where(where))).mappings().first()
        if known is not None and known["version"] != version:
            raise UsageError(
                "Somebody else has just changed this channel's digest. Nothing was changed; open it again."
            )
        values: dict[str, Any] = _columns(wish) | {
            "owner": owner,
            "state": "active",
            "reason": "",
            "since": now,
        }
        if known is None:
            begun = {
                "workspace": workspace,
                "channel": channel,
                "version": 1,
                "read_until": now - _before(wish),
            }
            await connection.execute(insert(schedules).values(values | begun))
        else:
            await connection.execute(
                update(schedules).where(where).values(values | {"version": s.version + 1})
            )
        row = (await connection.execute(select(schedules).where(where))).mappings().one()
    return _schedule(row)


async def set_state(
    db: Database,
    workspace: str,
    channel: str,
    state: ScheduleState,
    reason: str = "",
    now: datetime | None = None,
) -> bool:
    """Pause or resume a channel's digest; False where it was so already or there is none.

    What fell due during a pause is not owed afterwards.
    """
    s = schedules.c
    values: dict[str, Any] = {"state": state, "reason": reason, "version": s.version + 1}
    if state == "active":
        values["since"] = now or datetime.now(UTC)
    where = (s.workspace == workspace) & (s.channel == channel) & (s.state != state)
    async with db.write() as connection:
        return bool((await connection.execute(update(schedules).where(where).values(values))).rowcount)


async def remove(db: Database, workspace: str, channel: str) -> bool:
    """Turn a channel's digest off; False where there is none."""
    where = (schedules.c.workspace == workspace) & (schedules.c.channel == channel)
    async with db.write() as connection:
        return bool((await connection.execute(delete(schedules).where(where))).rowcount)


async def of_channel(db: Database, workspace: str, channel: str) -> StoredSchedule | None:
    """Return a channel's schedule, None where it has none."""
    where = (schedules.c.workspace == workspace) & (schedules.c.channel == channel)
    async with db.read() as connection:
        row = (await connection.execute(select(schedules).where(where))).mappings().first()
    return _schedule(row) if row else None


async def listing(db: Database, workspace: str) -> list[StoredSchedule]:
    """Return the workspace's schedules by channel."""
    query = select(schedules).where(schedules.c.workspace == workspace).order_by(schedules.c.channel)
    async with db.read() as connection:
        return [_schedule(row) for row in (await connection.execute(query)).mappings()]


async def active(db: Database) -> list[StoredSchedule]:
    """Return every active schedule of every workspace: what the clock looks at."""
    query = select(schedules).where(schedules.c.state == "active").order_by(schedules.c.id)
    async with db.read() as connection:
        return [_schedule(row) for row in (await connection.execute(query)).mappings()]


async def mute(
    db: Database, workspace: str, channel: str, key: str, title: str, now: datetime | None = None
) -> datetime:
    """Leave a theme out of a channel's digests for 30 days; return until when."""
    until = (now or datetime.now(UTC)) + MUTED
    row = {"workspace": workspace, "channel": channel, "key": key[:255]}
    async with db.write() as connection:
        await connection.execute(delete(mutes).filter_by(**row))
        await connection.execute(insert(mutes).values(row | {"title": title, "until": until}))
    return until


async def unmute(db: Database, workspace: str, channel: str, key: str) -> bool:
    """Take a mute back; False where there was none."""
    async with db.write() as connection:
        gone = delete(mutes).filter_by(workspace=workspace, channel=channel, key=key[:255])
        return bool((await connection.execute(gone)).rowcount)


async def muted(db: Database, workspace: str, channel: str, now: datetime) -> frozenset[str]:
    """Return the keys of the themes that a channel has muted."""
    m = mutes.c
    query = select(m.key).where(m.workspace == workspace, m.channel == channel, m.until > now)
    async with db.read() as connection:
        return frozenset((await connection.execute(query)).scalars())


def _columns(wish: Wish) -> dict[str, Any]:
    return {
        "at": wish.at,
        "zone": wish.zone,
        "days": wish.days,
        "weekday": wish.weekday,
        "themes": wish.themes,
        "skip_quiet": wish.skip_quiet,
        "locale": wish.locale[:16],
    }


def _before(wish: Wish) -> timedelta:
    """Return how far back a first edition reads: a day, or a week for a weekly one."""
    return timedelta(days=7 if wish.days == "weekly" else 1)


def _schedule(row: RowMapping) -> StoredSchedule:
    return StoredSchedule(
        id=row["id"],
        workspace=row["workspace"],
        channel=row["channel"],
        owner=row["owner"],
        wish=Wish(*(row[name] for name in _CHOSEN)),
        state=row["state"],
        reason=row["reason"],
        since=row["since"],
        read_until=row["read_until"],
        version=row["version"],
    )

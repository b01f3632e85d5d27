"""Where the app is installed: one row a workspace, its token encrypted; and installations begun.

Tokens are encrypted with the first of the keys and read with any of them (MultiFernet), so a key is rotated
in three steps: add the new one in front, `rotate`, take the old one away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import delete, insert, select, update

from bot.errors import SettingError, StoreError
from bot.store._slack_tables import installations, oauth_states
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Installed:
    """The app in a workspace; `token` is in the clear here and nowhere else, `at` its time."""

    workspace: str
    token: str
    bot_id: str
    bot_user: str
    scopes: tuple[str, ...]
    name: str = ""
    enterprise: str | None = None
    by: str | None = None
    at: datetime | None = None

    def __repr__(self) -> str:
        return f"Installed({self.workspace!r})"  # a token never reaches a log


def cipher(keys: str) -> MultiFernet:
    """Return the cipher of one or more keys, separated by commas; raises SettingError for a wrong one."""
    try:
        return MultiFernet([Fernet(key.strip()) for key in keys.split(",") if key.strip()])
    except (ValueError, TypeError) as error:
        raise SettingError(
            "MSC_ENCRYPTION_KEYS must hold keys (32 bytes, URL-safe base64), separated by commas. Make one: "
            "python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'."
        ) from error


async def save(db: Database, keys: MultiFernet, given: Installed) -> None:
    """Keep an installation; a new one of the same workspace takes the old one's place."""
    row = {
        "workspace": given.workspace,
        "token": keys.encrypt(given.token.encode()).decode(),
        "bot_id": given.bot_id,
        "bot_user": given.bot_user,
        "scopes": list(given.scopes),
        "name": given.name,
        "enterprise": given.enterprise,
        "installed_by": given.by,
        "at": given.at or datetime.now(UTC),
    }
    async with db.write() as connection:
        await connection.execute(delete(installations).where(installations.c.workspace == given.workspace))
        await connection.execute(insert(installations).values(row))


async def find(db: Database, keys: MultiFernet, workspace: str) -> Installed | None:
    """Return a workspace's installation; raises StoreError when no key of ours opens its token."""
    async with db.read() as connection:
        query = select(installations).where(installations.c.workspace == workspace)
        row = (await connection.execute(query)).mappings().first()
    if row is None:
        return None
    return Installed(
        workspace=row["workspace"],
        token=_opened(keys, row["token"]),
        bot_id=row["bot_id"],
        bot_user=row["bot_user"],
        scopes=tuple(row["scopes"]),
        name=row["name"],
        enterprise=row["enterprise"],
        by=row["installed_by"],
        at=row["at"],
    )


async def workspaces(db: Database) -> list[str]:
    """Return where the app is installed."""
    async with db.read() as connection:
        found = await connection.execute(
            select(installations.c.workspace).order_by(installations.c.workspace)
        )
        return [str(w) for w in found.scalars()]


async def remove(db: Database, workspace: str, before: datetime | None = None) -> bool:
    """Forget an installation and its token; one that is newer than `before` stays.

    Slack says that an app is gone once or twice and in any order, perhaps after it was installed again.
    """
    gone = delete(installations).where(installations.c.workspace == workspace)
    if before is not None:
        gone = gone.where(installations.c.at <= before)
    async with db.write() as connection:
        return bool((await connection.execute(gone)).rowcount)


async def rotate(db: Database, keys: MultiFernet) -> int:
    """Encrypt every token anew with the first key; return how many."""
    i = installations.c
    async with db.write() as connection:
        rows = (await connection.execute(select(i.workspace, i.token))).all()
        for workspace, token in rows:
            fresh = keys.rotate(token.encode()).decode()
            await connection.execute(
                update(installations).where(i.workspace == workspace).values(token=fresh)
            )
    return len(rows)


async def begin(db: Database, state: str, until: datetime) -> None:
    """Remember the state of an installation that a browser has begun."""
    async with db.write() as connection:
        await connection.execute(delete(oauth_states).where(oauth_states.c.until < datetime.now(UTC)))
        await connection.execute(insert(oauth_states).values(state=_hash(state), until=until))


async def finish(db: Database, state: str, now: datetime | None = None) -> bool:
    """Say whether the state is one that was begun and is still good; it is good once."""
    s = oauth_states.c
    async with db.write() as connection:
        gone = delete(oauth_states).where(s.state == _hash(state)).returning(s.until)
        until = (await connection.execute(gone)).scalar_one_or_none()
    return until is not None and until >= (now or datetime.now(UTC))


def _hash(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()


def _opened(keys: MultiFernet, token: str) -> str:
    try:
        return keys.decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise StoreError(
            "A stored token can't be opened with MSC_ENCRYPTION_KEYS: put the key back that it was "
            "stored with."
        ) from error


def scopes(words: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return scopes as Slack gives them, comma-separated or listed."""
    parts = words.split(",") if isinstance(words, str) else list(words or ())
    return tuple(p.strip() for p in parts if p.strip())

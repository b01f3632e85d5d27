"""A copy of a SQLite database while it is in use, and putting such a copy back."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import StoreError
from bot.store import migrate
from bot.store.database import parse, prepare


def backup(url: str, target: Path, *, force: bool = False) -> int:
    """Copy the database as it is at one moment into a file of its own; returns the file's size in bytes.

    Others may read and write meanwhile. The copy appears under its name only when it is whole and sound.
    Raises StoreError where there is nothing to copy, the copy exists already, or it can't be written.
    """
    source = _file(url, "backup")
    if not source.exists():
        raise StoreError(f"There is no database at {source} yet, so there is nothing to back up.")
    if target.exists() and not force:
        raise StoreError(f"{target} exists already; choose another name, or --force to replace it.")
    return _copy_beside(source, target)


def restore(url: str, source: Path, *, force: bool = False) -> Path | None:
    """Put a backup in the place of the database; returns where an earlier database was kept.

    Raises StoreError for a file that is no sound backup, that a newer version made, or where a database would
    be replaced without `force`; the database then stays as it was.
    """
    target = _file(url, "restore")
    _check(source)
    if target.exists() and not force:
        raise StoreError(
            f"There is a database at {target} already; --force replaces it, keeping {_kept(target).name}."
        )
    prepare(parse(url))
    kept = _kept(target) if target.exists() else None
    if kept is not None:
        _copy_beside(target, kept)
    _copy(source, target)
    return kept


def _file(url: str, verb: str) -> Path:
    address = parse(url)
    if address.get_backend_name() != "sqlite":
        raise StoreError(
            f"`msc {verb}` copies SQLite files; for PostgreSQL use its own pg_dump and pg_restore, or "
            "`msc move --to sqlite:///FILE`."
        )
    return Path(address.database or "")


def _kept(target: Path) -> Path:
    return target.with_name(f"{target.name}.before-restore")


def _copy_beside(source: Path, target: Path) -> int:
    """Copy into a temporary file, prove it sound, and only then give it its name."""
    half = target.with_name(f".{target.name}.{os.getpid()}.half")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(source, half)
        with closing(sqlite3.connect(half)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        _check(half)
        half.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{target} can't be written: {error}.") from error
    finally:
        half.unlink(missing_ok=True)
    return target.stat().st_size


def _copy(source: Path, target: Path) -> None:
    try:
        with closing(_reader(source)) as read, closing(sqlite3.connect(target, timeout=20)) as write:
            read.backup(write, pages=1024)
    except sqlite3.Error as error:
        raise StoreError(f"{source} can't be copied to {target}: {error}.") from error


def _check(path: Path) -> None:
    """Refuse what is no sound database of ours or a newer one."""
    if not path.is_file():
        raise StoreError(f"{path} does not exist or is not a file.")
    try:
        with closing(_reader(path)) as found:
            sound = found.execute("PRAGMA quick_check").fetchone()[0]
            revision = found.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"{path} is no backup of msc-bot: {error}.") from error
    if sound != "ok":
        raise StoreError(f"{path} is damaged: {sound}.")
    if revision is None or revision[0] not in migrate.revisions():
        raise StoreError(f"{path} was made by a newer version of msc-bot; update msc-bot first.")


def _reader(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=20)

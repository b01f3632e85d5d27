"""What `msc doctor` looks at on the machine: Python, disk, time zones, model, files."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot import reference
from bot.errors import MscError
from bot.settings import Settings
from handlers.cli._look import Look

_ROOM = 200 * 2**20  # bytes; below it a database may fill the disk within a day
_ZONES = 400  # a whole tz database has about 600


async def python() -> str:
    """Name the version."""
    if sys.version_info < (3, 11):  # noqa: UP036  the package may have been installed by force
        raise MscError(f"{sys.version.split()[0]} is too old; install 3.11 or newer")
    return f"{sys.version.split()[0]}, {os.cpu_count()} cores"


async def disk(settings: Settings) -> str:
    """Say whether the data folder can be written, and how much room it has."""
    folder = settings.data_dir.expanduser()
    there = await asyncio.to_thread(_nearest, folder)
    if not os.access(there, os.W_OK | os.X_OK):
        raise MscError(f"{folder} can't be written; set MSC_DATA_DIR to another folder")
    free = shutil.disk_usage(there).free
    if free < _ROOM and settings.sqlalchemy_url().startswith("sqlite"):
        raise MscError(
            f"{folder} has only {free >> 20} MB left; make room or set MSC_DATA_DIR to another disk"
        )
    return f"{folder}, {free / 2**30:.1f} GB free"


def _nearest(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder


async def zones(settings: Settings) -> str:
    """Say whether the time zones are known that schedules are kept in."""
    known = await asyncio.to_thread(available_timezones)
    if len(known) < _ZONES:
        raise MscError(f"only {len(known)} time zones are known; install the package tzdata")
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise MscError(
            f"MSC_TIMEZONE is {settings.timezone!r}, which is no zone; use a name such as Europe/Berlin"
        ) from error
    return f"{len(known)} zones, tzdata {version('tzdata')}; the terminal reads {settings.timezone}"


async def model(settings: Settings) -> str:
    """Name the language model."""
    try:
        return f"{settings.spacy_model} {version(settings.spacy_model)}, spaCy {version('spacy')}"
    except PackageNotFoundError as error:
        raise MscError(
            f"{settings.spacy_model} is not installed; install it or set MSC_SPACY_MODEL to one that is"
        ) from error


async def files(settings: Settings) -> str:
    """Count what the editable files hold."""
    known = await asyncio.to_thread(reference.load, settings.people, settings.terms)
    folder = Path(os.path.commonpath([settings.people.resolve(), settings.terms.resolve()]))
    return f"{len(known.people)} people, {len(known.terms)} terms in {folder}"


LOOKS: dict[str, Look] = {"data folder": disk, "time zones": zones, "model": model, "files": files}

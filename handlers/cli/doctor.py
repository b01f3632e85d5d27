"""`msc doctor`: whether everything that the bot needs is there, one line each."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import typer

from bot import reference
from bot import settings as configured
from bot.errors import MscError
from bot.settings import Settings
from bot.store import health


class Check(NamedTuple):
    """One line: what was looked at, how it is, and what to do where it is not well."""

    name: str
    well: bool
    words: str


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor")(doctor)


def doctor() -> None:
    """Check database, schema, model, files, tokens and folders; exit 1 where something is amiss."""
    found = list(checks())
    for check in found:
        typer.echo(f"{'ok ' if check.well else 'NOT'}  {check.name:11} {check.words}")
    if not all(check.well for check in found):
        raise typer.Exit(1)


def checks() -> Iterator[Check]:
    """Look at everything; an error of one check is its line, and the others go on."""
    yield Check("python", sys.version_info >= (3, 11), f"{sys.version.split()[0]}, {os.cpu_count()} cores")
    try:
        settings = configured.load()
    except MscError as error:
        yield Check("settings", False, str(error))
        return
    for name, look in _LOOKS.items():
        try:
            yield Check(name, True, look(settings))
        except MscError as error:
            yield Check(name, False, str(error))


def _data_dir(settings: Settings) -> str:
    folder = settings.data_dir.expanduser()
    there = folder
    while not there.exists():
        there = there.parent
    if not os.access(there, os.W_OK | os.X_OK):
        raise MscError(f"{folder} can't be written; set MSC_DATA_DIR to another folder")
    free = shutil.disk_usage(there).free
    if free < 200 * 2**20:
        raise MscError(f"{folder} has only {free >> 20} MB left")
    return f"{folder}, {free / 2**30:.1f} GB free"


def _database(settings: Settings) -> str:
    found = asyncio.run(health.look(settings.sqlalchemy_url()))
    return f"{found.server or 'not made yet; the first command makes it'}, {found.address}"


def _schema(settings: Settings) -> str:
    found = asyncio.run(health.look(settings.sqlalchemy_url()))
    if found.revision is None:
        return f"{found.head} comes with the first command"
    if found.revision is not None and found.revision > found.head:
        raise MscError(f"{found.revision} is newer than this version knows ({found.head}); update msc-bot")
    if not found.up_to_date:
        raise MscError(f"{found.revision}, newest is {found.head}; run `msc migrate`")
    return str(found.revision)


def _model(settings: Settings) -> str:
    try:
        return f"{settings.spacy_model} {version(settings.spacy_model)}, spaCy {version('spacy')}"
    except PackageNotFoundError as error:
        raise MscError(
            f"{settings.spacy_model} is not installed; install it or set MSC_SPACY_MODEL to one that is"
        ) from error


def _files(settings: Settings) -> str:
    known = reference.load(settings.people, settings.terms)
    folder = Path(os.path.commonpath([settings.people.resolve(), settings.terms.resolve()]))
    return f"{len(known.people)} people, {len(known.terms)} terms in {folder}"


def _slack(settings: Settings) -> str:
    needed = {"SLACK_BOT_TOKEN": settings.slack_bot_token}
    if settings.mode == "socket":
        needed["SLACK_APP_TOKEN"] = settings.slack_app_token
    else:
        needed["SLACK_SIGNING_SECRET"] = settings.slack_signing_secret
    missing = [name for name, value in needed.items() if value is None]
    if len(missing) == len(needed):
        return f"no tokens set, so no Slack; mode {settings.mode} needs {' and '.join(missing)}"
    if missing:
        raise MscError(f"{' and '.join(missing)} missing for mode {settings.mode}; see the README, Install")
    return f"tokens for mode {settings.mode} are set"


_LOOKS: dict[str, Callable[[Settings], str]] = {
    "data folder": _data_dir,
    "database": _database,
    "schema": _schema,
    "model": _model,
    "files": _files,
    "slack": _slack,
}

"""Files shared with the bot, in a direct message or beside a mention: read in like any other source.

A file is fetched with the bot's token, which goes to Slack's own house only (SLACK_API_URL's).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.errors import SourceError
from bot.fetch import http, kinds
from bot.fetch.addresses import Allowed
from bot.fetch.bearer import Bearer
from bot.ingest.wanted import upload
from bot.models import Asker, Phrase
from bot.render import blocks
from bot.settings import Settings
from bot.store.sources import Wanted
from handlers.commands import add, registry
from handlers.slack.answers import reader
from handlers.slack.door import Door
from handlers.slack.incoming import Caller
from handlers.slack.progress import Progress

MOST = 10  # files that are read from one message
SCOPE = "files:read"


@dataclass(frozen=True, slots=True)
class Shared:
    """A file as Slack describes it; `address` is empty where Slack wants to be asked for more."""

    id: str
    name: str
    size: int
    address: str = ""

    @property
    def readable(self) -> bool:
        """Say whether it is of a kind that can be read."""
        return kinds.media_of(self.name) is not None


def shared(event: Mapping[str, Any]) -> list[Shared]:
    """Return the files of a message, those that were deleted meanwhile left out."""
    found = [f for f in event.get("files") or () if isinstance(f, dict)]
    return [_described(f) for f in found if f.get("id") and f.get("mode") != "tombstone"]


def _described(file: Mapping[str, Any]) -> Shared:
    size = file.get("size")
    return Shared(
        id=str(file["id"]),
        name=str(file.get("name") or file.get("title") or file["id"]),
        size=size if isinstance(size, int) else 0,
        address=str(file.get("url_private_download") or file.get("url_private") or ""),
    )


async def taken(door: Door, asker: Asker, found: Sequence[Shared], progress: Progress) -> None:
    """Read the files in, say meanwhile how far it is, and then what was found."""
    reading = reader(asker)
    if not registry()["add"].open_to(asker):
        await progress.say(blocks.sentence(reading.say("files.admin_only")))
        return
    wanted: list[Wanted] = []
    faults: list[SourceError] = []
    for number, file in enumerate(found[:MOST]):
        values = {"name": file.name, "number": number + 1, "total": min(len(found), MOST)}
        await progress.say(blocks.sentence(reading.say("files.reading", **values)))
        try:
            data = await _fetched(door.services.settings, progress.client, file, asker)
            wanted.append(upload(file.name, data, by=asker.user))
        except SourceError as error:
            faults.append(SourceError(file.name, error.reason))
    faults += [SourceError(f.name, reading.say("files.too_many", most=MOST)) for f in found[MOST:]]
    reply = await add.added(door.services, asker, wanted, faults=faults)
    door.today.forget(asker.workspace)
    await progress.say(blocks.draw(reply, reading))


async def _fetched(settings: Settings, client: AsyncWebClient, file: Shared, asker: Asker) -> bytes:
    """Return what the file holds; raises SourceError with why it could not be read."""
    reading = reader(asker)
    if not file.readable:
        raise SourceError(file.name, reading.say("files.unreadable", kinds=list(kinds.SUFFIXES)))
    if file.size > kinds.LIMIT:
        raise SourceError(file.name, reading.say("files.too_large", most=kinds.LIMIT // 1_000_000))
    if not file.address:
        file = _described((await client.files_info(file=file.id))["file"])
    home = URL(settings.slack_api_url).origin()
    bearer = Bearer(client.token or "", home)
    address = URL(file.address)
    if not bearer.owns(address):
        raise SourceError(file.name, reading.say("files.elsewhere"))
    got = await http.get(str(address), _allowed(settings, home), bearer=bearer)
    data = got.data if got else b""
    if len(data) != file.size:  # without the permission Slack sends the page to sign in at
        raise SourceError(file.name, reading.phrase(Phrase("slack.missing_scope", {"scope": SCOPE})))
    return data


def _allowed(settings: Settings, home: URL) -> Allowed:
    """Return what may be fetched: Slack's own house, wherever the setting says that it stands."""
    given = Allowed.parse(settings.fetch_allow)
    return Allowed(given.hosts | {home.host or ""}, given.networks)


def begun(door: Door, client: AsyncWebClient, who: Caller, asker: Asker, found: Sequence[Shared]) -> None:
    """Start to read the files; whatever goes wrong stands in the place of the progress."""
    progress = Progress(client, str(who.channel), who.thread)
    door.start(taken(door, asker, found, progress), client, who, progress.say)

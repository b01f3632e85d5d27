"""The playground: a page like a Slack channel, over the stand-in, on loopback.

`room` draws, `acts` is what one can do, `guard` keeps others out; the page asks for what has changed whenever
the stand-in's journal grows.
"""

from __future__ import annotations

import json
from contextlib import suppress
from functools import partial
from importlib import resources

from aiohttp import BodyPartReader, web

from handlers.standin.state import Refused, State
from handlers.web.guard import guarded
from handlers.web.playground.acts import ACTS, send
from handlers.web.playground.room import HOME, Hint, Room, Shortcut

__all__ = ["Hint", "Room", "Shortcut", "attach"]

_MEDIA = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_ROOM = 20_000_000  # bytes of files that are shared at once
_BREATH = 20.0  # seconds between two signs of life on the stream of events


def attach(app: web.Application, room: Room) -> None:
    """Add the playground to an application."""
    doors = Doors(room)
    app.add_routes(
        [
            web.get("/", guarded(doors.root)),
            web.get("/play/", guarded(doors.page)),
            web.get("/play/pieces", guarded(doors.pieces)),
            web.get("/play/events", guarded(doors.events)),
            web.post("/play/do/{act}", guarded(doors.act)),
            web.post("/play/share", guarded(doors.share)),
            web.get("/play/files/{id}", guarded(doors.file)),
            web.get("/play/static/{name}", guarded(doors.static)),
        ]
    )
    app.on_shutdown.append(doors.stop)


class Doors:
    """The handlers of the playground over one room."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._stopping = False

    async def stop(self, _: web.Application) -> None:
        """End the streams of events, so that the process can."""
        self._stopping = True
        self._room.slack.state.happened("stopping", None)

    async def root(self, _: web.Request) -> web.StreamResponse:
        """Send whoever opens the bare address to the playground."""
        raise web.HTTPFound("/play/")

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The whole page."""
        try:
            user, place, thread = self._where(request)
            text = self._room.page(user, place, thread)
        except LookupError:
            raise web.HTTPFound("/play/") from None
        return web.Response(text=text, content_type="text/html")

    async def pieces(self, request: web.Request) -> web.StreamResponse:
        """What may have changed since."""
        try:
            return web.json_response(self._pieces(*self._where(request)))
        except LookupError as error:
            return web.json_response({"failed": str(error)}, status=404)

    def _pieces(self, user: str, place: str, thread: str | None) -> dict[str, object]:
        unneeded = ("places", "direct")
        return {k: v for k, v in self._room.pieces(user, place, thread).items() if k not in unneeded}

    def _where(self, request: web.Request) -> tuple[str, str, str | None]:
        """Who looks at which place and thread; raises LookupError."""
        user = self._room.slack.user(request.query.get("user") or "alice")
        place = request.query.get("place") or "#general"
        if place != HOME:
            channel = self._room.slack.channel(place, user.name)
            if user.id not in channel.members:
                raise LookupError(f"{user.real_name} is not in this channel")
            place = channel.id
        return user.name, place, request.query.get("thread") or None

    async def events(self, request: web.Request) -> web.StreamResponse:
        """A stream with the number of the journal each time that it has grown."""
        stream = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await stream.prepare(request)
        with suppress(ConnectionResetError):  # the page was left
            await self._tell(stream)
        return stream

    async def _tell(self, stream: web.StreamResponse) -> None:
        number, state = -1, self._room.slack.state
        while not self._stopping:
            if len(state.journal) != number:
                number = len(state.journal)
                await stream.write(f"data: {number}\n\n".encode())
            try:
                await state.until(partial(_grown, state, number), _BREATH)
            except TimeoutError:
                await stream.write(b": still here\n\n")

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Do one thing; a failure is a sentence for the user."""
        act = ACTS.get(request.match_info["act"])
        if act is None:
            raise web.HTTPNotFound
        try:
            what = json.loads(await request.text())
            user = self._room.slack.user(str(what["user"])).name
            return web.json_response(await act(self._room.slack, user, what))
        except Refused as refusal:
            return web.json_response({"failed": f"Slack refused it: {refusal.code}."})
        except LookupError as error:
            return web.json_response({"failed": f"That did not work: {error}."}, status=404)
        except (ValueError, TypeError):
            return web.json_response({"failed": "The page sent something odd; reload it."}, status=400)

    async def share(self, request: web.Request) -> web.StreamResponse:
        """Share files, with what was typed; what is larger than Slack's reader takes is refused there."""
        query = request.query
        try:
            user = self._room.slack.user(query["user"]).name
            what = {"text": query.get("text", ""), "place": query["place"], "thread": query.get("thread")}
            return web.json_response(await send(self._room.slack, user, what, await _files(request)))
        except Refused as refusal:
            return web.json_response({"failed": f"Slack refused it: {refusal.code}."})
        except LookupError as error:
            return web.json_response({"failed": f"That did not work: {error}."}, status=404)
        except ValueError as error:
            return web.json_response({"failed": str(error)}, status=400)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A picture that was uploaded into a channel."""
        file = self._room.slack.state.files.get(request.match_info["id"])
        if file is None or not file.media.startswith("image/") or file.media == "image/svg+xml":
            raise web.HTTPNotFound
        return web.Response(body=file.data, content_type=file.media)

    async def static(self, request: web.Request) -> web.StreamResponse:
        """Style, script and icon."""
        name = request.match_info["name"]
        media = _MEDIA.get(name.rpartition(".")[2])
        found = resources.files(__name__).joinpath("static", name)
        if media is None or "/" in name or not found.is_file():
            raise web.HTTPNotFound
        return web.Response(body=found.read_bytes(), content_type=media, charset="utf-8")


async def _files(request: web.Request) -> dict[str, bytes]:
    """Return the files of a form by name; raises ValueError for more than the playground holds."""
    found: dict[str, bytes] = {}
    room = _ROOM
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.filename:
            continue
        data = bytearray()
        while piece := await part.read_chunk():
            data += piece
            if len(data) > room:
                raise ValueError(f"The playground takes {_ROOM // 1_000_000} MB of files at once.")
        room -= len(data)
        found[part.filename] = bytes(data)
    if not found:
        raise ValueError("There is no file in it.")
    return found


def _grown(state: State, number: int) -> bool:
    return len(state.journal) != number

"""A picture into a thread, in Slack's three steps: ask for an address, send the bytes, share the file.

Only the last step shows anything to anybody, so only there can it be doubtful whether it was posted.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from bot.errors import PostFailed, PostUnknown
from bot.models import Picture

Call = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]

_SECONDS = aiohttp.ClientTimeout(total=30)


def name(mark: str) -> str:
    """Return the file's name for a message's mark: what it is found again by."""
    return f"{mark.replace('/', '-')}.png"


async def shared(call: Call, channel: str, picture: Picture, mark: str, thread: str | None) -> str:
    """Upload and share once; return the file's id. Raises what `bot.models.Poster.upload` does."""
    try:
        about = {"filename": name(mark), "length": len(picture.png), "alt_txt": picture.alt}
        place = await call("files.getUploadURLExternal", about)
        await _sent(str(place["upload_url"]), picture.png)
    except PostUnknown as error:
        raise PostFailed("unreachable") from error  # nothing was shown yet
    files = json.dumps([{"id": place["file_id"], "title": picture.title}])
    where = {"channel_id": channel, **({"thread_ts": thread} if thread else {})}
    await call("files.completeUploadExternal", {"files": files, **where})
    return str(place["file_id"])


async def _sent(address: str, data: bytes) -> None:
    """Send the bytes to the address that Slack gave."""
    try:
        async with (
            aiohttp.ClientSession(timeout=_SECONDS) as session,
            session.post(address, data=data) as answer,
        ):
            if answer.status != 200:
                raise PostFailed("unreachable")
    except (aiohttp.ClientError, TimeoutError) as error:
        raise PostFailed("unreachable") from error

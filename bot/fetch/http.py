"""The guarded client: one page or feed over HTTP, from public addresses only, with a bound on everything.

At most 5 redirects, 20 seconds in all, 5 MB unpacked; http and https on ports 80 and 443. Each hop is
checked anew, and the address behind a name where the socket is made (bot.fetch.addresses).
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

import aiohttp
from yarl import URL

from bot import metrics
from bot.errors import SourceError
from bot.fetch import kinds
from bot.fetch.addresses import AddressRefused, Allowed, checked, socket_factory
from bot.fetch.bearer import Bearer

HOPS = 5
SECONDS = 20.0
AGENT = f"msc-bot/{version('msc-bot')} (reads articles for a newsroom)"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_STATUS = {
    401: "asks for a login (401)",
    402: "asks for payment (402)",
    403: "refuses to be read (403)",
    404: "is not there (404)",
    410: "is gone for good (410)",
    429: "asks to come back later (429)",
    451: "is withheld for legal reasons (451)",
}
_PASSING = frozenset({408, 425, 429, *range(500, 600)})
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,text/plain,*/*;q=0.1"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back: the last address, the unpacked body, its kind, and what to ask with next time."""

    url: str
    data: bytes
    media: str
    encoding: str | None = None
    etag: str | None = None
    modified: str | None = None


async def get(
    address: str,
    allowed: Allowed,
    *,
    etag: str | None = None,
    modified: str | None = None,
    seconds: float = SECONDS,
    bearer: Bearer | None = None,
) -> Fetched | None:
    """Fetch `address`, following redirects; None when it is unchanged since `etag` or `modified`.

    `bearer` is shown to its own house and to nobody else, also when a redirect leads elsewhere.
    Raises SourceError, under the address that was asked for, with the reason.
    """
    headers = {"User-Agent": AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified else {}
    result = "failed"
    try:
        async with asyncio.timeout(seconds):
            found = await _follow(checked(address, allowed), allowed, headers, bearer)
        result = "unchanged" if found is None else "fetched"
    except TimeoutError as error:
        slow = f"did not answer in full within {seconds:g} seconds"
        raise SourceError(address, slow, passing=True) from error
    except (aiohttp.ClientError, OSError, ValueError, zlib.error) as error:
        raise SourceError(address, _reason(error), passing=_passes(error)) from error
    except SourceError as error:
        raise SourceError(address, error.reason, passing=error.passing) from error
    finally:
        metrics.FETCHES.labels(result).inc()
    return found


async def _follow(
    url: URL, allowed: Allowed, headers: dict[str, str], bearer: Bearer | None
) -> Fetched | None:
    seen: set[URL] = set()
    while len(seen) <= HOPS:
        if url in seen:
            raise SourceError(str(url), "sends readers in a circle")
        seen.add(url)
        found = await _hop(url, allowed, headers | (bearer.headers(url) if bearer else {}))
        if not isinstance(found, URL):
            return found
        url = checked(str(found), allowed)
    raise SourceError(str(url), f"redirects more than {HOPS} times")


async def _hop(url: URL, allowed: Allowed, headers: dict[str, str]) -> Fetched | URL | None:
    """Ask one address: its content, where it points to, or None for unchanged."""
    connector = aiohttp.TCPConnector(
        socket_factory=socket_factory(url.host or "", allowed), force_close=True, limit=1
    )
    session = aiohttp.ClientSession(
        connector=connector, auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar(), headers=headers
    )
    async with session, session.get(url, allow_redirects=False) as response:
        if response.status == 304:
            return None
        if response.status in _REDIRECTS and "Location" in response.headers:
            return url.join(URL(response.headers["Location"]))
        if response.status != 200:
            raise SourceError(str(url), _status(response.status), passing=response.status in _PASSING)
        return Fetched(
            url=str(url),
            data=await _body(response),
            media=response.content_type if "Content-Type" in response.headers else "",
            encoding=response.charset,
            etag=response.headers.get("ETag"),
            modified=response.headers.get("Last-Modified"),
        )


def _status(status: int) -> str:
    if status >= 500:
        return f"is out of order at the moment ({status}); try again later"
    return _STATUS.get(status, f"answered with status {status}")


async def _body(response: aiohttp.ClientResponse) -> bytes:
    """Read and unpack the body piece by piece; raises SourceError once it is too large."""
    unpack = _unpacker(response)
    parts: list[bytes] = []
    room = kinds.LIMIT
    async for piece in response.content.iter_chunked(65_536):
        part = unpack(piece, room + 1)
        room -= len(part)
        if room < 0:
            raise SourceError(str(response.url), kinds.TOO_LARGE)
        parts.append(part)
    return b"".join(parts)


def _unpacker(response: aiohttp.ClientResponse) -> Callable[[bytes, int], bytes]:
    """Return what unpacks a piece to at most so many bytes."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing in {"gzip", "x-gzip"}:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress
    if packing not in {"identity", ""}:
        raise SourceError(str(response.url), f"is packed in a way that was not asked for ({packing})")
    return lambda piece, _: piece


def _passes(error: Exception) -> bool:
    """Say whether an answer may come later: a connection that breaks or is refused, not a wrong address."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientConnectorDNSError):
        return False
    return isinstance(error, aiohttp.ClientError) and "not a public address" not in str(error)


def _reason(error: Exception) -> str:
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(cause, AddressRefused) or "not a public address" in str(cause):
        return f"may not be fetched: {cause}"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "names a host that can't be found"
    if isinstance(error, aiohttp.ClientSSLError):
        return "has no valid certificate"
    if isinstance(error, aiohttp.ClientConnectorError):
        return (
            f"can't be reached ({cause.strerror or cause})"
            if isinstance(cause, OSError)
            else "can't be reached"
        )
    return f"gave an answer that can't be read ({type(error).__name__})"

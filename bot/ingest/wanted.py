"""What is to become a source: an address, something on the disk, or bytes that were handed in."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

from bot.errors import SourceError
from bot.fetch import kinds
from bot.fetch.addresses import Allowed, checked
from bot.store.sources import Upload, Wanted

UPLOAD = "upload:"  # what the place of a file begins with that somebody handed in

_LONGEST_PLACE = 2_000  # bytes: what PostgreSQL can index


def address(place: str, allowed: Allowed, *, every: timedelta | None = None, by: str | None = None) -> Wanted:
    """Return a page or feed to be added; raises SourceError for an address that is never fetched."""
    return Wanted(str(checked(place, allowed)), "page", every, by=by)


def upload(name: str, data: bytes, *, by: str | None = None) -> Wanted:
    """Return a file that somebody handed in; raises SourceError, under its name, for what can't be read.

    The same bytes under the same name are the same source.
    """
    media = kinds.media_of(name)
    if media is None:
        raise SourceError(name, f"is of a kind that can't be read; readable are {', '.join(kinds.SUFFIXES)}")
    fault = kinds.fault(data)
    if fault:
        raise SourceError(name, fault)
    media = "application/pdf" if kinds.is_pdf(data) else media
    place = f"{UPLOAD}{hashlib.sha256(data).hexdigest()[:16]}/{Path(name).name[:200]}"
    return Wanted(place, "file", title=Path(name).stem[:200], by=by, upload=Upload(data, media))


def on_disk(place: str, *, every: timedelta | None = None, by: str | None = None) -> Wanted:
    """Return a file, folder or glob to be added; raises SourceError for a path that is too long."""
    full = Path(place).expanduser().absolute()
    if len(str(full).encode("utf-8", "surrogateescape")) > _LONGEST_PLACE:
        raise SourceError(f"{place[:80]}…", f"is longer than {_LONGEST_PLACE:,} bytes")
    return Wanted(str(full), "file" if full.is_file() else "folder", every, by=by)

"""Bytes → text. The decoded text is what is stored: no newline is changed, nothing is repaired."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple


class Decoded(NamedTuple):
    """The text of a source, the encoding that it was read with, and what is odd about it."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NATIONAL = ("iso8859", "cp", "koi8", "mac", "gb", "big5", "shift_jis", "euc", "tis")
_ZERO_SHARE = 0.7
_SAMPLE = 4096
# UTF-8 read as Windows-1252 and saved again: quotation marks, dashes, accented Latin letters.
_MOJIBAKE = re.compile("â€[œ\x9d™˜“”¦¢]|Ã[\x80-¿]|Â[\xa0«»°]")


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode `data`: byte order mark, UTF-16 by its zero bytes, UTF-8, `declared`, else Windows-1252.

    Never raises: what an encoding lacks becomes U+FFFD and is told in the notes.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _told(data[len(mark) :], encoding)
    wide = _wide(data[:_SAMPLE])
    if wide:
        return _told(data, wide)
    try:
        return _told(data, "utf-8", "strict")
    except UnicodeDecodeError:
        return _told(data, "utf-8" if _nearly_utf8(data) else _known(declared) or "cp1252")


def _told(data: bytes, encoding: str, errors: str = "replace") -> Decoded:
    text = data.decode(encoding, errors)
    notes = []
    lost = text.count("\ufffd")
    if lost:
        notes.append(f"{_places(lost)} could not be decoded as {encoding} and show as \ufffd.")
    broken = _MOJIBAKE.search(text)
    if broken:
        count = sum(1 for _ in _MOJIBAKE.finditer(text))
        notes.append(
            f"{_places(count)} such as {broken.group()!r} look like UTF-8 that was once read as Windows-1252."
        )
    return Decoded(text, encoding, tuple(notes))


def _places(count: int) -> str:
    return "One place" if count == 1 else f"{count:,} places"


def _known(declared: str | None) -> str | None:
    """Return Python's name of a declared encoding; Latin-1 on the web means Windows-1252."""
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return None
    return name if name.startswith(_NATIONAL) and name != "iso8859-1" else None


def _wide(sample: bytes) -> str | None:
    half = len(sample) // 2
    if half < 2 or len(sample) % 2:
        return None
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > _ZERO_SHARE > even:
        return "utf-16-le"
    return "utf-16-be" if even > _ZERO_SHARE > odd else None


def _nearly_utf8(data: bytes) -> bool:
    """Say whether most bytes above ASCII form UTF-8, as after a cut or a single bad byte."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in text if c > "\x7f") - bad
    return good >= 5 * bad

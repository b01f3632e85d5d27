"""PDF with a text layer → paragraphs. Lines broken for the page are joined, running heads are left out."""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from bot.clean import dates
from bot.clean.page import Page, line
from bot.errors import SourceError
from bot.models import Raw

PAGES = 200
_FULL_LINE = 0.75  # of the longest line: a shorter one that ends a sentence ends its paragraph
_SHORT_LINE = 0.6  # a still shorter one ends it anyway: headings, lines of a list
_SENTENCE_END = re.compile(r"""[.!?:;]['"”’)\]]*$""")
_BROKEN_WORD = re.compile(r"[^\W\d_]-$")
_DIGITS = re.compile(r"\d+")
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")

# pypdf leaves many faults of a file to whatever Python makes of them.
_DAMAGE = (
    PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RuntimeError,
    AssertionError, MemoryError, OSError, struct.error, zlib.error,
)  # fmt: skip

logging.getLogger("pypdf").setLevel(logging.ERROR)


def read(raw: Raw) -> Page:
    """Return the text of the first 200 pages; raises SourceError for a PDF that can't be read or has none."""
    try:
        reader = PdfReader(io.BytesIO(raw.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError(raw.source, "is a PDF locked with a password")
        pages = [page.extract_text().splitlines() for page in reader.pages[:PAGES]]
        info = reader.metadata
    except _DAMAGE as error:
        raise SourceError(raw.source, f"is a damaged PDF ({type(error).__name__})") from error
    text = "\n\n".join(paragraphs(pages))
    if not text.strip():
        raise SourceError(raw.source, "is a PDF of pictures without a text layer")
    created = _DATE.match(str(info.get("/CreationDate", ""))) if info else None
    notes = (
        (f"Only the first {PAGES} of {len(reader.pages)} pages were read.",)
        if len(reader.pages) > PAGES
        else ()
    )
    return Page(
        text=text,
        title=line(info.title) if info else None,
        published=dates.printed("-".join(created.groups())) if created else None,
        notes=notes,
    )


def paragraphs(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield paragraphs: lines joined up to a short line or an empty one, broken words mended."""
    running = _running(pages)
    lines = [text.strip() for page in pages for text in page if _bare(text) not in running]
    width = max(map(len, lines), default=0)
    current = ""
    for text in [*lines, ""]:
        if not text:
            if current:
                yield current
            current = ""
        elif _BROKEN_WORD.search(current) and text[0].islower():
            current = current[:-1] + text
        else:
            current = f"{current} {text}" if current else text
        full = _FULL_LINE if _SENTENCE_END.search(text) else _SHORT_LINE
        if text and len(text) < full * width:
            yield current
            current = ""


def _running(pages: Sequence[Sequence[str]]) -> set[str]:
    """Return the first and last lines that most pages share but for their numbers."""
    if len(pages) < 3:
        return set()
    edges = Counter(key for page in pages for key in {_bare(text) for text in (*page[:2], *page[-2:])} if key)
    return {key for key, count in edges.items() if count > len(pages) / 2}


def _bare(text: str) -> str:
    return _DIGITS.sub("#", " ".join(text.split()))

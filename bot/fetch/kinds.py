"""What kinds of content are read, how much of it, and how bytes betray that they are no text."""

from __future__ import annotations

from pathlib import PurePath

LIMIT = 5_000_000
"""Largest source in bytes, as it lies on disk or after unpacking."""

TOO_LARGE = f"is larger than {LIMIT // 1_000_000} MB, the most that is read at once"

SUFFIXES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
    ".eml": "message/rfc822",
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
}

_MAGIC = (
    b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF", b"MZ\x90",
    b"RIFF", b"OggS", b"ID3", b"BZh", b"7z\xbc\xaf", b"Rar!", b"SQLite format 3", b"\xd0\xcf\x11\xe0",
)  # fmt: skip
_PDF = b"%PDF-"
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b") + b"\x7f"
_SAMPLE = 65_536
_CONTROL_SHARE = 0.05


def media_of(name: str) -> str | None:
    """Return the MIME type for a file name, None for a kind that is not read."""
    return SUFFIXES.get(PurePath(name).suffix.lower())


def sniff(data: bytes) -> str:
    """Return the MIME type of bytes that open like a PDF or a page, else text/plain."""
    if is_pdf(data):
        return "application/pdf"
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "text/html" if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) else "text/plain"


def is_pdf(data: bytes) -> bool:
    """Say whether the bytes are a PDF, whatever their name."""
    return data.startswith(_PDF)


def fault(data: bytes) -> str | None:
    """Say why these bytes are no article, or None when they may be one."""
    if len(data) > LIMIT:
        return TOO_LARGE
    if not data.strip():
        return "is empty"
    if not is_pdf(data) and _is_binary(data):
        return "is binary, not text"
    return None


def _is_binary(data: bytes) -> bool:
    if data.startswith(_MAGIC):
        return True
    sample = data[:_SAMPLE]
    if sample.startswith(_WIDE_BOMS) or _alternates(sample):
        return False
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > len(sample) * _CONTROL_SHARE and controls > 1


def _alternates(sample: bytes) -> bool:
    """Say whether zero bytes stand in every other place, as in UTF-16 without a mark."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    return half > 1 and (even > half * 0.7) != (odd > half * 0.7)

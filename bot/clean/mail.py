"""A saved message (.eml) → its text, with subject, sender and date."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from bot.clean import html
from bot.clean.decoding import decode
from bot.clean.page import Page, line
from bot.errors import SourceError
from bot.models import Raw


def read(raw: Raw) -> Page:
    """Return the plain text of a message, else the main text of its HTML; raises SourceError for neither."""
    message = message_from_bytes(raw.data, policy=default)
    found = _body(message)
    if found is None:
        raise SourceError(raw.source, "is a message without a text")
    title = line(_header(message, "subject"))
    text = (
        found.text if title is None or title in found.text[: len(title) + 400] else f"{title}\n\n{found.text}"
    )
    name = line(parseaddr(_header(message, "from"))[0])
    return Page(
        text=text,
        title=title,
        authors=(name,) if name else (),
        published=_date(_header(message, "date")),
        notes=found.notes,
    )


def _body(message: EmailMessage) -> Page | None:
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        data = part.get_payload(decode=True) if part else None
        if not part or not isinstance(data, bytes) or not data.strip():
            continue
        decoded = decode(data, part.get_content_charset())
        text = decoded.text.replace("\r\n", "\n")
        if kind == "plain":
            return Page(text, notes=decoded.notes)
        return html.main_text(text, None, decoded.notes)
    return None


def _header(message: EmailMessage, name: str) -> str:
    return str(message.get(name, ""))


def _date(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        return None

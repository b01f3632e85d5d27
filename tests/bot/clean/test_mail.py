"""A saved message gives its text, its subject, its sender and its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clean import mail
from bot.errors import SourceError
from bot.models import Article, Raw
from tests.bot.clean.conftest import DAY

Cleaned = Callable[..., Article]
TEXT = "The minister opened the harbour on Monday and praised the builders – “fine people” – for their speed."


def _message(plain: str | None, html: str | None = None) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Häfen für alle"
    message["From"] = "Ada Brook <ada@fjord.example>"
    message["Date"] = "Thu, 12 Mar 2026 23:30:00 -0800"
    if plain is not None:
        message.set_content(plain)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return bytes(message)


def test_the_plain_text_is_read_with_its_head(cleaned: Cleaned) -> None:
    article = cleaned(_message(TEXT, "<p>other</p>"), "message/rfc822")
    assert TEXT in article.text
    assert (article.title, article.authors) == ("Häfen für alle", ("Ada Brook",))
    assert article.published == date(2026, 3, 12)


def test_without_plain_text_the_html_is_read(cleaned: Cleaned) -> None:
    article = cleaned(
        _message(None, f"<html><body><article><p>{TEXT * 3}</p></article></body></html>"), "message/rfc822"
    )
    assert "“fine people”" in article.text


@pytest.mark.parametrize("data", [b"Subject: x\n\n", b"\x00\x01", _message(" ")])
def test_a_message_without_text_says_so(cleaned: Cleaned, data: bytes) -> None:
    with pytest.raises(SourceError, match="without a text"):
        cleaned(data, "message/rfc822")


@given(st.binary(max_size=400))
def test_no_bytes_raise_but_a_reason(data: bytes) -> None:
    head = b"Content-Type: multipart/alternative; boundary=x\nDate: y\nFrom: =?utf-8?q?=ff?=\n\n--x\n"
    try:
        mail.read(Raw("a.eml", head + data, "message/rfc822", DAY))
    except SourceError as error:
        assert error.reason

"""Bytes become text whatever wrote them, and what is odd is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clean.decoding import decode

TEXT = "“Schön,” sagte die Ministerin – und ging."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_the_usual_encodings_are_read(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding))
    assert decoded.text == TEXT
    assert decoded.notes == ()


def test_newlines_and_a_zero_byte_are_not_touched() -> None:
    text = "one\r\ntwo\rthree\n\x00four"
    assert decode(text.encode()).text == text


def test_one_bad_byte_in_utf8_costs_one_character() -> None:
    decoded = decode("Größe und Maß und Süße und Öl und Äpfel".encode() + b"\xff")
    assert decoded.text.endswith("Äpfel\ufffd")
    assert "could not be decoded" in decoded.notes[0]


def test_text_that_was_read_wrongly_before_is_told_and_left_as_it_is() -> None:
    broken = TEXT.encode().decode("cp1252", "replace")
    decoded = decode(broken.encode())
    assert decoded.text == broken
    assert "once read as Windows-1252" in " ".join(decoded.notes)


def test_a_declared_encoding_counts_only_where_utf8_does_not_fit() -> None:
    assert decode("Привет, мир".encode("koi8-r"), "koi8-r").text == "Привет, мир"
    assert decode(TEXT.encode(), "koi8-r").text == TEXT
    assert decode("Schön".encode("latin-1"), "no-such-encoding").text == "Schön"


@given(st.binary(max_size=300), st.sampled_from([None, "utf-16", "hex", "idna", "x\x00"]))
def test_no_bytes_raise(data: bytes, declared: str | None) -> None:
    decode(data, declared)

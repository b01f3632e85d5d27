"""A PDF with a text layer becomes paragraphs; one without says so."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

import pytest

from bot.errors import SourceError
from bot.models import Article

Cleaned = Callable[..., Article]


def _pdf(*pages: list[str], info: str = "") -> bytes:
    """Return a PDF whose pages show these lines."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td {shown} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        kids.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{k} 0 R' for k in kids)}] /Count {len(kids)} >>"
    objects.append(f"<< {info} >>")
    body, offsets = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1}"
    return body + f"{end} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(body)}\n%%EOF".encode()


PAGE = [
    "Harbour opens after two years",
    "",
    "The minister opened the harbour on Monday and praised the build-",
    "ers for their speed. It had been a long and a cold winter for them",
    "and for their families.",
    "They had worked at night and on Sundays, the harbour office said.",
]


def test_broken_lines_and_words_are_joined_to_paragraphs(cleaned: Cleaned) -> None:
    article = cleaned(
        _pdf(PAGE, info="/Title (Harbour) /CreationDate (D:20260312090000Z)"), "application/pdf"
    )
    assert (
        "praised the builders for their speed. It had been a long and a cold winter for them and"
        in article.text
    )
    assert article.text.splitlines()[0] == PAGE[0]
    assert (article.title, article.published) == ("Harbour", date(2026, 3, 12))


def test_heads_and_page_numbers_that_run_through_are_left_out(cleaned: Cleaned) -> None:
    pages = [["Harbour Report 2026", *PAGE[2:], f"Page {n} of 3"] for n in (1, 2, 3)]
    text = cleaned(_pdf(*pages), "application/pdf").text
    assert "Harbour Report" not in text and "Page 1" not in text


@pytest.mark.parametrize(
    ("data", "reason"),
    [(_pdf([]), "pictures"), (b"%PDF-1.4 and nothing else", "damaged"), (_pdf(PAGE)[:300], "damaged")],
)
def test_a_pdf_without_text_or_damaged_says_so(cleaned: Cleaned, data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        cleaned(data, "application/pdf")


@pytest.mark.parametrize("seed", range(60))
def test_a_pdf_with_bad_bytes_gives_a_text_or_a_reason(cleaned: Cleaned, seed: int) -> None:
    chance, data = random.Random(seed), bytearray(_pdf(PAGE, PAGE))
    for _ in range(chance.randint(1, 40)):
        data[chance.randrange(9, len(data))] = chance.randrange(256)
    try:
        cleaned(bytes(data), "application/pdf")
    except SourceError as error:
        assert error.reason

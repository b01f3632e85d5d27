"""JSON Lines: an article a line; a line that can't be read is named with its number, the others go on."""

from __future__ import annotations

import io
import json
import tracemalloc
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.clean import clean
from bot.errors import SourceError
from bot.fetch import files, kinds, lines, sources
from bot.fetch.files import read
from bot.models import Raw

TEXT = "Harbour opens\n\n“We open on Monday,” said Mayor Ada Lind.\n"


def _file(folder: Path, *rows: object) -> Path:
    path = folder / "articles.jsonl"
    path.write_text("".join(r if isinstance(r, str) else json.dumps(r) + "\n" for r in rows), "utf-8")
    return path


def _read(path: Path) -> tuple[list[Raw], dict[str, str]]:
    found = list(read([str(path)]))
    faults = {f.source.removeprefix(f"{path.parent}/"): f.reason for f in found if isinstance(f, SourceError)}
    return [f for f in found if isinstance(f, Raw)], faults


def test_what_is_told_of_an_article_goes_before_what_its_text_says(tmp_path: Path) -> None:
    told = {
        "text": TEXT,
        "title": "The harbour\nopens",
        "url": "https://example.org/harbour",
        "publisher": "The Quay",
        "published": "2026-02-14T23:30:00-05:00",
        "authors": ["Bo Berg", "Eva Ek"],
        "section": "ignored",
    }
    (raw,), faults = _read(_file(tmp_path, told))
    article = clean(raw)

    assert faults == {}
    assert article.text == TEXT  # word for word
    assert (article.source, article.url) == ("https://example.org/harbour", "https://example.org/harbour")
    assert (article.title, article.publisher) == ("The harbour opens", "The Quay")
    assert (article.authors, article.published) == (("Bo Berg", "Eva Ek"), date(2026, 2, 14))


def test_a_text_alone_is_enough_and_speaks_for_itself(tmp_path: Path) -> None:
    (raw,), _ = _read(_file(tmp_path, {"text": TEXT}))
    assert clean(raw).title == "Harbour opens"


def test_a_page_may_stand_in_the_place_of_the_text(tmp_path: Path) -> None:
    page = f"<html><head><title>Page</title></head><body><article><p>{TEXT * 4}</p></article></body></html>"
    (raw,), _ = _read(_file(tmp_path, {"html": page, "title": "Told"}))
    article = clean(raw)
    assert (raw.media, article.title) == ("text/html", "Told")
    assert "“We open on Monday,”" in article.text


def test_an_article_is_known_by_its_id_else_its_address_else_its_text(tmp_path: Path) -> None:
    rows = [
        {"text": "One.", "id": 7, "url": "https://example.org/1"},
        {"text": "Two.", "url": "https://example.org/2"},
        {"text": "Three."},
    ]
    first, _ = _read(_file(tmp_path, *rows))
    moved, _ = _read(_file(tmp_path, "\n", *reversed(rows)))

    assert [r.source for r in first][:2] == [f"{tmp_path}/articles.jsonl#7", "https://example.org/2"]
    assert {r.source for r in moved} == {r.source for r in first}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            "{broken",
            "is no JSON (Expecting property name enclosed in double quotes, character 2 of the line)",
        ),
        ('"words"', "is no JSON object"),
        ("[" * 100_000, "nests too deeply"),
        ("{}", "has neither text nor html"),
        ('{"text": null}', "has neither text nor html"),
        ('{"text": 7}', "text is no string"),
        ('{"text": " \\n"}', "text is empty"),
        ('{"text": "a", "published": "yesterday"}', "published is no date: 'yesterday'; write 2026-02-14"),
        ('{"text": "a", "published": 1771027200}', "published is no string"),
        ('{"text": "a", "authors": {"name": "b"}}', "authors is no list of strings"),
        ('{"text": "a", "title": ["b"]}', "title is no string"),
        ('{"text": "a", "url": "javascript:alert(1)"}', "url is no web address"),
        ('{"text": "Good."}', "is the same article as line 1"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_go_on(
    tmp_path: Path, line: str, reason: str
) -> None:
    found, faults = _read(_file(tmp_path, {"text": "Good."}, line + "\n", {"text": "Good, too."}))

    assert len(found) == 2
    assert list(faults) == ["articles.jsonl, line 2"]
    assert reason in faults["articles.jsonl, line 2"]


def test_bytes_that_are_not_utf8_are_told_with_their_place(tmp_path: Path) -> None:
    path = _file(tmp_path, {"text": "Good."})
    path.write_bytes(b'{"text": "caf\xe9"}\r\n' + path.read_bytes())
    found, faults = _read(path)
    assert len(found) == 1
    assert faults == {"articles.jsonl, line 1": "is not UTF-8 (byte 14 of the line)"}


def test_a_mark_at_the_beginning_and_a_missing_last_line_end_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "articles.ndjson"
    path.write_bytes(b'\xef\xbb\xbf{"text": "One."}\r\n{"text": "Two."}')
    assert [r.data for r in _read(path)[0]] == [b"One.", b"Two."]


def test_an_endless_line_is_refused_in_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_LONGEST", 100_000)
    path = _file(tmp_path, {"text": "word " * 2_000_000}, {"text": "Good."})
    tracemalloc.start()
    found, faults = _read(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert faults == {"articles.jsonl, line 1": kinds.TOO_LARGE}
    assert len(found) == 1
    assert most < 2_000_000


def test_a_file_without_articles_is_told(tmp_path: Path) -> None:
    assert _read(_file(tmp_path)) == ([], {"articles.jsonl": "is empty"})
    assert _read(_file(tmp_path, "\n\n")) == ([], {"articles.jsonl": "is empty"})


def test_standard_input_may_be_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b'{"text": "One.", "id": "a"}\nbroken\n{"text": "Two.", "id": "b"}\n'
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert [f.source for f in read(["-"])] == [
        "standard input#a",
        "standard input, line 2",
        "standard input#b",
    ]


def test_how_much_there_is_to_read_is_counted_beforehand(tmp_path: Path) -> None:
    _file(tmp_path, {"text": "One."}, "broken\n", {"text": "Two."})
    (tmp_path / "three.txt").write_text("Three.")
    assert files.count([str(tmp_path), str(tmp_path / "gone.txt")]) == 5
    assert files.count([str(tmp_path), "-"]) is None
    assert sources.count([str(tmp_path), "https://example.org/feed"]) is None

"""`msc history` as a user types it: an article that was changed and read again."""

from __future__ import annotations

from pathlib import Path

from tests.handlers.cli.conftest import Msc

NEWS = "“We open on Monday,” said Mayor Ada Lind of Harbour.\n\nThe works cost 4.5 million euros.\n"


def test_an_article_that_changed_shows_its_versions_and_answers_with_the_newest(
    msc: Msc, tmp_path: Path
) -> None:
    path = tmp_path / "harbour.txt"
    for day in ("Monday", "Tuesday", "Friday"):
        path.write_text(NEWS.replace("Monday", day))
        assert msc("ingest", str(path)).code == 0

    shown = msc("history", str(path))
    answered = msc("ask", "quotes Ada Lind")

    assert shown.code == 0
    assert [line for line in shown.out.splitlines() if "[-" in line] == [
        "  “We open on [-Tuesday,”-] {+Friday,”+} said Mayor Ada Lind of Harbour.",
        "  “We open on [-Monday,”-] {+Tuesday,”+} said Mayor Ada Lind of Harbour.",
    ]
    assert "We open on Friday" in answered.out
    assert "Monday" not in answered.out
    assert "2 earlier versions" in msc("articles", "harbour").out
    assert msc("history", "1").out == shown.out  # by its number


def test_an_article_that_did_not_change_says_so(msc: Msc, tmp_path: Path) -> None:
    (tmp_path / "harbour.txt").write_text(NEWS)
    msc("ingest", str(tmp_path / "harbour.txt"))
    assert "has not changed since it was first read" in msc("history", "1").out


def test_an_article_that_was_never_read_is_told(msc: Msc) -> None:
    for name in ("nothing.txt", "99"):
        shown = msc("history", name)
        assert shown.code == 2
        assert f"No article '{name}' has been read; `msc articles` lists them." in shown.err


def test_a_list_without_what_is_looked_for_says_so(msc: Msc, tmp_path: Path) -> None:
    assert "There are no articles yet" in msc("articles").err
    (tmp_path / "harbour.txt").write_text(NEWS)
    msc("ingest", str(tmp_path / "harbour.txt"))
    assert "None of 1 articles has 'ferry'" in msc("articles", "ferry").err

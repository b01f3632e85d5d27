"""The seeds are a small, real corpus, and the desk's files can be trusted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import seeds
from bot import reference
from bot.models import EntityKind

FOLDER = Path(seeds.__file__).parent
ARTICLES = sorted((FOLDER / "articles").iterdir())
DESK = reference.load(FOLDER / "people.toml", FOLDER / "terms.toml")


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_a_report_is_short_and_of_february_2026(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert 150 <= len(text.split()) <= 420
    assert path.name.startswith("2026-02-")


def test_no_real_sentence_of_the_shared_articles_stands_in_the_seeds() -> None:
    shared = Path(__file__).resolve().parents[3] / "shared" / "seeds"
    if not shared.is_dir():
        pytest.skip("the five real articles are not here")
    ours = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in ARTICLES)
    theirs = [
        line.strip()
        for path in shared.glob("*.txt")
        for line in path.read_text(encoding="utf-8").replace(". ", ".\n").splitlines()
        if len(line.split()) > 8
    ]
    copied = [line for line in theirs if line in ours and not line.startswith("“")]
    assert copied == []


def test_a_role_has_one_holder_and_a_form_one_term() -> None:
    roles = Counter(role.casefold() for person in DESK.people for role in person.roles)
    forms = Counter(form for term in DESK.terms for form in (term.name, *term.spellings, *term.abbreviations))
    assert [role for role, holders in roles.items() if holders > 1] == []
    assert [form for form, owners in forms.items() if owners > 1] == []


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("NATO chief", "Mark Rutte"),
        ("EU top diplomat", "Kaja Kallas"),
        ("UK prime minister", "Keir Starmer"),
        ("POTUS", "Donald Trump"),
        ("Selenskyj", "Volodymyr Zelenskyy"),
        ("AOC", "Alexandria Ocasio-Cortez"),
        ("NDS", "National Defense Strategy"),
    ],
)
def test_the_desk_knows_whom_people_mean(form: str, name: str) -> None:
    owners = [p.name for p in DESK.people if form in (*p.roles, *p.aliases)]
    assert owners == [name]


def test_places_have_their_demonyms() -> None:
    places = {term.name: term for term in DESK.terms if term.kind is EntityKind.PLACE}
    assert len(places) > 60
    assert "Greenlandic" in places["Greenland"].demonyms
    assert "Moscow" in places["Russia"].also

"""Who is listed in a workspace: found by the words of names and roles, changed, gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models import EntityKind, Person
from bot.reference import Reference
from bot.search._roster import Roster
from bot.search.offices import Tokens
from bot.search.people import Directory
from bot.store.retrieval import Listed

_form = st.frozensets(st.text("abcé§9", min_size=1, max_size=5), min_size=1, max_size=4)
_forms = st.lists(_form, min_size=1, max_size=4, unique=True).map(tuple)
_roles = st.lists(_form, max_size=4, unique=True).map(tuple)


def _listed(
    name: str, quotations: int = 1, *, roles: tuple[str, ...] = (), aliases: tuple[str, ...] = ()
) -> Listed:
    return Listed(name, EntityKind.PERSON, roles, aliases, 1, quotations)


def _directory(*listed: Listed, known: tuple[Person, ...] = ()) -> Directory:
    directory = Directory(Reference(known, ()))
    directory.update(listed)
    return directory


@given(_forms, _roles)
def test_names_and_roles_come_back_as_they_were_put(
    names: tuple[Tokens, ...], roles: tuple[Tokens, ...]
) -> None:
    roster = Roster()
    roster.put(_listed("Ada Quist", 3), names, roles, "A. Quist")
    entry = roster.entry("Ada Quist")
    assert entry == ("Ada Quist", "A. Quist", "person", 3, names, roles)
    for key in frozenset().union(*names, *roles):
        assert roster.holding({key}) == [entry]
    roster.drop("Ada Quist")
    assert not any(map(roster.hears, frozenset().union(*names, *roles)))


def test_a_name_without_a_single_word_is_listed_and_found_by_nothing() -> None:
    directory = _directory(_listed("…"))
    assert directory.kind("…") == "person"
    assert directory.quoted() == ["…"]
    assert directory.find("…").names == ()


def test_a_speaker_with_a_new_role_is_found_by_it_and_keeps_the_name() -> None:
    directory = _directory(_listed("Ada Quist"))
    assert not directory.find("harbour master")
    directory.update([_listed("Ada Quist", roles=("harbour master",))])
    assert directory.find("harbour master").names == ("Ada Quist",)
    assert directory.find("Quist").names == ("Ada Quist",)
    assert directory.forms("Ada Quist") == ("Ada Quist", "harbour master")
    assert len(directory) == 1


def test_a_speaker_whose_last_article_is_gone_is_heard_of_no_more() -> None:
    directory = _directory(_listed("Ada Quist", roles=("harbour master",), aliases=("Adi Quist",)))
    directory.update([Listed("Ada Quist", "person", (), (), 0, 0)])
    assert len(directory) == 0
    assert not directory.hears("quist")
    assert not directory.find("harbour master")
    assert directory.kind("Ada Quist") is None


def test_who_comes_after_somebody_who_is_gone_takes_over_nothing_of_theirs() -> None:
    directory = _directory(
        _listed("Adi Quist", roles=("harbour master",), aliases=("Addie",)),
        known=(Person("Ada Quist", aliases=("Adi Quist",)),),
    )
    directory.update([Listed("Adi Quist", "person", (), (), 0, 0)])
    directory.update([_listed("Bo Lind")])
    assert directory.forms("Bo Lind") == ("Bo Lind",)
    assert directory.find("Lind").names == ("Bo Lind",)
    assert directory.find("harbour master").names == ()


def test_a_count_that_grew_since_the_last_question_changes_who_comes_first() -> None:
    directory = _directory(_listed("Ada Quist", 2), _listed("Bo Quist", 1))
    assert directory.find("Quist").names == ("Ada Quist", "Bo Quist")
    directory.update([_listed("Bo Quist", 3)])
    assert directory.find("Quist").names == ("Bo Quist", "Ada Quist")


def test_one_person_written_in_two_ways_is_not_several() -> None:
    known = (Person("Ada Quist", aliases=("Adi Quist",)),)
    assert not _directory(_listed("Ada Quist"), _listed("Adi Quist"), known=known).find("Quist").several
    assert _directory(_listed("Ada Quist"), _listed("Adi Quist")).find("Quist").several


def test_particles_of_a_name_are_typed_for_one_another() -> None:
    directory = _directory(_listed("Ada von der Quist"))
    assert directory.find("ada van der quist").names == ("Ada von der Quist",)


def test_who_speaks_with_another_is_nobody_else() -> None:
    assert not _directory(_listed("Ada Quist"), _listed("Bo Lind and Ada Quist")).find("Quist").several


@pytest.mark.parametrize(
    ("kind", "names"),
    [(None, ["NATO officials", "Ada Quist"]), ("group", ["NATO officials"]), ("anonymous", [])],
)
def test_those_who_are_quoted_come_by_kind_the_most_quoted_first(kind: str | None, names: list[str]) -> None:
    silent = Listed("Bo Lind", "person", (), (), 1, 0)
    directory = _directory(_listed("Ada Quist"), Listed("NATO officials", "group", (), (), 1, 5), silent)
    assert directory.quoted(kind) == names

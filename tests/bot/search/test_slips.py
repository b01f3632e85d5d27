"""A slip of the fingers is told from another word."""

from __future__ import annotations

import pytest

from bot.models import EntityKind, Person, Term
from bot.normalise import STOP_WORDS, token
from bot.reference import Reference
from bot.search._english import is_word
from bot.search._slips import cost, plausible
from bot.search.people import Directory
from bot.search.terms import Terms
from bot.search.topics import Topics
from bot.search.vocabulary import Vocabulary
from bot.store.retrieval import Listed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sadi", "saudi"),  # left out
        ("symmlosium", "symposium"),  # doubled, then the key beside
        ("democrattci", "democratic"),  # doubled and swapped
        ("emaunwel", "emanuel"),  # swapped, and the key beside
        ("peshing", "pershing"),
        ("clearavce", "clearance"),  # a letter from elsewhere, in a long word that is no other
    ],
)
def test_a_word_with_slips_may_be_the_one_that_was_meant(typed: str, meant: str) -> None:
    assert plausible(typed, meant)


@pytest.mark.parametrize(
    ("typed", "other"), [("iran", "iraq"), ("rubin", "rubio"), ("contention", "convention")]
)
def test_another_letter_makes_another_word(typed: str, other: str) -> None:
    assert not plausible(typed, other)


def test_what_fingers_do_often_costs_less_than_what_they_hardly_do() -> None:
    assert cost("boad", "broad") < cost("boad", "bad")
    assert cost("citna", "cigna") < cost("citna", "china")


def test_a_rare_word_one_slip_away_comes_before_a_frequent_one_two_slips_away() -> None:
    words = Vocabulary()
    words.update([("cigna", 1), ("china", 60)])
    assert words.near("citna")[0].word == "cigna"


def _directory(*named: tuple[str, int]) -> Directory:
    directory = Directory(Reference((), ()))
    directory.update(Listed(name, EntityKind.PERSON, (), (), 1, n) for name, n in named)
    return directory


def test_a_rare_name_beside_a_frequent_one_leaves_both_ways_open() -> None:
    found = _directory(("Obam", 1), ("Barack Obama", 90)).find("obam")
    assert found.names == ("Obam",)
    assert found.otherwise is not None
    assert found.otherwise.names == ("Barack Obama",)


def test_a_full_name_finds_the_same_person_where_an_article_gives_the_surname_alone() -> None:
    assert _directory(("Bradley Podliska", 3), ("Podliska", 2)).find("Bradley Podliska").names == (
        "Bradley Podliska",
        "Podliska",
    )


def test_a_surname_alone_is_nobodys_when_two_people_bear_it() -> None:
    known = _directory(("Hillary Clinton", 9), ("Bill Clinton", 5), ("Clinton", 7))
    assert known.find("Bill Clinton").names == ("Bill Clinton",)


def test_an_office_before_a_name_does_not_hide_the_name() -> None:
    assert _directory(("Former Attorney General Eric Holder", 1), ("Holder", 3)).find("Holder").names == (
        "Holder",
        "Former Attorney General Eric Holder",
    )


@pytest.mark.parametrize(
    ("typed", "meant"), [("bsh", "Jeb Bush"), ("cru", "Ted Cruz"), ("bradly", "Ed Bradley")]
)
def test_a_surname_that_nobody_has_is_mended(typed: str, meant: str) -> None:
    known = _directory(("Jeb Bush", 9), ("Ted Cruz", 9), ("Ed Bradley", 9), ("Brad Lee", 7), ("Li Bash", 1))
    assert known.find(typed).names == (meant,)


def test_a_short_word_that_lacks_no_letter_is_nobodys_name() -> None:
    assert not _directory(("Jeb Bush", 9), ("Mia Ost", 3)).find("cia").names


def test_a_name_that_the_file_of_people_has_is_no_slip_of_another() -> None:
    directory = Directory(Reference((Person("Olaf Hagen"),), ()))
    directory.update([Listed("Mia Ost", EntityKind.PERSON, ("Mia Hagan",), (), 1, 9)])
    assert directory.find("hagen").names == ()
    assert directory.find("hagen").known == ("Olaf Hagen",)
    assert directory.find("hagan").names == ("Mia Ost",)
    directory.update([Listed("Olaf Hagen", EntityKind.PERSON, (), (), 1, 1)])
    assert (directory.find("hagen").names, directory.find("hagen").otherwise) == (("Olaf Hagen",), None)


def test_somebody_in_the_singular_comes_before_the_group_of_that_name() -> None:
    directory = Directory(Reference((), ()))
    directory.update(
        [
            Listed("diplomats", EntityKind.GROUP, (), (), 1, 5),
            Listed("European diplomat", EntityKind.ANONYMOUS, (), (), 1, 1),
        ]
    )
    assert directory.find("the diplomat").names == ("European diplomat", "diplomats")
    assert directory.find("diplomats").names == ("diplomats",)


def test_a_surname_in_one_piece_may_have_a_slip() -> None:
    assert _directory(("Ursula van der Holm", 3)).find("vanderhoolm").names == ("Ursula van der Holm",)


def test_a_word_of_a_term_may_have_a_slip() -> None:
    terms = Terms([Term("World War II", spellings=("second world war",))])
    assert terms.mended("secnd") == "second"
    assert terms.mended("second") == "second"
    assert terms.mended("banana") == "banana"


def test_a_word_of_the_language_is_mended_by_one_slip_at_most() -> None:
    words = Vocabulary()
    words.update([("love", 3), ("threat", 3), ("alliance", 3)])
    reference = Reference((), ())
    topics = Topics(words, Directory(reference), Terms(()), passages=9)
    mended = {typed: topics.groups(typed)[0].corrected for typed in ("leave", "leaves", "treat", "alilace")}
    assert mended == {"leave": None, "leaves": None, "treat": "threat", "alilace": "alliance"}


@pytest.mark.parametrize("topic", ["leave the talks", "senate and congress", "mind but he, Trump"])
def test_little_words_between_others_make_no_word_and_no_name(topic: str) -> None:
    # articles lack a blank somewhere, and a speaker has both words in their name but not the little ones
    words = Vocabulary()
    words.update([(w, 9) for w in ("leave", "leavethe", "senate", "senateand", "talks", "congress", "trump")])
    topics = Topics(words, _directory(("Mind Trump", 9)), Terms(()), passages=99)
    typed = [g.typed for g in topics.groups(topic)]
    assert typed == [w for w in topic.lower().replace(",", "").split() if w not in STOP_WORDS]


@pytest.mark.parametrize(("word", "english"), [("wolves", True), ("ferries", True), ("polcy", False)])
def test_words_of_the_language_are_known_in_every_form(word: str, english: bool) -> None:
    assert is_word(word) is english


def test_a_word_that_the_articles_have_is_a_slip_only_of_a_far_commoner_one() -> None:
    words = Vocabulary()
    words.update([("federal", 9_000), ("fedreal", 2), ("capito", 1), ("capitol", 90)])
    topics = Topics(words, Directory(Reference((), ())), Terms(()), 100_000)
    (slip,), (name,) = topics.groups("fedreal"), topics.groups("capito")
    assert slip.surest.tokens == (token("federal"),)
    assert (token("fedreal"),) in {a.tokens for a in slip.alternatives}
    assert name.surest.tokens == ("capito",)

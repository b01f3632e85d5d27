"""The themes of a day: what an editor would list, in the sources' words, the same every time."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from bot.digest.folding import Folding
from bot.digest.themes import gather, themes
from bot.models import ThemeState
from bot.normalise import words
from tests.bot.digest._articles import TODAY, entry, made
from tests.eval.themes import Figures, entries, figures, found_themes, known, seeds

FERRY = """Harbour workers want a new ferry

The harbour ferry must run at night, union leader Ana Ruiz said on Friday. "The night ferry is the only way
home for 400 people," Ruiz added.

Mayor Tom Lindqvist said that the night ferry was too expensive. "We will not pay for an empty night ferry,"
Lindqvist told reporters.
"""
LIBRARY = """Library stays open

The town library keeps its opening hours, director Mia Sand said. "A library that closes at four is a
cupboard," Sand said. Readers thanked the library on Saturday.
"""


@pytest.fixture(scope="module")
def measured() -> Figures:
    return figures()


@pytest.mark.parametrize(
    ("figure", "least"),
    [
        *(("coverage", 0.75), ("member_f1", 0.58), ("titles", 0.85), ("verbatim", 1.0)),
        *(("speakers", 0.85), ("sources", 0.70), ("disagreement", 0.40)),
    ],
)
def test_themes_of_the_seeds_reach_their_floor(measured: Figures, figure: str, least: float) -> None:
    assert getattr(measured, figure) >= least


@pytest.mark.parametrize("figure", ["redundancy", "junk", "noise"])
def test_themes_of_the_seeds_keep_below_their_ceiling(measured: Figures, figure: str) -> None:
    assert getattr(measured, figure) <= 0.13


def test_the_order_of_the_articles_changes_nothing() -> None:
    articles = entries(seeds())
    _, wanted = found_themes(articles)
    for seed in range(20):
        shuffled = random.Random(seed).sample(articles, len(articles))
        assert repr(found_themes(shuffled)[1]) == repr(wanted)


def test_titles_are_in_the_words_of_the_articles() -> None:
    said = {w for article, _ in seeds() for w in words(article.text)}
    _, found = found_themes(entries(seeds()))
    assert [t.title for t in found if not set(words(t.title)) <= said] == []


def test_quotations_of_a_theme_have_different_speakers() -> None:
    _, found = found_themes(entries(seeds()))
    for theme in found:
        speakers = [q.speaker for q in theme.quotes]
        assert len(set(speakers)) == len(speakers)


def test_a_theme_is_named_by_what_both_sides_speak_of() -> None:
    _, found = made([entry(1, FERRY), entry(2, LIBRARY)])
    assert "night ferry" in found[0].title.lower()
    assert {q.speaker for q in found[0].quotes} >= {"Ana Ruiz", "Tom Lindqvist"}


def test_no_articles_and_articles_without_a_word_give_no_themes() -> None:
    assert made([])[1] == ()
    assert made([entry(1, "…\n"), entry(2, "Closed.\n")])[1] == ()


def test_a_reprint_counts_once() -> None:
    day, found = made([entry(1, FERRY), entry(2, FERRY)])
    assert day.reprints == {1}
    assert max(t.articles for t in found) == 1
    assert found[0].quotes[0].also_in == ("article-2.txt",)


def test_state_and_counts_come_from_the_fourteen_days_before() -> None:
    before = [
        entry(10 + n, FERRY.replace("Friday", f"day {n}"), TODAY - timedelta(days=n)) for n in (1, 2, 3)
    ]
    today = [entry(1, FERRY), entry(2, LIBRARY)]
    _, found = made(today, before)
    states = {t.title.lower(): t.state for t in found}
    assert next(s for title, s in states.items() if "ferry" in title) is ThemeState.STEADY
    assert next(s for title, s in states.items() if "library" in title) is ThemeState.NEW
    ferry = next(t for t in found if "ferry" in t.title.lower())
    assert len(ferry.counts) == 15
    assert all(n > 0 for n in ferry.counts[11:14])
    assert ferry.new_voices == ()


def test_a_theme_that_was_silent_for_a_week_is_back() -> None:
    before = [entry(10, FERRY, TODAY - timedelta(days=12)), entry(11, LIBRARY, TODAY - timedelta(days=1))]
    _, found = made([entry(1, FERRY)], before)
    assert next(t for t in found if "ferry" in t.title.lower()).state is ThemeState.BACK


def test_what_lies_more_than_fourteen_days_back_is_forgotten() -> None:
    folding = Folding(known())
    old = [entry(10, FERRY, date(2026, 1, 2))]
    day, past = gather([entry(1, FERRY)], old, TODAY, folding)
    assert all(not any(t.counts[:-1]) for t in themes(day, past, folding))

"""Articles on one event are one story, whatever their order; others stay apart."""

from __future__ import annotations

import random

from bot.digest.folding import Folding
from bot.digest.stories import stories
from bot.digest.units import Entry, day
from tests.bot.digest._articles import entry
from tests.eval.themes import known

FOLDING = Folding(known())
FERRY = [
    "The ferry to Sandvik ran aground off Nordby on Monday. Captain Per Lind said that the ferry is safe. "
    "All passengers of the ferry were brought to Nordby.",
    "Passengers of the Sandvik ferry waited for hours after the ferry ran aground off Nordby. Captain Per "
    "Lind said that nobody was hurt.",
]
BUDGET = [
    "The council of Ostby adopted a budget for schools. Mayor Ada Holm said that schools need teachers.",
    "Mayor Ada Holm defended the budget for schools in Ostby: schools need teachers, the council heard.",
]
ALONE = ["Rain fell on the potato fields. Farmer Siri Vang said that the harvest will be late."]


def told(entries: list[Entry]) -> set[frozenset[str]]:
    return {frozenset(story.articles) for story in stories(day(entries, FOLDING))}


def test_articles_on_one_event_are_one_story() -> None:
    entries = [entry(n, text) for n, text in enumerate([*FERRY, *BUDGET, *ALONE], 1)]
    names = [e.article.source for e in entries]
    assert told(entries) == {frozenset(names[:2]), frozenset(names[2:4]), frozenset(names[4:])}


def test_the_order_of_arrival_changes_nothing() -> None:
    entries = [entry(n, text) for n, text in enumerate([*FERRY, *BUDGET, *ALONE], 1)]
    found = stories(day(entries, FOLDING))
    for seed in range(20):
        random.Random(seed).shuffle(entries)
        assert stories(day(entries, FOLDING)) == found


def test_a_day_without_articles_has_no_stories() -> None:
    assert stories(day([], FOLDING)) == ()

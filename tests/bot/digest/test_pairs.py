"""Two slight subjects side by side in the text are one theme; names and strangers stay apart."""

from __future__ import annotations

from collections import Counter

from bot.digest.choice import Group
from bot.digest.folding import Folding
from bot.digest.labels import Label
from bot.digest.pairs import SLIGHT, paired
from bot.digest.titles import title
from bot.digest.units import Day, day
from tests.bot.digest._articles import entry
from tests.eval.themes import known

FOLDING = Folding(known())
TEXT = "A short report\n\n" + "\n\n".join(
    f"Sentence number {n} speaks of the night ferry." for n in range(20)
)


def two_articles() -> Day:
    return day(
        [entry(1, TEXT), entry(2, TEXT.replace("speaks of the night ferry", "tells how a library opens"))],
        FOLDING,
    )


def group(*units: int, form: str = "night ferries", person: bool = False) -> Group:
    label = Label(tuple(sorted(form.split())), Counter([form]), person=person)
    return Group(label, 1.0, dict.fromkeys(units, 1.0))


def test_two_slight_subjects_side_by_side_are_one_theme_named_after_both() -> None:
    two = [group(0, 4), group(2, 9, 12, form="empty harbours")]
    (theme,) = paired(two_articles(), two, 0.5)
    assert sorted(theme.members) == [0, 2, 4, 9, 12]
    assert title(theme, two_articles(), FOLDING, ()) == "Night ferries and empty harbours"


def test_subjects_of_different_articles_and_far_apart_stay_two() -> None:
    there = next(n for n, unit in enumerate(two_articles().units) if unit.entry == 1)
    assert len(paired(two_articles(), [group(there - 1), group(there, form="empty harbours")], 0.5)) == 2
    assert len(paired(two_articles(), [group(0, 1), group(9, 10, form="empty harbours")], 0.5)) == 2


def test_a_subject_with_many_sentences_and_a_name_stay_by_themselves() -> None:
    broad = group(*range(SLIGHT + 1))
    assert len(paired(two_articles(), [broad, group(2, 3, form="empty harbours")], 0.5)) == 2
    assert len(paired(two_articles(), [group(0, 1, form="ana ruiz", person=True), group(2, 3)], 0.5)) == 2


def test_a_third_neighbour_is_a_theme_of_its_own() -> None:
    three = [group(0, 1), group(2, 3, form="empty harbours"), group(4, 5, form="late trams")]
    assert len(paired(two_articles(), three, 0.5)) == 2

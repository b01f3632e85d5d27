"""Who did not mention it: nobody is named who did, however many did."""

from __future__ import annotations

import pytest

from bot.models import Findings
from bot.search import Searcher
from bot.store import Database, articles
from bot.store.retrieval import Listed
from tests.bot.search.conftest import article, ask, quoted, sentences
from tests.bot.search.test_roster import _directory, _listed

MANY = 70  # more than the passages that a question looks at


async def test_all_who_mentioned_it_are_left_out_not_only_those_who_would_be_shown(
    db: Database, searcher: Searcher
) -> None:
    said = [
        (f"Pontoon number {n} leaks.", f"Adam Holm{'abcdefghij'[n // 10]}{'klmnopqrst'[n % 10]}")
        for n in range(MANY)
    ]
    text = "\n".join(f"“{words}” he said." for words, _ in said)
    spoken = Findings(
        quotations=tuple(quoted(text, words.rstrip("."), name) for words, name in said),
        sentences=sentences(text),
    )
    await articles.save(db, "W1", article("pontoons.txt", text, None), spoken)
    reply = await ask(searcher, "who did not mention pontoons")
    assert reply.sections[0].lines == ("Ib Poulsen", "Mark Rutte", "Mette Frederiksen")
    assert reply.headline.values["speakers"] == 3


async def test_a_slip_in_what_nobody_mentioned_is_told(searcher: Searcher) -> None:
    reply = await ask(searcher, "who did not mention frigattes")
    assert reply.sections[0].lines == ("Mark Rutte", "Mette Frederiksen")
    assert [n.key for n in reply.notes] == ["search.corrected"]


@pytest.mark.parametrize(
    ("spoke", "count", "names"),
    [
        ((), 3, ["ADA QUIST", "Cleo Wind"]),
        (("Ada Quist",), 2, ["Cleo Wind", "Dan Ek"]),
        (("Nobody",), 3, None),
    ],
)
def test_a_name_in_several_spellings_counts_once_in_the_most_quoted_one(
    spoke: tuple[str, ...], count: int, names: list[str] | None
) -> None:
    crowd = Listed("NATO officials", "group", (), (), 1, 9)
    gone = Listed("Bo Lind", "person", (), (), 0, 0)
    speakers = [
        _listed("Ada Quist", 1),
        _listed("ADA QUIST", 7),
        _listed("Cleo Wind", 5),
        _listed("Dan Ek", 2),
    ]
    directory = _directory(*speakers, _listed("Bo Lind", 8), _listed("Unheard", 0), crowd)
    directory.update([gone])
    found, most = directory.beside(spoke, 2)
    assert found == count
    assert names is None or most == names

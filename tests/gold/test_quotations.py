"""Quality must not drop: floors over our own cases, a little below what is reached."""

import pytest

from bot.extract import Extractor
from bot.reference import Reference
from tests.gold._quotations import cases, score

EXTRACTOR = Extractor(Reference())


def test_there_are_three_hundred_cases() -> None:
    assert sum(len(cases(name)) for name in ("direct", "indirect", "speakers", "nothing")) >= 300


@pytest.mark.parametrize(
    ("name", "content", "speaker", "cue", "polarity"),
    [
        ("direct", 94, 94, 97, 97),
        ("indirect", 95, 94, 97, 97),
        ("speakers", 93, 92, 97, 97),
    ],
)
def test_quality_holds(name: str, content: float, speaker: float, cue: float, polarity: float) -> None:
    reached = score(EXTRACTOR, cases(name))
    told = "\n".join([reached.line(name), *reached.misses])
    assert reached.content >= content, told
    assert reached.share("speaker", "right") >= speaker, told
    assert reached.share("cue", "right") >= cue, told
    assert reached.share("polarity", "right") >= polarity, told


def test_nothing_is_taken_for_a_quotation() -> None:
    reached = score(EXTRACTOR, cases("nothing"))
    assert reached.counts["found"] == 0, "\n".join(reached.misses)

"""What a button remembers survives the journey, and a forged value is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import QuestionError
from bot.render.state import VALUE, State, pack, unpack
from tests.bot.render.samples import answer


@given(
    st.text(max_size=400),
    st.integers(0, 99),
    st.none() | st.text(min_size=1, max_size=50),
    st.none() | st.integers(1, 9),
)
def test_it_comes_back_as_it_went(question: str, page: int, speaker: str | None, article: int | None) -> None:
    state = State(question, page, speaker, article)
    packed = pack(state)
    assert packed is not None and len(packed) <= VALUE
    assert unpack(packed) == state


def test_it_names_one_answer() -> None:
    state = unpack(pack(State("who").of(answer(3))))
    assert state.names(answer(3)) and not state.names(answer(4))


def test_a_question_that_is_too_long_has_no_value() -> None:
    assert pack(State("x" * 3_999)) is None


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "x",
        "[]",
        "1",
        '{"q":1}',
        '{"p":-1}',
        '{"p":true}',
        '{"a":1e400}',
        '{"z":1}',
        '{"s":[]}',
        "[" * 9_000,
    ],
)
def test_a_forged_value_is_refused(value: str | None) -> None:
    with pytest.raises(QuestionError, match="ask again"):
        unpack(value)

"""What is sent to a response_url: any text at all, and how long a limit is waited for."""

from __future__ import annotations

import json

import pytest

from bot.models import Reason
from handlers.slack import incoming
from handlers.slack.response_url import as_json, seconds


def test_half_a_pair_of_surrogates_in_what_was_typed_stops_no_answer() -> None:
    typed = incoming.words("who mentioned \ud800ice")
    assert json.loads(as_json({"text": typed})) == {"text": "who mentioned ?ice"}


def test_a_text_of_a_kind_of_its_own_is_sent_as_text() -> None:
    assert json.loads(as_json({"text": Reason("It is empty."), "unfurl": False})) == {
        "text": "It is empty.",
        "unfurl": False,
    }


def test_what_no_message_can_hold_is_not_sent_as_something_else() -> None:
    with pytest.raises(TypeError, match="object"):
        as_json({"text": object()})


@pytest.mark.parametrize(
    ("told", "waited"), [("3", 3), ("0", 0), ("", 1), ("abc", 1), ("-4", 1), ("9999", 60)]
)
def test_a_limit_is_waited_for_as_slack_says_but_no_longer_than_a_minute(told: str, waited: int) -> None:
    assert seconds(told) == waited

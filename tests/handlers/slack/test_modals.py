"""Modals: what fails is said in them, what is closed is no fault, and a third one makes room."""

from __future__ import annotations

import asyncio

import pytest

from bot.search import Searcher
from handlers.slack.digest_form import CALLBACK
from handlers.standin import Slack, View
from tests.handlers.slack import _listeners as way


@pytest.fixture
def slack(one_way: Slack) -> Slack:
    """Over HTTP only: the way makes no difference here."""
    return one_way


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every question fail inside."""

    async def fails(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(Searcher, "answer", fails)


async def said(slack: Slack, mark: int) -> list[str]:
    """Return the bot's messages since then, when it has nothing more to do."""
    await asyncio.sleep(0.2)
    return [e.what.text for e in slack.state.journal[mark:] if e.kind == "posted" and e.what.bot_id]


async def test_a_modal_that_was_closed_before_it_was_filled_is_no_fault(slack: Slack) -> None:
    answer = await slack.ask("#general", "/msc who mentioned weather")
    slack.fail("views.update", error="not_found")
    done = await slack.click(answer, "context")
    assert await said(slack, done.mark) == []


async def test_a_search_that_fails_says_so_in_its_modal(slack: Slack, broken: None) -> None:
    done = await slack.submit(await way.form(slack), {"words": "who mentioned weather"})
    view = await slack.next("updated", after=done, where=lambda v: "Searching" not in v.words())
    assert "Something went wrong" in view.words()
    assert await said(slack, done.mark) == []


async def test_a_click_in_the_home_that_fails_says_so_over_the_home(slack: Slack, broken: None) -> None:
    done = await slack.click(await way.home(slack), "home_quoted_0", "carla")
    view = await slack.next("opened", after=done)
    assert "Something went wrong" in view.words() and await said(slack, done.mark) == []


async def test_thanks_for_a_report_stand_over_the_modal_it_came_from(slack: Slack) -> None:
    home = await way.home(slack)
    answer = await slack.next("opened", after=await slack.click(home, "home_quoted_0", "carla"))
    done = await slack.click(answer, "feedback", "carla", choose="Wrong speaker?")
    thanks = await slack.next("opened", after=done)
    assert "Thank you" in thanks.words() and await said(slack, done.mark) == []


async def test_a_sentence_whose_trigger_has_run_out_is_told_privately(slack: Slack) -> None:
    home = await way.home(slack)
    answer = await slack.next("opened", after=await slack.click(home, "home_quoted_0", "carla"))
    slack.fail("views.push", error="expired_trigger_id")
    thanks = await slack.answer(await slack.click(answer, "feedback", "carla", choose="Wrong speaker?"))
    assert "Thank you" in thanks.text and thanks.channel == slack.channel("@", "carla").id


async def test_over_the_third_modal_the_next_takes_its_place(slack: Slack) -> None:
    home = await way.home(slack)
    answer = await slack.next("opened", after=await slack.click(home, "home_quoted_0", "carla"))
    slack.fail("views.push", error="push_limit_reached")
    done = await slack.click(answer, "context", "carla")
    passage = await slack.next("updated", after=done, where=lambda v: "In the article" in v.title)
    assert passage.id == answer.id


async def test_a_digest_asked_for_in_a_direct_message_asks_for_a_channel(slack: Slack) -> None:
    form = await slack.next("opened", after=await slack.command("@", "/msc digest"))
    assert isinstance(form, View) and form.payload["callback_id"] == CALLBACK
    assert "initial_conversation" not in str(form.payload)

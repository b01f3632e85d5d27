"""A real Bolt app lives in the stand-in as it would in Slack: over Socket Mode and over signed HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from handlers.standin import Slack
from tests.handlers.standin._tiny import by_http, by_socket


@pytest.fixture(params=[by_socket, by_http], ids=["socket", "http"])
async def slack(request: pytest.FixtureRequest) -> AsyncIterator[Slack]:
    async with request.param() as running:
        yield running


async def test_a_command_is_acknowledged_and_answered_for_the_asker_alone(slack: Slack) -> None:
    done = await slack.command("#general", "/msc who mentioned Greenland")
    assert done.ack.status == 200
    message = await slack.answer(done)
    assert message.text == "asked: who mentioned Greenland"
    assert message.words() == "an *answer*\nopen\nmore"
    assert slack.messages("#general", user="alice") == (message,)
    assert slack.messages("#general", user="bruno") == ()


async def test_a_click_replaces_the_ephemeral_answer_in_its_place(slack: Slack) -> None:
    message = await slack.ask("#general", "/msc x")
    done = await slack.click(message, "more")
    assert "message" not in done.payload
    assert (await slack.answer(done)).text == "page of more-1"
    assert [m.text for m in slack.messages("#general")] == ["page of more-1"]


async def test_a_modal_opens_checks_its_inputs_and_is_submitted(slack: Slack) -> None:
    message = await slack.ask("#random", "/msc x")
    view = await slack.view(await slack.click(message, "open"))
    assert view.title == "Search"
    assert await slack.submit(view, {}) == await slack.submit(view, {"text": ""})
    assert (await slack.submit(view, {})).errors == {"words": "Please complete this required field."}
    assert (await slack.submit(view, {"text": "bad"})).errors == {"words": "Use better words."}
    assert slack.modal() is not None
    (option,) = (await slack.suggest(view, "speaker", "Al")).options
    done = await slack.submit(view, {"text": "sea ice", "speaker": option})
    assert (await slack.answer(done)).text == "sea ice by 7"
    assert slack.modal() is None


async def test_suggestions_that_are_not_valid_are_not_shown(slack: Slack) -> None:
    view = await slack.view(await slack.click(await slack.ask("#random", "/msc x"), "open"))
    done = await slack.suggest(view, "speaker", "A" * 80)
    assert done.options == ()
    assert done.failed is not None and "at most 75" in done.failed


async def test_closing_a_modal_tells_the_app(slack: Slack) -> None:
    view = await slack.view(await slack.shortcut("search"))
    done = await slack.close(view)
    assert done is not None
    assert (await slack.answer(done)).text == "closed"


async def test_a_mention_is_answered_in_its_thread_and_a_message_in_the_direct_conversation(
    slack: Slack,
) -> None:
    done = await slack.mention("#general", "who said it?")
    reply = await slack.answer(done)
    parent = slack.messages("#general")[-1]
    assert reply.thread == parent.ts
    assert slack.messages("#general", thread=parent.ts) == (parent, reply)
    assert (await slack.answer(await slack.dm("hello"))).text == "read hello"


async def test_the_home_tab_is_published_for_its_user(slack: Slack) -> None:
    done = await slack.open_home("bruno")
    view = await slack.next("home", after=done)
    assert slack.home("bruno") == view
    assert slack.home("alice") is None


async def test_a_message_shortcut_brings_the_message_along(slack: Slack) -> None:
    said = slack.say("#general", "They will stay, she said.", "bruno")
    done = await slack.message_shortcut(said, "who")
    assert (await slack.answer(done)).text == "checked: They will stay, she said."


async def test_the_same_event_twice_reaches_the_app_twice(slack: Slack) -> None:
    done = await slack.mention("#general", "x", copies=2)
    parent = slack.messages("#general")[-1]
    await slack.state.until(lambda: len(slack.messages("#general", thread=parent.ts)) == 3, 10)
    assert done.ack.status == 200


async def test_a_connection_that_is_asked_to_refresh_comes_back() -> None:
    async with by_socket() as slack:
        mark = slack.mark()
        await slack.sockets.disconnect()
        await slack.next("connected", after=mark)
        assert (await slack.ask("#general", "/msc again")).text == "asked: again"


async def test_an_app_that_is_away_makes_slack_say_so_to_the_user() -> None:
    async with Slack() as slack:
        done = await slack.command("#general", "/msc x")
        assert done.failed == "/msc failed with the error “dispatch_failed”"
        (message,) = slack.messages("#general")
        assert message.user == "USLACKBOT"
        assert message.text == done.failed

"""The App Home, the search form with suggestions, checking a message, and feedback."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from bot.render.validate import view_faults
from bot.services import Services
from bot.store import feedback
from handlers.standin import Slack, View
from tests.handlers.slack import _listeners as way
from tests.handlers.slack.conftest import by_http


async def test_the_home_shows_the_corpus_and_only_the_own_questions(slack: Slack) -> None:
    await slack.ask("#general", "/msc who mentioned ferry", user="bruno")
    await slack.ask("#general", "/msc who mentioned weather")
    home = await slack.next("home", after=await slack.open_home("alice"))
    assert "3 articles, 17 quotations, 3 speakers" in home.words()
    assert "Per Lind (14)" in home.words() and "Quay walls" in home.words()
    await slack.next("home", after=await slack.open_home("alice"), where=lambda v: "weather" in v.words())
    assert "who mentioned ferry" not in (slack.home("alice") or home).words()


@pytest.mark.parametrize("user", ["alice", "carla"])  # carla is an admin
async def test_the_home_of_an_empty_corpus_looks_as_it_did(
    empty: Services, user: str, snapshot: SnapshotAssertion
) -> None:
    async with Slack() as slack, by_http(slack, empty):
        home = await slack.next("home", after=await slack.open_home(user))
    assert way.plain(way.sent(home)) == snapshot.use_extension(JSONSnapshotExtension)


async def test_a_question_at_home_opens_its_answer(slack: Slack) -> None:
    home = await slack.next("home", after=await slack.open_home("alice"))
    answer = await slack.next("opened", after=await slack.click(home, "home_quoted_0"))
    assert answer.title == "Who said what" and "Per Lind" in answer.words()
    assert not [e for e in answer.elements() if e["action_id"] == "share"]
    more = await slack.next("updated", after=await slack.click(answer, "page_on"))
    assert "6 to 10" in more.words()
    context = await slack.next("updated", after=await slack.click(more, "context"))
    assert context.id != more.id and "In the article" in context.title


async def test_the_search_form_suggests_and_answers(slack: Slack) -> None:
    form = await slack.next("opened", after=await slack.shortcut("search"))
    options = (await slack.suggest(form, "about", "sir")).options
    assert [o["text"]["text"] for o in options] == ["Siri Vang"]
    assert len((await slack.suggest(form, "about", "")).options) == 4
    done = await slack.submit(form, {"about": options[0]})
    answer = await slack.next("updated", after=done, where=lambda v: "weather" in v.words())
    assert "Siri Vang" in answer.words()


async def test_an_empty_form_says_what_is_missing(slack: Slack) -> None:
    form = await slack.next("opened", after=await slack.shortcut("search"))
    done = await slack.submit(form, {})
    assert "write some words" in done.errors["words"]


async def test_the_form_is_opened_at_home_too(slack: Slack) -> None:
    home = await slack.next("home", after=await slack.open_home("alice"))
    form = await slack.next("opened", after=await slack.click(home, "home_search"))
    assert form.title == "Search quotes"


async def test_a_message_is_checked_for_its_reader_alone(slack: Slack) -> None:
    said = slack.say("#general", "The ferry will sail in every weather", "bruno")
    answer = await slack.answer(await slack.message_shortcut(said, "verify"))
    assert answer.ephemeral_for and "Siri Vang" in answer.words()


async def test_a_message_without_text_says_so(slack: Slack) -> None:
    said = slack.say("#general", "", "bruno")
    assert "no text" in (await slack.answer(await slack.message_shortcut(said, "verify"))).text


async def test_the_messages_tab_offers_questions(slack: Slack) -> None:
    await slack.next("prompts", after=await slack.open_home("alice", tab="messages"))
    (call,) = slack.calls("assistant.threads.setSuggestedPrompts")
    assert "harbour" in str(call["prompts"])


@pytest.mark.parametrize("verdict", ["Wrong speaker?", "Not a quotation"])
async def test_feedback_is_kept_once(one_way: Slack, empty: Services, verdict: str) -> None:
    answer = await one_way.ask("#general", "/msc who mentioned weather")
    thanks = await one_way.answer(await one_way.click(answer, "feedback", choose=verdict))
    assert "Thank you" in thanks.text and thanks.ephemeral_for
    again = await one_way.answer(await one_way.click(answer, "feedback", choose=verdict))
    assert "before" in again.text
    (kept,) = await feedback.listing(empty.db, one_way.team.id)
    assert kept.words.startswith("The ferry will sail") and kept.speaker == "Siri Vang"


async def test_every_view_is_one_that_slack_takes(one_way: Slack) -> None:
    for user in ("alice", "bruno", "carla"):
        home: View = await one_way.next("home", after=await one_way.open_home(user))
        form: View = await one_way.next("opened", after=await one_way.shortcut("search", user))
        assert view_faults(home.payload) == view_faults(form.payload) == []

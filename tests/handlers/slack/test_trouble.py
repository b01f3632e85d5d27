"""Nothing is silent and nothing leaks: refusals, forged clicks, expired addresses, other workspaces."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.errors import StoreError
from bot.render.state import State, pack
from bot.search import Searcher
from bot.store import Database
from handlers.standin import Message, Slack, a_workspace
from tests.handlers.slack import _corpus

ASK = "/msc who mentioned weather"


@pytest.fixture
def slack(one_way: Slack) -> Slack:
    """Over HTTP only: the way makes no difference here."""
    return one_way


@pytest.mark.parametrize(
    "typed", ["x" * 3_999, "“never closed", "<!channel> *&<>", "\x00", "who mentioned \U0001f9ca" * 90]
)
async def test_odd_questions_are_answered_in_words(slack: Slack, typed: str) -> None:
    answer = await slack.ask("#general", f"/msc {typed}")
    assert answer.words() and "<!" not in json.dumps(answer.blocks)


async def test_a_question_that_is_too_long_says_how_long_it_may_be(slack: Slack) -> None:
    assert "at most 4,000" in (await slack.ask("#general", "/msc " + "word " * 900)).text


async def test_a_mistyped_subcommand_is_offered_as_a_button(slack: Slack) -> None:
    answer = await slack.ask("#general", "/msc sorces")
    assert "no subcommand" in answer.words()
    assert "The Nordby Post" in (await slack.answer(await slack.click(answer, "ask_0"))).words()


async def test_a_failure_inside_is_one_sentence(slack: Slack, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(Searcher, "answer", broken)
    answer = await slack.ask("#general", ASK)
    assert "Something went wrong" in answer.text and "Traceback" not in answer.text
    assert answer.ephemeral_for


@pytest.mark.parametrize(
    "value",
    [
        "",
        "{}",
        "null",
        '{"q":"x","a":999,"k":"quote","b":3,"c":1}',
        '{"p":-4}',
        "[1]",
        '{"workspace":"T0OTHER"}',
    ],
)
@pytest.mark.parametrize("button", ["share", "context", "page_on"])
async def test_a_forged_value_gets_a_sentence(slack: Slack, button: str, value: str) -> None:
    first = await slack.ask("#general", "/msc who mentioned harbour")
    done = await forged(slack, first, button, value)
    before = len(slack.messages("#general", "bruno"))
    said = await slack.next("posted", "edited", "updated", after=done)
    assert said.words()
    assert len(slack.messages("#general", "bruno")) == before


async def test_a_value_of_another_workspace_shows_nothing(slack: Slack) -> None:
    other = a_workspace(slack.state, "T0OTHER", "Other")
    answer = await slack.ask("#general", ASK)
    button = next(e for e in answer.elements() if e["action_id"] == "context")
    stranger = next(u for u in slack.state.users.values() if u.team == other.id and not u.is_bot)
    payload_of = await slack.click(answer, "context")
    await slack.next("updated", after=payload_of)
    payload = {**payload_of.payload, "team": {"id": other.id, "domain": "other"}}
    payload["user"] = {"id": stranger.id, "team_id": other.id}
    payload["trigger_id"] = slack.state.new_trigger(stranger.id)
    assert json.loads(button["value"])["a"]
    mark = slack.mark()
    await slack.courier().deliver("interactive", payload)
    view = await slack.next("updated", after=mark)
    assert "no longer among the articles" in view.words() and "weather" not in view.words()


async def test_an_article_that_changed_is_said_to_be_gone(slack: Slack, empty: object) -> None:
    answer = await slack.ask("#general", ASK)
    value = json.loads(next(e for e in answer.elements() if e["action_id"] == "context")["value"])
    done = await forged(slack, answer, "context", json.dumps({**value, "c": 5}))
    view = await slack.next("updated", after=done)
    assert "no longer among the articles" in view.words()


async def test_blocks_that_slack_refuses_are_sent_again_as_text(slack: Slack) -> None:
    slack.fail("response_url", error="invalid_blocks")
    answer = await slack.ask("#general", ASK)
    assert not answer.blocks and "every weather" in answer.text


async def test_an_address_that_ran_out_falls_back_to_a_private_message(slack: Slack) -> None:
    answer = await slack.ask("#general", "/msc who mentioned harbour")
    slack.fail("response_url", error="expired_url")
    fresh = await slack.next("posted", after=await slack.click(answer, "page_on"))
    assert fresh.ephemeral_for and "6 to 10" in fresh.words()


async def test_what_can_only_be_told_directly_names_its_channel(slack: Slack) -> None:
    slack.fail("response_url", error="expired_url")
    told = await slack.answer(await slack.command("#random", ASK))
    assert told.channel == slack.channel("@").id
    assert told.text.startswith(f"<#{slack.channel('#random').id}>\n1 speaker mentioned")


async def test_an_outage_of_slack_is_told_in_words_without_its_page(slack: Slack) -> None:
    slack.fail("response_url", times=2, status=500, html=True)
    assert (await slack.ask("#general", ASK)).text == "Slack could not be reached just now. Please try again."


async def test_a_mention_whose_answer_is_not_taken_is_told_to_the_asker(slack: Slack) -> None:
    slack.fail("chat.postMessage", times=2, error="restricted_action")
    told = await slack.answer(await slack.mention("#general", "who mentioned weather"))
    assert told.ephemeral_for and "does not let me post here" in told.text


async def test_emoji_are_no_words_to_look_for(slack: Slack) -> None:
    answer = await slack.answer(await slack.dm(":tada: quotes Siri Vang :ship::wave:"))
    assert "every weather" in answer.text and "Searched for" not in answer.text
    assert "who mentioned TOPIC" in (await slack.ask("#general", "/msc :tada:")).text


async def test_sharing_where_the_bot_is_not_says_how_to_invite_it(slack: Slack) -> None:
    answer = await slack.ask("#random", ASK)
    said = await slack.answer(await slack.click(answer, "share"))
    assert "/invite @msc" in said.text
    slack.invite("#random")
    shared = await slack.next("posted", after=await slack.click(answer, "share"))
    assert "Shared by" in shared.words()


async def test_sharing_in_an_archived_channel_says_so(slack: Slack) -> None:
    answer = await slack.ask("#archive", ASK)
    assert "archived" in (await slack.answer(await slack.click(answer, "share"))).text


async def test_a_missing_scope_is_named(slack: Slack) -> None:
    answer = await slack.ask("#general", ASK)
    slack.without_scope("chat:write")
    assert "chat:write" in (await slack.answer(await slack.click(answer, "share"))).text


async def test_a_rate_limit_is_waited_for(slack: Slack) -> None:
    answer = await slack.ask("#general", ASK)
    slack.fail("chat.postMessage", error="ratelimited", retry_after="0")
    shared = await slack.next("posted", after=await slack.click(answer, "share"))
    assert "Shared by" in shared.words()


async def test_a_connection_that_breaks_after_slack_took_the_post_does_not_post_twice(slack: Slack) -> None:
    answer = await slack.ask("#general", ASK)
    slack.fail("chat.postMessage", reset="after")
    said = await slack.next(
        "posted", after=await slack.click(answer, "share"), where=lambda m: m.ephemeral_for is not None
    )
    assert "could not be reached" in said.text
    await slack.next(
        "posted", after=await slack.click(answer, "share"), where=lambda m: bool(m.ephemeral_for)
    )
    assert sum("Shared by" in m.words() for m in slack.messages("#general", "bruno")) == 1


async def test_a_reader_whose_profile_is_withheld_reads_english_and_has_a_name(slack: Slack) -> None:
    slack.without_scope("users:read")
    answer = await slack.ask("#general", ASK, user="bruno")
    assert "mentioned" in answer.words()
    shared = await slack.next("posted", after=await slack.click(answer, "share", user="bruno"))
    assert "Shared by bruno" in shared.text  # as the click itself says


async def test_a_german_reader_reads_german(slack: Slack) -> None:
    answer = await slack.ask("#general", ASK, user="bruno")
    assert "Im Kanal teilen" in json.dumps(answer.blocks, ensure_ascii=False)


async def test_an_empty_corpus_says_what_to_do(slack: Slack, empty: object) -> None:
    other = a_workspace(slack.state, "T0EMPTY", "Empty")
    user = next(u for u in slack.state.users.values() if u.team == other.id and not u.is_bot)
    channel = next(c for c in slack.state.channels.values() if c.team == other.id)
    answer = await slack.ask(channel.id, "/msc who mentioned weather", user=user.id)
    assert "no articles yet" in answer.words() and _corpus.FERRY not in answer.words()
    for typed in ("help", "sources", "themes", 'verify "We need the harbour"'):
        assert "/msc add https" in (await slack.ask(channel.id, f"/msc {typed}", user=user.id)).text


async def forged(slack: Slack, shown: Message, button: str, value: str) -> int:
    """Deliver a click whose value somebody has changed."""
    real = await slack.click(shown, button)
    await slack.next("posted", "edited", "updated", after=real)
    payload = json.loads(json.dumps(real.payload))
    payload["actions"][0]["value"] = value
    payload["trigger_id"] = slack.state.new_trigger(payload["user"]["id"])
    payload["container"]["message_ts"] = "1.1"
    mark = slack.mark()
    await slack.courier().deliver("interactive", payload)
    return mark


def test_the_state_never_names_a_workspace() -> None:
    assert "T0" not in str(pack(State("who", 1)))


async def test_a_button_of_an_older_version_says_so(slack: Slack) -> None:
    answer = await slack.ask("#general", ASK)
    real = await slack.click(answer, "context")
    await slack.next("updated", after=real)
    payload = json.loads(json.dumps(real.payload))
    payload["actions"][0]["action_id"] = "from_long_ago"
    mark = slack.mark()
    await slack.courier().deliver("interactive", payload)
    said = await slack.next("posted", after=mark)
    assert "older version" in said.text


async def test_on_a_full_disk_questions_are_answered_and_nothing_else_is_said(
    slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    @asynccontextmanager
    async def full(_: Database) -> AsyncIterator[None]:
        raise StoreError("The disk of the database is full.")
        yield

    monkeypatch.setattr(Database, "write", full)
    typed = await slack.ask("#general", ASK)
    mentioned = await slack.answer(await slack.mention("#general", "who mentioned weather"))
    await asyncio.sleep(0.2)

    for answer in (typed, mentioned):
        assert "weather" in answer.words() and "disk" not in answer.words()
    assert all("disk" not in message.words() for message in slack.messages("#general"))


async def test_errors_are_said_in_the_readers_language(slack: Slack) -> None:
    assert "höchstens 4.000" in (await slack.ask("#general", "/msc " + "Wort " * 900, user="bruno")).text
    answer = await slack.ask("#general", ASK, user="bruno")
    real = await slack.click(answer, "context", user="bruno")
    await slack.next("updated", after=real)
    payload = json.loads(json.dumps(real.payload))
    payload["actions"][0]["value"] = "[1]"
    payload["trigger_id"] = slack.state.new_trigger(slack.user("bruno").id)
    mark = slack.mark()
    await slack.courier().deliver("interactive", payload)
    view = await slack.next("updated", after=mark)
    assert "lässt sich nicht mehr lesen" in view.words()

"""A team asks, pages, looks at the context and shares: each listener over Socket Mode and signed HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.standin import Message, Slack

MANY = "/msc who mentioned harbour"


async def test_a_command_is_answered_for_the_asker_alone(slack: Slack) -> None:
    done = await slack.command("#general", "/msc who mentioned ferry")
    answer = await slack.answer(done)
    assert done.ack.status == 200 and not done.ack.text
    assert "The ferry will sail in every weather" in answer.words()
    assert "Siri Vang" in answer.words() and "fishing minister" in answer.words()
    assert slack.messages("#general", "bruno") == ()
    assert not answer.unfurl_links and not answer.unfurl_media


async def test_more_turns_the_page_in_place(slack: Slack) -> None:
    first = await slack.ask("#general", MANY)
    assert "1 to 5 of" in first.words()
    second = await slack.answer(await slack.click(first, "page_on"))
    assert "6 to 10 of" in second.words()
    assert len(slack.messages("#general")) == 1
    back = await slack.answer(await slack.click(second, "page_back"))
    assert "1 to 5 of" in back.words()


async def test_the_answers_are_narrowed_to_one_speaker_and_one_article(slack: Slack) -> None:
    first = await slack.ask("#general", MANY)
    offered = (await slack.suggest(first, "filter_speaker", "hol")).options
    assert [o["text"]["text"] for o in offered] == ["Ada Holm"]
    one = await slack.answer(await slack.click(first, "filter_speaker", choose=offered[0]))
    assert "Ada Holm" in one.words() and "cracked" not in one.words()
    assert "Only Ada Holm: 2 of 16 answers" in one.words() and "Only Ada Holm" in one.text
    assert [m.ts for m in slack.messages("#general")] == [one.ts]


async def test_a_menu_that_is_opened_offers_everything_first_and_each_article_once(slack: Slack) -> None:
    first = await slack.ask("#general", MANY)
    offered = (await slack.suggest(first, "filter_article", "")).options
    assert [o["value"] for o in offered[:1]] == ["{}"]
    assert len({o["value"] for o in offered}) == len(offered) > 2
    one = await slack.answer(await slack.click(first, "filter_article", choose=offered[1]))
    assert f"Only from “{offered[1]['text']['text']}”" in one.words()
    everything = await slack.answer(await slack.click(one, "filter_article", choose=offered[0]))
    assert "1 to 5 of" in everything.words()


async def test_context_shows_the_passage_and_its_neighbours(slack: Slack) -> None:
    answer = await slack.ask("#general", "/msc who mentioned waits")
    done = await slack.click(answer, "context")
    view = await slack.next("updated", after=done)
    assert "No ship waits longer than a day" in view.words()
    bold = [e for e in runs(view) if e.get("style", {}).get("bold")]
    assert [e["text"] for e in bold] == ["No ship waits longer than a day in the harbour,"]
    earlier = await slack.next("updated", after=await slack.click(view, "context_earlier"))
    assert [e["text"] for e in runs(earlier) if e.get("style")] == ["the harbour could not pay for itself"]


async def test_an_answer_is_shared_once_and_pings_nobody(slack: Slack) -> None:
    answer = await slack.ask("#general", "/msc who mentioned weather")
    shared = await slack.next("posted", after=await slack.click(answer, "share"))
    assert (
        "Shared by alice, who asked: who mentioned weather" in shared.words()
        and "<@" not in shared.text + shared.words()
    )
    assert not shared.ephemeral_for and not shared.elements()
    again = await slack.click(answer, "share")
    await slack.next("posted", after=again, where=lambda m: "already shared" in m.text)
    assert sum("Shared by" in m.words() for m in slack.messages("#general", "bruno")) == 1


async def test_a_mention_is_answered_once_in_its_thread(slack: Slack) -> None:
    await slack.mention("#general", "who mentioned ferry", copies=3)
    reply = await slack.next("posted", after=0, where=lambda m: m.bot_id is not None)
    assert reply.thread and "Siri Vang" in reply.words()
    await slack.ask("#general", "/msc who mentioned ferry")
    assert sum(bool(m.bot_id) for m in slack.messages("#general", thread=reply.thread)) == 1


async def test_a_direct_message_is_answered(slack: Slack) -> None:
    reply = await slack.answer(await slack.dm("quotes Siri Vang"))
    assert "every weather" in reply.words() and reply.thread


async def test_help_offers_questions_that_can_be_clicked(slack: Slack) -> None:
    answer = await slack.ask("#general", "/msc help")
    assert "who mentioned TOPIC" in answer.words()
    asked = await slack.answer(await slack.click(answer, "ask_0"))
    assert "harbour" in asked.words()


@pytest.mark.parametrize("typed", ["/msc", "/msc  ", "/msc help", "/msc sources", "/msc who"])
async def test_every_subcommand_answers_something(one_way: Slack, typed: str) -> None:
    assert (await one_way.ask("#general", typed)).words()


def runs(view: Message) -> list[dict[str, Any]]:
    """Return the text runs of a view's passage."""
    return [e for b in view.blocks if b["type"] == "rich_text" for s in b["elements"] for e in s["elements"]]


async def test_a_thread_keeps_its_subject(slack: Slack) -> None:
    await slack.mention("#general", "who mentioned the ferry")
    first = await slack.next("posted", after=0, where=lambda m: m.bot_id is not None)
    assert "Siri Vang" in first.words()
    done = await slack.mention("#general", "and Ada Holm?", user="bruno", thread=first.thread)
    second = await slack.answer(done)
    assert second.thread == first.thread
    assert "We need the harbour for the ferry" in second.words() and "every weather" not in second.words()

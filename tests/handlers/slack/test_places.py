"""Where an answer stands: in the thread that was asked in, and beside nobody who did not ask."""

from __future__ import annotations

from handlers.standin import Slack


async def test_what_is_said_beside_an_answer_stays_in_its_thread(slack: Slack) -> None:
    answer = await slack.answer(await slack.mention("#general", "who mentioned weather"))
    thanks = await slack.answer(await slack.click(answer, "feedback", choose="Wrong speaker?"))
    assert thanks.ephemeral_for and thanks.thread == answer.thread is not None
    slack.fail("response_url", error="expired_url")
    again = await slack.answer(await slack.click(answer, "feedback", choose="Wrong speaker?"))
    assert again.ephemeral_for and again.thread == answer.thread


async def test_a_reply_is_checked_in_its_thread_and_what_begins_one_in_the_channel(one_way: Slack) -> None:
    parent = one_way.say("#general", "The ferry will sail in every weather", "bruno")
    reply = one_way.say("#general", "The ferry will sail in every weather", "alice", thread=parent.ts)
    for message, thread in ((parent, None), (reply, parent.ts)):
        done = await one_way.message_shortcut(message, "verify")
        assert (await one_way.answer(done)).thread == thread


async def test_another_bot_is_not_answered_and_slack_is_not_asked_to_send_it_again(slack: Slack) -> None:
    inner = {"type": "app_mention", "channel": "C0STANDIN1", "ts": slack.state.ts(), "bot_id": "B0OTHER"}
    for who in ({}, {"user": "U0OTHERBOT"}):
        done = await slack.event("alice", {**inner, **who, "text": "<@U0STANDINBOT> who mentioned weather"})
        assert done.ack.error is None
    await slack.ask("#general", "/msc help")
    assert slack.messages("#general", "bruno") == ()


async def test_a_reply_that_is_also_sent_to_the_conversation_is_answered(one_way: Slack) -> None:
    said = one_way.say("@", "quotes Siri Vang")
    inner = {**said.as_slack(one_way.team.id), "channel": said.channel, "channel_type": "im"}
    done = await one_way.event("alice", inner | {"subtype": "thread_broadcast"})
    assert "every weather" in (await one_way.answer(done)).words()


async def test_an_answer_in_the_conversation_with_the_bot_is_not_to_be_shared_there(one_way: Slack) -> None:
    reply = await one_way.answer(await one_way.dm("quotes Siri Vang"))
    assert [e["action_id"] for e in reply.elements()] == ["context", "open", "feedback"]

"""A channel's digest from the form to the thread: set up, clock moves, posted once, followed, muted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.digest import follow
from bot.render.validate import faults, view_faults
from bot.store import articles, channels, follows, outbox, runs
from tests.eval.themes import known, seeds
from tests.handlers.slack._office import Office, tomorrow
from tests.handlers.slack._office import office as office


async def test_the_form_is_one_that_slack_takes_and_knows_the_zones(office: Office) -> None:
    form = await office.form()
    assert view_faults(form.payload) == []
    done = await office.slack.submit(form, {"zone": "Europe/Berln"})
    assert "Did you mean Europe/Berlin" in done.errors["zone"]
    assert await channels.listing(office.services.db, office.slack.team.id) == []


async def test_a_digest_arrives_with_its_thread_and_only_once(office: Office) -> None:
    await office.subscribe()
    await office.tick(tomorrow())
    parents = [m for m in office.slack.messages("#general") if "Themes of" in m.text]
    assert len(parents) == 1
    thread = office.slack.messages("#general", thread=parents[0].ts)
    assert len(thread) == 8  # the picture, five themes, and the others
    for message in (m for m in thread if not m.files):
        assert faults("message", message.blocks, message.text) == []
    await office.tick(tomorrow() + timedelta(minutes=5))
    assert len([m for m in office.slack.messages("#general") if "Themes of" in m.text]) == 1
    counts = await outbox.counts(office.services.db, office.slack.team.id)
    assert counts == {"posted": 8}


async def test_a_digest_is_written_in_the_language_of_who_set_it_up(office: Office) -> None:
    await office.subscribe("bruno")
    await office.tick(tomorrow())
    (parent,) = [m for m in office.slack.messages("#general") if "Themen vom" in m.text]
    thread = office.slack.messages("#general", thread=parent.ts)
    assert "Zitate stehen im Thread" in parent.words() and "Mehr Zitate" in thread[2].words()
    (file,) = next(m for m in thread if m.files).files
    assert "Zitate" in file["alt_txt"]


async def test_the_next_day_without_articles_is_skipped_with_its_reason(office: Office) -> None:
    await office.subscribe()
    await office.tick(tomorrow())
    await office.tick(tomorrow() + timedelta(days=1))
    stored = await office.stored()
    newest, first = await runs.recent(office.services.db, office.slack.team.id, stored.id)
    assert (newest.state, first.state) == ("skipped", "rendered")
    assert "no articles" in newest.reason
    status = await office.slack.ask("#general", "/msc digest status")
    assert "skipped" in status.words()


async def test_a_missed_digest_comes_late_and_says_so(office: Office) -> None:
    await office.subscribe()
    await office.tick(tomorrow(4))
    (parent,) = [m for m in office.slack.messages("#general") if "Themes of" in m.text]
    assert "Posted late" in parent.words()


async def test_a_theme_is_muted_for_the_channel_and_taken_back(office: Office) -> None:
    await office.subscribe()
    await office.tick(tomorrow())
    (parent,) = [m for m in office.slack.messages("#general") if "Themes of" in m.text]
    theme = office.slack.messages("#general", thread=parent.ts)[2]
    told = await office.slack.answer(await office.slack.click(theme, "digest_mute"))
    assert "left out of this channel" in told.text
    stored = await office.stored()
    muted = await channels.muted(office.services.db, stored.workspace, stored.channel, datetime.now(UTC))
    assert len(muted) == 1
    undone = await office.slack.answer(await office.slack.click(told, "digest_unmute"))
    assert "is back" in undone.text


async def test_a_theme_is_followed_once(office: Office) -> None:
    await office.subscribe()
    await office.tick(tomorrow())
    (parent,) = [m for m in office.slack.messages("#general") if "Themes of" in m.text]
    theme = office.slack.messages("#general", thread=parent.ts)[2]
    assert "You follow" in (await office.slack.answer(await office.slack.click(theme, "digest_follow"))).text
    again = await office.slack.answer(await office.slack.click(theme, "digest_follow"))
    assert "already" in again.text
    assert len(await follows.listing(office.services.db, office.slack.team.id)) == 1


async def test_a_forged_button_changes_nothing(office: Office) -> None:
    await office.subscribe()
    await office.tick(tomorrow())
    (parent,) = [m for m in office.slack.messages("#general") if "Themes of" in m.text]
    theme = office.slack.messages("#general", thread=parent.ts)[2]
    for block in theme.blocks:
        for element in block.get("elements", []):
            if element.get("action_id") == "digest_follow":
                element["value"] = '{"k": 7}'
    told = await office.slack.answer(await office.slack.click(theme, "digest_follow"))
    assert "none of mine" in told.text
    assert await follows.listing(office.services.db, office.slack.team.id) == []


async def test_pause_resume_and_off(office: Office) -> None:
    await office.subscribe()
    assert "paused" in (await office.slack.ask("#general", "/msc digest pause")).text
    await office.tick(tomorrow())
    assert not [m for m in office.slack.messages("#general") if "Themes of" in m.text]
    assert "goes on" in (await office.slack.ask("#general", "/msc digest resume")).text
    assert "is off" in (await office.slack.ask("#general", "/msc digest off")).text
    assert "no digest" in (await office.slack.ask("#general", "/msc digest status")).text


async def test_now_posts_at_once_and_preview_shows_it_privately(office: Office) -> None:
    preview = await office.slack.ask("#general", "/msc digest preview")
    assert "Themes of" in preview.text
    assert preview.ephemeral_for
    assert "on its way" in (await office.slack.ask("#general", "/msc digest now")).text
    await office.tick(datetime.now(UTC) + timedelta(seconds=1))
    assert [m for m in office.slack.messages("#general") if "Themes of" in m.text]


@pytest.mark.parametrize("fault", ["is_archived", "not_in_channel"])
async def test_a_channel_that_is_gone_pauses_its_digest_and_tells_the_owner(
    office: Office, fault: str
) -> None:
    await office.subscribe()
    office.slack.fail("chat.postMessage", error=fault)
    await office.tick(tomorrow())
    stored = await office.stored()
    assert (stored.state, stored.reason) == ("paused", fault)
    told = office.slack.messages("@")[-1]
    assert {"is_archived": "is archived", "not_in_channel": "/invite"}[fault] in told.text
    assert fault not in (await office.slack.ask("#general", "/msc digest status")).text
    counts = await outbox.counts(office.services.db, office.slack.team.id)
    assert counts == {"failed": 8}


async def test_an_edition_that_cannot_be_posted_is_told_to_who_asked_for_it_once(office: Office) -> None:
    for user in ("alice", "bruno"):
        answer = await office.slack.ask("#random", "/msc digest now", user)
        assert answer.text.startswith(("The digest is on its way", "Die Übersicht kommt gleich"))
    await office.tick(datetime.now(UTC) + timedelta(seconds=1))
    (told,) = [*office.slack.messages("@"), *office.slack.messages("@", "bruno")]
    assert told.text.startswith(f"<#{office.slack.channel('#random').id}>") and "/invite" in told.text


async def test_slack_asks_to_wait(office: Office) -> None:
    await office.subscribe()
    office.slack.fail("chat.postMessage", error="ratelimited", retry_after="30")
    await office.tick(tomorrow(), times=5)
    assert not [m for m in office.slack.messages("#general") if "Themes of" in m.text]
    await office.tick(tomorrow() + timedelta(seconds=40))
    assert [m for m in office.slack.messages("#general") if "Themes of" in m.text]


async def test_a_follower_is_told_once_a_day_and_can_stop(office: Office) -> None:
    await office.subscribe()
    await office.tick(tomorrow())
    (parent,) = [m for m in office.slack.messages("#general") if "Themes of" in m.text]
    theme = office.slack.messages("#general", thread=parent.ts)[2]
    await office.slack.answer(await office.slack.click(theme, "digest_follow"))
    now = datetime.now(UTC) + timedelta(seconds=1)
    assert await follow.notes(office.services.db, known(), now) == 0  # they have read that
    for article, findings in seeds():
        newer = replace(article, source=f"newer-{article.source}", content_hash=article.content_hash[::-1])
        await articles.save(office.services.db, office.slack.team.id, newer, findings)
    now = datetime.now(UTC) + timedelta(seconds=1)
    assert await follow.notes(office.services.db, known(), now) == 1
    assert await follow.notes(office.services.db, known(), now) == 0
    (waiting,) = await follows.listing(office.services.db, office.slack.team.id)
    attempt = await outbox.take(office.services.db, now)
    assert attempt is not None
    assert attempt.channel == waiting.user
    assert faults("message", attempt.blocks, attempt.text) == []


async def test_more_quotations_of_a_theme_are_shown_privately(office: Office) -> None:
    answer = await office.slack.ask("#general", "/msc themes 2026-02-14")
    assert faults("message", answer.blocks, answer.text) == []
    more = await office.slack.answer(await office.slack.click(answer, "digest_more"))
    assert "More quotations" in more.text and more.ephemeral_for
    assert faults("message", more.blocks, more.text) == []
    shown = await office.slack.next("opened", after=await office.slack.click(more, "context"))
    assert shown.title


async def test_a_forged_reference_shows_nothing(office: Office) -> None:
    answer = await office.slack.ask("#general", "/msc themes 2026-02-14")
    for block in answer.blocks:
        for element in block.get("elements", []):
            if element.get("action_id") == "digest_more":
                element["value"] = '{"t": "x", "q": [["a", 1]]}'
    told = await office.slack.answer(await office.slack.click(answer, "digest_more"))
    assert "none of mine" in told.text

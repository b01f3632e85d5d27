"""Digests in the App Home: shown, set up, edited, paused and ended there, each only by who may."""

from __future__ import annotations

import asyncio

import pytest

from bot.render.validate import view_faults
from bot.services import Services
from bot.store import channels, follows
from bot.store.channels import Wish
from handlers.standin import Slack, View


async def home(slack: Slack, user: str = "alice", has: str = "Digests") -> View:
    """Open a user's home and return it once it holds these words."""
    view: View = await slack.next("home", after=await slack.open_home(user), where=lambda v: has in v.words())
    return view


async def keep(slack: Slack, services: Services, owner: str = "alice") -> None:
    """Keep a digest of the channel #general."""
    wish = Wish("08:00", "Europe/Berlin", "weekly", 0)
    await channels.save(services.db, slack.team.id, slack.channel("#general").id, slack.user(owner).id, wish)


async def test_a_digest_is_set_up_from_the_home_and_stands_there(one_way: Slack, empty: Services) -> None:
    shown = await home(one_way, has="no digest yet")
    form = await one_way.next("opened", after=await one_way.click(shown, "subscription_new"))
    assert view_faults(form.payload) == []
    filled = {"channel": one_way.channel("#general").id, "at": "07:30", "zone": "Europe/Berlin"}
    done = await one_way.submit(form, filled)
    shown = await one_way.next("home", after=done, where=lambda v: "7:30" in v.words())
    assert "Every day at 7:30 AM, Europe/Berlin" in shown.words()
    assert view_faults(shown.payload) == []


async def test_a_digest_is_edited_in_the_home(one_way: Slack, empty: Services) -> None:
    await keep(one_way, empty)
    shown = await home(one_way, has="Every Monday at 8:00")
    form = await one_way.next("opened", after=await one_way.click(shown, "subscription_edit"))
    done = await one_way.submit(form, {"at": "09:15"})
    await one_way.next("home", after=done, where=lambda v: "Every Monday at 9:15" in v.words())


async def test_a_digest_is_paused_resumed_and_ended_in_the_home(one_way: Slack, empty: Services) -> None:
    await keep(one_way, empty)
    shown = await home(one_way, has="Every Monday")
    shown = await one_way.next("home", after=await one_way.click(shown, "subscription_pause"))
    assert "Paused" in shown.words()
    shown = await one_way.next("home", after=await one_way.click(shown, "subscription_resume"))
    assert "Paused" not in shown.words()
    shown = await one_way.next("home", after=await one_way.click(shown, "subscription_off"))
    assert "no digest yet" in shown.words()
    assert await channels.listing(empty.db, one_way.team.id) == []


async def test_a_digest_of_somebody_else_is_neither_shown_nor_changed(
    one_way: Slack, empty: Services
) -> None:
    await keep(one_way, empty, owner="alice")
    mine = await home(one_way, "alice", "Every Monday")
    theirs = await home(one_way, "bruno", "noch keine Übersicht")
    forged = next(b["accessory"] for b in theirs.payload["blocks"] if "accessory" in b)
    pause = next(e for e in mine.elements() if e["action_id"] == "subscription_pause")
    forged["action_id"], forged["value"] = "subscription_off", pause["value"]
    done = await one_way.click(theirs, "subscription_off", user="bruno")
    assert "gehört jemand anderem" in (await one_way.next("opened", after=done)).words()
    assert len(await channels.listing(empty.db, one_way.team.id)) == 1


async def test_a_followed_theme_is_left_in_the_home(one_way: Slack, empty: Services) -> None:
    await follows.follow(empty.db, one_way.team.id, one_way.user("alice").id, "greenland", "Greenland")
    shown = await home(one_way, has="Themes that you follow")
    shown = await one_way.next("home", after=await one_way.click(shown, "subscription_unfollow"))
    assert "Themes that you follow" not in shown.words()


async def test_two_who_edit_one_digest_at_once_the_second_is_told(one_way: Slack, empty: Services) -> None:
    await keep(one_way, empty)
    first = await one_way.next("opened", after=await one_way.command("#general", "/msc digest"))
    second = await one_way.next(
        "opened", after=await one_way.command("#general", "/msc digest", user="bruno")
    )
    done = await one_way.submit(first, {"at": "06:00"})
    for _ in range(250):
        (stored,) = await channels.listing(empty.db, one_way.team.id)
        if stored.wish.at == "06:00":
            break
        await asyncio.sleep(0.02)
    assert not done.errors
    late = await one_way.submit(second, {"at": "22:00"})
    assert "Somebody else" in late.errors["channel"]
    (stored,) = await channels.listing(empty.db, one_way.team.id)
    assert stored.wish.at == "06:00"


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Mars/Base"])
async def test_the_form_shows_a_preview_over_itself(one_way: Slack, zone: str) -> None:
    form = await one_way.next("opened", after=await one_way.command("#general", "/msc digest"))
    shown = await one_way.next(
        "updated", after=await one_way.click(form, "digest_preview", filled={"zone": zone})
    )
    assert ("in 3 articles" in shown.words()) == (zone == "Europe/Berlin")
    assert ("There is no time zone" in shown.words()) == (zone != "Europe/Berlin")


async def test_a_channel_without_the_bot_gets_no_digest_and_says_how_to_invite_it(
    one_way: Slack, empty: Services
) -> None:
    form = await one_way.next("opened", after=await one_way.command("#random", "/msc digest"))
    done = await one_way.submit(form, {"channel": one_way.channel("#random").id})
    told = await one_way.next("opened", after=done)
    assert "not set up" in told.words() and "/invite @msc" in told.words()
    assert f"<#{one_way.channel('#random').id}>" in told.words()
    assert await channels.listing(empty.db, one_way.team.id) == []


@pytest.mark.parametrize(
    ("day", "said"), [("2999-01-01", "lies ahead"), ("the day after never", "do not understand the day")]
)
async def test_a_day_that_cannot_be_is_told_in_slack(one_way: Slack, day: str, said: str) -> None:
    assert said in (await one_way.ask("#general", f"/msc themes {day}")).text

"""In the App Home: the day's themes, and what admins decide for their workspace, which holds at once."""

from __future__ import annotations

import json

import pytest

from bot.models import Policy
from bot.render.validate import view_faults
from bot.services import Services
from bot.store import policies
from handlers.standin import Slack, View


@pytest.fixture
def slack(one_way: Slack) -> Slack:
    """Over HTTP only: the way makes no difference here."""
    return one_way


async def home(slack: Slack, user: str) -> View:
    """Open the Home tab and return it with the day's themes in it."""
    done = await slack.open_home(user)
    shown = await slack.next("home", after=done, where=lambda v: "Looking through" not in v.words())
    assert isinstance(shown, View)
    assert view_faults(shown.payload) == []
    return shown


async def test_the_home_shows_the_newest_days_themes(slack: Slack) -> None:
    shown = await home(slack, "alice")
    assert "Themes of 12 Feb 2026" in shown.words()


async def test_an_admin_changes_the_settings_and_they_hold_at_once(slack: Slack, empty: Services) -> None:
    shown = await home(slack, "carla")
    assert "Admins may add articles. Articles are kept for ever" in " ".join(shown.words().split("\n"))
    assert "Only admins" in (await slack.ask("#general", "/msc add https://news.example.org/1")).text
    form = await slack.next("opened", after=await slack.click(shown, "settings_open", user="carla"))
    assert view_faults(form.payload) == []
    wanted = {"adding": "everyone", "retention": "90", "feedback": "off"}
    done = await slack.submit(form, wanted, user="carla")
    changed = await slack.next("home", after=done, where=lambda v: "90 days" in v.words())
    assert "Everybody may add articles" in changed.words() and "switched off" in changed.words()
    assert await policies.of(empty.db, slack.team.id) == Policy(True, 90, False)
    answer = await slack.ask("#general", "/msc add https:/nowhere")
    assert "Only admins" not in answer.text
    card = await slack.ask("#general", "/msc who mentioned weather")
    assert "feedback" not in [e["action_id"] for e in card.elements()]


async def test_a_report_from_before_is_refused_once_reports_are_off(slack: Slack, empty: Services) -> None:
    card = await slack.ask("#general", "/msc who mentioned weather")
    form = await slack.next(
        "opened", after=await slack.click(await home(slack, "carla"), "settings_open", user="carla")
    )
    done = await slack.submit(form, {"feedback": "off"}, user="carla")
    await slack.next("home", after=done)
    told = await slack.answer(await slack.click(card, "feedback", choose="Not a quotation"))
    assert "switched off" in told.text


async def test_nobody_else_can_open_or_submit_the_settings(slack: Slack, empty: Services) -> None:
    shown = await home(slack, "alice")
    assert "settings_open" not in [e["action_id"] for e in shown.elements()]
    form = await slack.next(
        "opened", after=await slack.click(await home(slack, "carla"), "settings_open", user="carla")
    )
    done = await slack.submit(form, {"adding": "everyone"}, user="carla")
    await slack.next("home", after=done)
    payload = json.loads(json.dumps(done.payload))
    payload["user"] = {"id": slack.user("bruno").id, "team_id": slack.team.id}
    payload["view"]["state"]["values"]["retention"]["retention"]["selected_option"]["value"] = "30"
    mark = slack.mark()
    await slack.courier().deliver("interactive", payload)
    told = await slack.next("posted", "opened", after=mark)
    assert "Nur Admins" in told.words()
    assert (await policies.of(empty.db, slack.team.id)).retention is None


async def test_admins_see_what_was_reported(slack: Slack) -> None:
    card = await slack.ask("#general", "/msc who mentioned weather")
    await slack.answer(await slack.click(card, "feedback", choose="Wrong speaker?"))
    shown = await home(slack, "carla")
    assert "Reported as wrong: 1" in shown.words() and "The ferry will sail in every weather" in shown.words()
    assert "Reported as wrong" not in (await home(slack, "alice")).words()


async def test_an_admin_is_known_as_one_though_slack_is_slow_to_say_so(slack: Slack) -> None:
    slack.fail("users.info", seconds=0.8)
    shown = await slack.next("home", after=await slack.open_home("carla"))
    assert "settings_open" in [e["action_id"] for e in shown.elements()]

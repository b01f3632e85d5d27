"""Modals and homes as Slack opens, stacks, updates and refuses them."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from handlers.standin import Slack
from tests.handlers.standin._tiny import FORM, modal, section
from tests.handlers.standin.conftest import refusal

HOME = {"type": "home", "blocks": [section("home")]}


async def test_a_trigger_opens_one_modal_within_three_seconds(slack: Slack, client: AsyncWebClient) -> None:
    alice = slack.user().id
    trigger = slack.state.new_trigger(alice)
    await client.views_open(trigger_id=trigger, view=FORM)
    used = await refusal(client.views_open(trigger_id=trigger, view=FORM))
    late = slack.state.new_trigger(alice)
    slack.later(3.1)
    expired = await refusal(client.views_open(trigger_id=late, view=FORM))
    unknown = await refusal(client.views_open(trigger_id="1.2.3", view=FORM))
    assert [used["error"], expired["error"], unknown["error"]] == [
        "exchanged_trigger_id",
        "expired_trigger_id",
        "invalid_trigger_id",
    ]


async def test_modals_stack_three_high_and_are_updated_by_id(slack: Slack, client: AsyncWebClient) -> None:
    alice = slack.user().id
    view = (await client.views_open(trigger_id=slack.state.new_trigger(alice), view=FORM))["view"]
    for _ in range(2):
        view = (await client.views_push(trigger_id=slack.state.new_trigger(alice, view["id"]), view=FORM))[
            "view"
        ]
    push = client.views_push(trigger_id=slack.state.new_trigger(alice, view["id"]), view=FORM)
    assert (await refusal(push))["error"] == "push_limit_reached"
    updated = await client.views_update(
        view_id=view["id"], hash=view["hash"], view=modal("New", section("x"))
    )
    assert slack.modal().title == "New"  # type: ignore[union-attr]
    stale = await refusal(client.views_update(view_id=view["id"], hash=view["hash"], view=FORM))
    assert (stale["error"], updated["view"]["previous_view_id"]) == (
        "hash_conflict",
        view["previous_view_id"],
    )
    assert (await refusal(client.views_update(view_id="V0NONE", view=FORM)))["error"] == "not_found"


async def test_a_view_that_is_not_valid_is_refused(slack: Slack, client: AsyncWebClient) -> None:
    trigger = slack.state.new_trigger(slack.user().id)
    answer = await refusal(client.views_open(trigger_id=trigger, view=modal("x" * 25, section("y"))))
    assert answer["error"] == "invalid_arguments"
    assert "25 characters" in answer["response_metadata"]["messages"][0]
    assert (await client.views_open(trigger_id=trigger, view=FORM))["ok"]
    wrong = await refusal(client.views_publish(user_id=slack.user().id, view=FORM))
    assert wrong["error"] == "invalid_arguments"
    assert (await client.views_publish(user_id=slack.user().id, view=HOME))["ok"]

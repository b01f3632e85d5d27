"""The side of the people: they type, click, choose and submit. Tests and the playground use it alike."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.render.validate import suggestion_faults
from handlers.standin import inputs, payloads
from handlers.standin.deliveries import Ack
from handlers.standin.methods.views import MOST_IN_STACK, checked
from handlers.standin.state import Refused
from handlers.standin.values import Channel, Json, Message, Team, View
from handlers.standin.watch import Done, Watched
from handlers.standin.weather import Fault


class Slack(Watched):
    """A Slack with people in it. Users go by name or id, channels by #name or id."""

    def __init__(
        self,
        request_url: str | None = None,
        signing_secret: str = "standin-signing-secret",
        port: int = 0,
        workspace: str = "T0STANDIN",
    ) -> None:
        super().__init__(request_url, signing_secret, port, workspace)
        self._retries: set[asyncio.Task[None]] = set()

    async def __aexit__(self, *_: object) -> None:
        for task in self._retries:
            task.cancel()
        await super().__aexit__()

    # --- what people do ---

    async def command(self, channel: str, typed: str, user: str = "alice") -> Done:
        """Type a slash command, such as `/msc who mentioned Greenland`."""
        who, where = self.user(user), self.channel(channel, user)
        name, _, text = typed.strip().partition(" ")
        payload = payloads.command(self.state, who, where, name, text.strip(), self.url)
        done = await self._deliver("slash_commands", payload)
        words = done.ack.body or ({"text": done.ack.text} if done.ack.text else None)
        if done.ack.error:
            code = "operation_timeout" if done.ack.error == "http_timeout" else "dispatch_failed"
            done = replace(done, failed=f"{name} failed with the error “{code}”")
            self.whisper(channel, user, done.failed or "")
        elif words:
            self.responses.take(payload["response_url"].split("/commands/", 1)[1], words)
        return done

    async def ask(self, channel: str, typed: str, user: str = "alice") -> Message:
        """Type a slash command and return the first message that answers it."""
        done = await self.command(channel, typed, user)
        return await self.answer(done)

    async def mention(
        self,
        channel: str,
        text: str,
        user: str = "alice",
        thread: str | None = None,
        copies: int = 1,
        files: Mapping[str, bytes] | None = None,
    ) -> Done:
        """Write a message that mentions the bot; `copies` delivers the same event more than once."""
        bot = self.state.teams[self.user(user).team].bot_user
        said = self.say(channel, f"<@{bot}> {text}", user, thread, self.uploaded(user, files or {}))
        inner = {**said.as_slack(self.user(user).team), "type": "app_mention", "channel": said.channel}
        return await self.event(user, inner, copies)

    async def dm(
        self,
        text: str,
        user: str = "alice",
        thread: str | None = None,
        copies: int = 1,
        files: Mapping[str, bytes] | None = None,
    ) -> Done:
        """Write to the bot directly; `files` are shared with the message, by name."""
        said = self.say("@", text, user, thread, self.uploaded(user, files or {}))
        inner = {**said.as_slack(self.user(user).team), "channel": said.channel, "channel_type": "im"}
        return await self.event(user, inner | ({"subtype": "file_share"} if said.files else {}), copies)

    def whisper(self, channel: str, user: str, text: str, thread: str | None = None) -> Message:
        """Let Slackbot tell one user something."""
        where, who = self.channel(channel, user), self.user(user)
        ts = self.state.ts()
        return self.state.post(Message(where.id, ts, "USLACKBOT", text, thread=thread, ephemeral_for=who.id))

    async def click(
        self,
        shown: Message | View,
        action_id: str,
        user: str = "alice",
        *,
        value: str | None = None,
        choose: Any = None,
        block: str | None = None,
        filled: Mapping[str, Any] | None = None,
    ) -> Done:
        """Click a button, or `choose` in a menu, of a message or a view.

        `value` and `block` (a block_id) pick among elements that share an action_id; `filled` is what was
        typed into the view's fields before. Raises LookupError when nothing fits.
        """
        shown, who = self._now(shown), self.user(user)
        if filled:
            shown = self._filled(shown, inputs.values(shown, filled))
        element = _find(shown, action_id, value, block)
        acted = {key: element[key] for key in ("type", "action_id", "block_id")}
        if element["type"] == "button":
            acted |= {key: element[key] for key in ("text", "value", "style", "url") if key in element}
        else:
            filled = inputs.entry(element, choose)
            acted |= filled
            if element["type"] != "overflow":
                state = inputs.values(shown, {})
                state.setdefault(element["block_id"], {})[action_id] = filled
                shown = self._filled(shown, state)
        return await self._deliver(
            "interactive",
            payloads.actions(self.state, who, shown, acted, inputs.values(shown, {}), self.url),
        )

    async def submit(self, view: View, values: Mapping[str, Any] | None = None, user: str = "alice") -> Done:
        """Fill a modal in, keyed by action_id or block_id, and press its submit button."""
        shown = self._now(view)
        assert isinstance(shown, View)
        state = inputs.values(shown, values or {})
        lacking = inputs.missing(shown, state)
        filled = self._filled(shown, state)
        assert isinstance(filled, View)
        if lacking:
            return Done("view_submission", {}, Ack(0), len(self.state.journal), lacking)
        done = await self._deliver("interactive", payloads.submission(self.state, self.user(user), filled))
        if done.ack.error:
            return replace(done, failed="We had some trouble connecting. Try again?")
        return self._after_submit(done, filled)

    async def close(self, view: View, user: str = "alice", cleared: bool = False) -> Done | None:
        """Close a modal; the app is told when it asked to be."""
        shown, stack = self._now(view), self.state.stacks.get(self.user(user).id, [])
        assert isinstance(shown, View)
        if cleared:
            stack.clear()
        elif stack and stack[-1] == shown.id:
            stack.pop()
        self.state.happened("closed", shown)
        if not shown.payload.get("notify_on_close"):
            return None
        payload = payloads.closed(self.state, self.user(user), shown, cleared)
        return await self._deliver("interactive", payload)

    async def suggest(self, shown: Message | View, action_id: str, query: str, user: str = "alice") -> Done:
        """Type into an external menu; the options are in the result, or `failed` what is wrong with them."""
        shown = self._now(shown)
        element = _find(shown, action_id)
        payload = payloads.suggestion(self.state, self.user(user), shown, element, query)
        done = await self._deliver("interactive", payload)
        wrong = suggestion_faults(done.ack.body)
        if wrong:
            return replace(done, failed="; ".join(wrong))
        return replace(done, options=tuple(inputs.options(done.ack.body or {})))

    async def shortcut(self, callback_id: str, user: str = "alice") -> Done:
        """Use a global shortcut."""
        return await self._deliver("interactive", payloads.shortcut(self.state, self.user(user), callback_id))

    async def message_shortcut(self, message: Message, callback_id: str, user: str = "alice") -> Done:
        """Use a shortcut out of a message's menu."""
        who = self.user(user)
        payload = payloads.message_shortcut(self.state, who, message, callback_id, self.url)
        return await self._deliver("interactive", payload)

    async def open_home(self, user: str = "alice", tab: str = "home") -> Done:
        """Open the app's Home tab, or its Messages tab."""
        who = self.user(user)
        inner: Json = {"type": "app_home_opened", "user": who.id, "channel": self.channel("@", user).id}
        home = self.state.homes.get(who.id)
        shown = {"view": payloads.view(self.state, home)} if home and tab == "home" else {}
        return await self.event(user, inner | {"tab": tab} | shown)

    async def event(self, user: str, inner: Json, copies: int = 1) -> Done:
        """Send any event of the user's team; a failed delivery is tried again as Slack does."""
        payload = payloads.event(self.state, self.user(user).team, inner)
        for _ in range(copies - 1):
            await self._deliver("events_api", payload)
        done = await self._deliver("events_api", payload)
        if done.ack.error and not done.ack.no_retry:
            task = asyncio.create_task(self._again_later(payload, done.ack.error))
            self._retries.add(task)
            task.add_done_callback(self._retries.discard)
        return done

    async def again(self, done: Done) -> Done:
        """Deliver the very same payload once more."""
        return await self._deliver(done.kind, done.payload)

    # --- what happens to the app ---

    async def uninstall(self, team: Team | None = None) -> None:
        """Remove the app from a team: its token dies, and both events are sent."""
        own = self.state.teams[(team or self.team).id]
        self.state.teams[own.id] = replace(own, token=None)
        user = next(u.id for u in self.state.users.values() if u.team == own.id and not u.is_bot)
        await self.event(user, {"type": "tokens_revoked", "tokens": {"bot": [own.bot_user]}})
        await self.event(user, {"type": "app_uninstalled"})

    def invite(self, channel: str, user: str = "alice") -> Channel:
        """Make the bot a member of a channel."""
        where = self.channel(channel, user)
        joined = replace(where, members=where.members | {self.state.teams[where.team].bot_user})
        self.state.channels[where.id] = joined
        return joined

    def fail(self, method: str, times: int = 1, **how: Any) -> None:
        """Let the next calls of a method fail; `how` is what `weather.Fault` takes."""
        self.weather.fail(method, Fault(**how), times)

    def without_scope(self, *scopes: str) -> None:
        """Take scopes from the app."""
        own = self.state.teams[self.team.id]
        self.state.teams[own.id] = replace(own, scopes=own.scopes - set(scopes))

    def later(self, seconds: float) -> None:
        """Move this Slack's clock forward."""
        self.state.skew += seconds

    # --- inside ---

    async def _deliver(self, kind: str, payload: Json) -> Done:
        mark = len(self.state.journal)
        ack = await self.courier().deliver(kind, payload)
        return Done(kind, payload, ack, mark, {})

    async def _again_later(self, payload: Json, reason: str) -> None:
        for attempt, seconds in enumerate(self.retry_after, 1):
            await asyncio.sleep(seconds)
            ack = await self.courier().deliver("events_api", payload, attempt, reason)
            if ack.error is None or ack.no_retry:
                return
            reason = ack.error

    def _now(self, shown: Message | View) -> Message | View:
        """The message or view as it is now."""
        if isinstance(shown, View):
            return self.state.views[shown.id]
        return self.state.messages[shown.channel, shown.ts]

    def _filled(self, shown: Message | View, values: Json) -> Message | View:
        """Remember what was filled in."""
        if isinstance(shown, View):
            kept = self.state.views[shown.id] = replace(shown, values=values)
            if shown.user in self.state.homes and self.state.homes[shown.user].id == shown.id:
                self.state.homes[shown.user] = kept
            return kept
        self.state.messages[shown.channel, shown.ts] = filled = replace(shown, values=values)
        return filled

    def _after_submit(self, done: Done, view: View) -> Done:
        """Do what the app answered: close, clear, update, push, or show errors."""
        answer = done.ack.body or {}
        stack = self.state.stacks.setdefault(view.user, [])
        match answer.get("response_action"):
            case "errors":
                return replace(done, errors=answer["errors"])
            case "clear":
                stack.clear()
                self.state.happened("closed", view)
            case "update":
                self.state.happened("updated", self.state.change_view(view, checked(answer["view"], "modal")))
            case "push":
                if len(stack) >= MOST_IN_STACK:
                    raise Refused("push_limit_reached")
                kept = self.state.keep_view(view.team, view.user, checked(answer["view"], "modal"), view)
                stack.append(kept.id)
                self.state.happened("opened", kept)
            case _:
                if view.id in stack:
                    stack.remove(view.id)
                self.state.happened("closed", view)
        return done


def _find(shown: Message | View, action_id: str, value: str | None = None, block: str | None = None) -> Json:
    fits = [e for e in shown.elements() if e["action_id"] == action_id and block in (None, e["block_id"])]
    fits = [e for e in fits if value is None or e.get("value") == value]
    if not fits:
        there = ", ".join(e["action_id"] for e in shown.elements()) or "nothing"
        raise LookupError(f"no {action_id} to click; there is {there}")
    return fits[0]

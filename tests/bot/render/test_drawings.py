"""Every message, view and list of suggestions that is drawn: whole, as JSON; one without a sample fails."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from bot.digest import editions, follow
from bot.models import (
    Article,
    Digest,
    Disagreement,
    Phrase,
    Polarity,
    Policy,
    Quotation,
    QuotationKind,
    Section,
    Span,
    Story,
    Theme,
    ThemeState,
)
from bot.render import blocks, context, edition, filters, home, modals, policy_form, unfurl, validate
from bot.render import digest as words
from bot.render.lines import Reader
from bot.render.state import State
from bot.render.subscriptions import Subscription, Subscriptions
from bot.store.channels import Wish
from bot.store.follows import Follow
from handlers.slack import digest_form
from tests.bot.render.samples import REPLIES, TEXT, answer

DAY = date(2026, 2, 14)
MORNING = datetime(2026, 2, 14, 7, tzinfo=UTC)
FACT = answer(3, kind="fact", text="The harbour was built in 1912", speaker=None, quotation_kind=None)
AGAINST = answer(1, speaker="Per Lind", role="harbour master", polarity=Polarity.REJECTS, cue="dismissed")
THEME = Theme(
    title="The harbour", key=("harbour",), state=ThemeState.RISING, articles=2, quotations=4,
    counts=(0,) * 12 + (1, 0, 4), score=1.0, quotes=(answer(), AGAINST), more=(answer(2),), facts=(FACT,),
    new_voices=("Per Lind",),
)  # fmt: skip
DISPUTED = replace(THEME, disagreement=Disagreement(answer(), AGAINST, "dismissed", "rejected"))
FERRY = replace(THEME, title="The ferry", state=ThemeState.NEW, counts=(0,) * 14 + (2,), quotations=2)
DIGEST = Digest(
    DAY, DAY, (DISPUTED, FERRY), articles=5, reprints=1, sponsored=1, undated=1, sources=3, quotations=9,
    stories=(Story("Harbour to stay public", ("a.txt", "b.txt")),),
)  # fmt: skip
ARTICLE = Article(
    source="/articles/harbour.txt", text=f"The harbour\n\n“{TEXT},” Ada Holm said.", content_hash="1",
    fetched=MORNING, title="Mayors argue over the harbour", publisher="The Nordby Post", published=DAY,
    url="https://example.org/h",
)  # fmt: skip
SAID = Quotation(
    kind=QuotationKind.DIRECT, content=(Span(14, 14 + len(TEXT)),), sentence=Span(13, 80), speaker="Ada Holm",
    role="mayor of Nordby",
)  # fmt: skip
STATUS = Phrase("digest.status", {"days": Phrase("digest.daily"), "at": "8", "zone": "Europe/Berlin",
                                  "themes": 5, "next": MORNING})  # fmt: skip
HOME = home.Home(
    articles=3, quotations=17, speakers=3,
    newest=[home.Newest("Quay walls", None, DAY, "https://example.org/q", 12)],
    quoted=[("Per Lind", 14)], topics=[("harbour", 9)], recent=["who mentioned ferry"],
    help=(Section(Phrase("commands.help_title"), (Phrase("commands.help_free"),)),), themes=DIGEST,
    subscriptions=Subscriptions([Subscription("C1", STATUS, True)], [("harbour", "The harbour")]),
)  # fmt: skip
REPORTED = home.Admin(
    Policy(True, 30, False), 2, [("wrong_speaker", TEXT), ("not_quotation", "No ship waits")]
)
FOLLOWED = Follow("T1", "U1", "harbour", "The harbour", None, MORNING)
WISH = Wish("08:00", "Europe/Berlin")
WEEKLY = replace(WISH, days="weekly", weekday=4, themes=3, skip_quiet=True)

Draw = Callable[[Reader], Any]
MESSAGES: dict[str, Draw] = {
    "blocks.draw themes": lambda r: blocks.draw(words.reply(DIGEST, "themes", r), r),
    "blocks.draw many themes": lambda r: blocks.draw(
        words.reply(replace(DIGEST, themes=(DISPUTED, *(FERRY,) * 7)), "themes", r), r
    ),
    "blocks.draw narrowed": lambda r: blocks.draw(
        REPLIES["many_speakers"], replace(r, state=State("who mentioned the harbour", speaker="Speaker 3"))
    ),
    "blocks.shared": lambda r: blocks.shared(answer(), "who mentioned the harbour", "alice", r),
    "blocks.sentence": lambda r: blocks.sentence(r.say("slack.not_in_channel", handle="msc")),
    "blocks.sentence elsewhere": lambda r: blocks.sentence(r.say("slack.is_archived"), "C0123"),
    "edition.parent": lambda r: edition.parent(DIGEST, r),
    "edition.parent late": lambda r: edition.parent(DIGEST, r, 1, (Phrase("digest.late", {"due": MORNING}),)),
    "edition.message": lambda r: edition.message(THEME, r, editions.buttons(THEME, r)),
    "edition.message disputed": lambda r: edition.message(DISPUTED, r),
    "edition.counts": lambda r: edition.counts(DIGEST, r),
    "edition.others": lambda r: edition.others((FERRY,), r),
    "edition.further": lambda r: edition.further("The harbour", (answer(), AGAINST), r),
    "follow": lambda _: tuple(follow.drawn(FOLLOWED, THEME).values()),
}  # fmt: skip
VIEWS: dict[str, Draw] = {
    "context.loading": context.loading,
    "context.message": lambda r: context.message(blocks.sentence(r.say("context.gone"))[1], r),
    "context.draw": lambda r: context.draw(
        context.Place(ARTICLE, SAID.content, "Ada Holm", State(article=1, kind="quote", begin=4), None), r
    ),
    "home.draw": lambda r: home.draw(HOME, r),
    "home.draw admin": lambda r: home.draw(replace(HOME, admin=REPORTED), r),
    "home.draw waiting": lambda r: home.draw(replace(HOME, themes=None), r),
    "home.draw quiet": lambda r: home.draw(replace(HOME, themes=replace(DIGEST, themes=())), r),
    "home.draw empty": lambda r: home.draw(home.Home(0, 0, 0), r),
    "modals.form": modals.form,
    "modals.results": lambda r: modals.results(blocks.draw(REPLIES["one_quotation"], r)[1], r),
    "modals.results preview": lambda r: modals.results(
        blocks.draw(words.reply(DIGEST, "", r), r)[1], r, "digest.form_preview"
    ),
    "policy_form.form": lambda r: policy_form.form(Policy(True, 45, False), r),
    "digest_form.form": lambda r: digest_form.form(WISH, None, None, r, home=True),
    "digest_form.form edited": lambda r: digest_form.form(WEEKLY, "C1", 3, r),
}
PREVIEWS: dict[str, Draw] = {"unfurl.draw": lambda r: unfurl.draw(ARTICLE, [SAID], r)}
SUGGESTIONS: dict[str, Draw] = {
    "modals.options": lambda r: {"option_groups": modals.options(["Ada Holm"], ["harbour"], r)},
    "filters.options": lambda r: {"options": filters.options(REPLIES["many_speakers"], filters.ARTICLE, r)},
}
DRAWINGS = MESSAGES | VIEWS | PREVIEWS | SUGGESTIONS
ROOMS = ("blocks", "context", "edition", "home", "modals", "policy_form", "unfurl")


def judged(name: str, drawn: Any) -> list[str]:
    """Return the faults that Slack would find."""
    if name in VIEWS:
        return validate.view_faults(drawn)
    if name in SUGGESTIONS:
        return validate.suggestion_faults(drawn)
    text, found = drawn if name in MESSAGES else ("a preview", drawn)
    return validate.faults("message", found, text)


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_looks_as_it_did_and_slack_takes_it_in_both_languages(
    name: str, snapshot: SnapshotAssertion
) -> None:
    for locale in ("en-US", "de-DE"):
        assert judged(name, DRAWINGS[name](Reader(locale, "Europe/Berlin"))) == []
    drawn = DRAWINGS[name](Reader("en-US", "Europe/Berlin"))
    if name in MESSAGES:
        drawn = {"text": drawn[0], "blocks": drawn[1]}
    assert drawn == snapshot.use_extension(JSONSnapshotExtension)


def test_every_function_that_draws_has_a_sample() -> None:
    drawing = {
        f"{room}.{name}"
        for room in ROOMS
        for name, made in vars(importlib.import_module(f"bot.render.{room}")).items()
        if inspect.isfunction(made)
        and made.__module__ == f"bot.render.{room}"
        and not name.startswith("_")
        and made.__annotations__["return"].startswith(("tuple[str, list[", "dict[str, Any]", "list[dict["))
    }
    assert drawing <= {name.partition(" ")[0] for name in DRAWINGS}, "add a sample of the new drawing"

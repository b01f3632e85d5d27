"""A question → a reply: the one place where the parts of the search meet the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.models import Asker, EntityKind, Phrase, Reply
from bot.normalise import token, words
from bot.reference import Reference
from bot.search import about_articles, candidates, fit, follow, judge, replies, setting, showing
from bot.search.lexicon import Lexicon, Lexicons
from bot.search.needs import names_place
from bot.search.plan import Plan, decide, who
from bot.search.question import Intent, Question, readings
from bot.search.rank import Ranked, in_line, rank
from bot.search.showing import Shelf
from bot.search.terms import Terms
from bot.search.topics import Topics
from bot.search.verify import verify
from bot.store import Database, retrieval
from bot.store.expressions import Expression, Word
from bot.store.passages import SPEAKER
from bot.store.reader import Reader
from bot.store.retrieval import Found, State

_WARMED = 16  # workspaces that are loaded before the first question
_NAMED = 0.06
_SPELT = 0.04  # for a speaker whose name has the very words: Clark before Clarke
_SAID = 0.6  # of the weight asked for: who said so much of it did mention it
_REMEMBERED = 3  # words in line that are no chance
_LONG = 6  # words: a longer text may be a stretch of a quotation, whatever it looks like


@dataclass(frozen=True, slots=True)
class Desk:
    """One question's tools: reader, workspace and what is known of it."""

    reader: Reader
    asker: Asker
    state: State
    lexicon: Lexicon
    topics: Topics
    today: date

    @property
    def shelf(self) -> Shelf:
        """Return the articles that answers are taken from."""
        return Shelf(self.reader, self.asker.workspace, self.state.number)


class Searcher:
    """Answers questions over one database; keeps the words and people of the workspaces asked last."""

    def __init__(
        self, db: Database, reference: Reference, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._db = db
        self._terms = Terms(reference.terms)
        self._lexicons = Lexicons(reference)
        self._now = now

    async def answer(self, asker: Asker, question: str) -> Reply:
        """Return the reply to a question in any of its forms; never raises for what a reader typed."""
        today = self._now().astimezone(_zone(asker.timezone)).date()
        asked = readings(question, today)

        async def answered(reader: Reader) -> Reply:
            state = await retrieval.state(reader, asker.workspace)
            desk = await self._desk(reader, asker, state, today) if state else None
            if desk is None or desk.lexicon.articles == 0:
                return Reply(question, Phrase("search.empty_corpus"))
            reply = await _reply(desk, asked)
            return replace(reply, question=question, articles_searched=desk.lexicon.articles)

        return await self._db.reading(answered)

    async def warm(self) -> None:
        """Load words and people of the largest workspaces, so that no first question waits for them.

        Of a million passages that takes 15 seconds; raises StoreError.
        """

        async def largest(reader: Reader) -> list[str]:
            return await retrieval.largest(reader, _WARMED)

        for workspace in await self._db.reading(largest):
            await self._db.reading(partial(self._loaded, workspace))

    async def _loaded(self, workspace: str, reader: Reader) -> None:
        if state := await retrieval.state(reader, workspace):
            await self._lexicons.current(reader, workspace, state)

    async def completed(self, asker: Asker, previous: str, said: str) -> str:
        """Return the complete question that `said` asks in a conversation after the question `previous`."""
        today = self._now().astimezone(_zone(asker.timezone)).date()

        async def completed(reader: Reader) -> str:
            state = await retrieval.state(reader, asker.workspace)
            if state is None:
                return said
            directory = (await self._lexicons.current(reader, asker.workspace, state)).directory
            return follow.completed(previous, said, today, lambda words: bool(who(words, directory)))

        return await self._db.reading(completed)

    async def _desk(self, reader: Reader, asker: Asker, state: State, today: date) -> Desk:
        lexicon = await self._lexicons.current(reader, asker.workspace, state)
        topics = Topics(lexicon.vocabulary, lexicon.directory, self._terms, state.passages)
        return Desk(reader, asker, state._replace(newest=lexicon.newest), lexicon, topics, today)


async def _reply(desk: Desk, asked: Sequence[Question]) -> Reply:
    count = desk.lexicon.articles
    if asked[0].intent is Intent.VERIFY:
        return await _verified(desk, asked[0])
    plan = decide(asked, desk.lexicon.directory, desk.topics)
    if reply := await about_articles.asked(desk.reader, desk.asker.workspace, plan, count):
        return reply
    if plan.intent is Intent.WHO_NOT:
        return replies.silent(plan, await _spoke(desk, plan), desk.lexicon.directory, count)
    plan, _, judged = await _looked_up(desk, plan)
    if not judged.answers and not judged.narration:
        judged = replace(judged, nearest=await _nearest(desk, plan, judged.nearest))
    if plan.speakers and plan.speakers.several:
        judged = replace(judged, answers=judge.alternating(judged.answers, plan.speakers.names))
    shown = await showing.shown(desk.shelf, plan, judged, desk.asker.window)
    return replies.reply(plan, shown, judged.answers, count=count, number=desk.state.number)


async def _looked_up(desk: Desk, plan: Plan) -> tuple[Plan, list[Ranked], judge.Judged]:
    """Follow the plan, or another where it finds nothing or, of a long text or a slip, more; tells which."""
    found = await _followed(desk, plan)
    if not found[2].answers and (elsewhere := setting.apart(plan)):
        found = await _followed(desk, elsewhere)
    long, loose = len(plan.question.text.split()) > _LONG, plan.question.loose and not _named(plan)
    while (other := plan.otherwise) and _reach(found[2]) < 1.0:
        plan = other
        if found[2].answers and not long and not plan.speakers:
            continue
        more = await _followed(desk, plan)
        if more[2].answers and _reach(more[2]) > _reach(found[2]):
            found = more
    if long and loose and not (found[2].answers or found[2].narration):
        found = await _remembered(desk, plan) or found
    return found


def _named(plan: Plan) -> bool:
    """Say whether somebody's surname stands where the speaker does: what others said is then no answer."""
    typed = words(plan.question.speaker)[-1:]
    return plan.speakers is not None and any(words(n)[-1:] == typed for n in plan.speakers.heard)


async def _remembered(desk: Desk, plan: Plan) -> tuple[Plan, list[Ranked], judge.Judged] | None:
    """Return the passages in which much of the whole text stands in line; None where there is none.

    A stretch of a quotation may look like a name with a verb of saying, or name a day.
    """
    text = plan.question.text
    groups = desk.topics.groups(text)
    whole = Plan(Question(text, Intent.FREE, topic=text), None, groups)
    found = [r for r in await _ranked(desk, whole) if in_line(r, groups) >= _REMEMBERED]
    return (whole, found, judge.judge(whole, found, desk.state.number)) if found else None


async def _followed(desk: Desk, plan: Plan) -> tuple[Plan, list[Ranked], judge.Judged]:
    ranked = await _ranked(desk, plan)
    if plan.question.wants == "place":
        texts = await _texts(desk, ranked)
        ranked = [r for r in ranked if _placed(r, plan, texts)]
    if plan.setting:
        ranked = setting.told_in(ranked, plan.setting, await _texts(desk, ranked))
    judged = judge.judge(plan, ranked, desk.state.number)
    if ranked and not judged.answers and setting.leans(plan):
        leaning = setting.leaning(ranked, plan, await _texts(desk, ranked))
        judged = judge.judge(plan, leaning, desk.state.number) if leaning else judged
    return plan, ranked, judged


def _placed(r: Ranked, plan: Plan, texts: Mapping[int, str]) -> bool:
    """Say whether the passage's printed sentence names a place."""
    return names_place(r.found.sentence.of(texts[r.found.article_id]), plan.question.text)


async def _texts(desk: Desk, ranked: Sequence[Ranked]) -> dict[int, str]:
    """Return the articles of the passages, empty where one is kept without its article."""
    found = await retrieval.sources(desk.reader, desk.asker.workspace, {r.found.article_id for r in ranked})
    return defaultdict(str, {n: source.text for n, source in found.items()})


def _reach(judged: judge.Judged) -> float:
    return max((r.reach for r in judged.answers), default=0.0)


async def _ranked(desk: Desk, plan: Plan) -> list[Ranked]:
    """Return what the index has for the plan, best first."""
    if plan.speakers is not None and not plan.speakers:
        return []
    filters = _filters(desk, plan)
    around = not (plan.intent is Intent.MENTION and not plan.question.about)
    kinds = judge.kinds(plan)
    ids = await candidates.gather(desk.reader, desk.state, plan.groups, filters, kinds=kinds, around=around)
    if plan.speakers and plan.groups and not ids:  # what the speaker said else is what comes nearest
        ids = await candidates.gather(desk.reader, desk.state, (), filters, kinds=kinds, around=False)
    found = await retrieval.passages(desk.reader, desk.asker.workspace, ids)
    if plan.speakers is not None:
        found = [f for f in found if f.speaker in plan.speakers.heard]
    if plan.document:
        found = [f for f in found if not setting.only_alike(f.speaker or "", plan.document)]
    return rank(found, plan.groups, desk.state.number, _bonus(desk, plan, found))


async def _spoke(desk: Desk, plan: Plan) -> set[str]:
    """Return all who said it, not only those whose passages are worth ranking."""
    near = {r.found.speaker for r in await _ranked(desk, plan) if r.own >= _SAID}
    everybody = await candidates.speakers(
        desk.reader, desk.asker.workspace, desk.state.number, plan.groups, _filters(desk, plan)
    )
    return everybody | {name for name in near if name}


def _bonus(desk: Desk, plan: Plan, found: Sequence[Found]) -> list[float]:
    """Return what each passage gains beside its words: a named person's comes before a group's."""
    gained = [0.0] * len(found)
    if fit.asks(plan):
        gained = [fit.bonus(f, plan, desk.state.number) for f in found]
    if plan.intent is Intent.MENTION:
        kind, person = desk.lexicon.directory.kind, EntityKind.PERSON.value
        gained = [
            g + _NAMED if f.speaker is not None and kind(f.speaker) == person else g
            for f, g in zip(found, gained, strict=True)
        ]
    if plan.speakers:
        asked = set(words(plan.speakers.words))
        gained = [
            g + _SPELT if asked <= set(words(f.speaker or "")) else g
            for f, g in zip(found, gained, strict=True)
        ]
    return gained


async def _nearest(desk: Desk, plan: Plan, near: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """Nobody said it: what others say of the topic, or of the person, and what the person said else."""
    question = plan.question
    if near and plan.speakers is None:
        return tuple(near)
    topic = question.topic or question.speaker
    groups = desk.topics.groups(topic) if not plan.groups else plan.groups
    wider = Plan(replace(question, intent=Intent.FREE, speaker=""), None, groups)
    found = await _ranked(desk, wider) if groups else []
    others = [r for r in found if judge.comes_near(r)][:3]
    if question.intent is Intent.WHETHER:  # no, and what they did say
        return (*near[:2], *others)
    return (*others, *near[:2])


async def _verified(desk: Desk, question: Question) -> Reply:
    asked = who(question.speaker, desk.lexicon.directory) if question.speaker else None
    plan = Plan(question, None, desk.topics.groups(question.pasted, people=False))
    ranked = await _ranked(desk, plan)
    first = ranked[: showing.SHOWN]
    found = verify(question.pasted, asked, first, await desk.shelf.sources(first), plan.groups)
    chosen = [found.passage] if found.passage else []
    near = [r for r in ranked if judge.comes_near(r)][:3] if not chosen else []
    answers, nearest = await desk.shelf.composed(chosen), await desk.shelf.composed(near)
    return replies.verified(question, found, answers, nearest, desk.lexicon.articles)


def _filters(desk: Desk, plan: Plan) -> list[Expression]:
    filters: list[Expression] = []
    if plan.speakers is not None:
        filters.append(candidates.speaker_filter(plan.speakers.heard))
    if plan.document:
        filters.append(Word(SPEAKER + token(plan.document)))
    if plan.question.days:
        filters.append(candidates.day_filter(plan.question.days, desk.today))
    return filters


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")

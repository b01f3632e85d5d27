"""What an answer is called in words: speaker, how it was said, where it stands. Shared by all drawings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.models import Answer, DiffWord, Further, Phrase, Polarity, QuotationKind, Reply, Window, named
from bot.render import catalogue
from bot.render.state import State

PAGE = 5  # quotations on a page: a message stays readable on a telephone
ASIDE = 3  # passages of narration or nearest hits that a message shows
FIRST = Window(PAGE, ASIDE)
NOTES = 5  # beneath the headline
DIFFERENCE = 400  # words
_ALSO = 5  # articles that a line names
MANY = 2  # speakers from which on a list of them comes first
_MARKS = "\"“”„«»‘’'‹›"
_CUES = {p: f"card.{p.value}" for p in Polarity}


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom it is drawn: language, time zone, and where in the answers the reader stands.

    `sharing` is False where there is no channel to share in, `feedback` where admins switched it off.
    """

    locale: str = "en"
    timezone: str = "UTC"
    state: State = field(default_factory=State)
    sharing: bool = True
    feedback: bool = True

    def say(self, key: str, **values: object) -> str:
        """Return one of our sentences in the reader's language."""
        return catalogue.filled(key, values, self.locale, self.timezone)

    def phrase(self, phrase: Phrase | str) -> str:
        """Return a phrase in the reader's language; other text stays as it is."""
        if isinstance(phrase, str):
            return phrase
        return catalogue.say(phrase, self.locale, self.timezone)


def narrowed(reply: Reply, state: State) -> Reply:
    """Return the reply with the answers of one speaker or one article only, if the reader chose so."""
    if state.kind is None and state.speaker is None and state.article is None:
        return reply
    if state.kind is not None:
        return replace(reply, answers=tuple(a for a in everything(reply) if state.names(a)))
    kept = tuple(
        a
        for a in reply.answers
        if state.speaker in (None, a.speaker) and state.article in (None, a.article_id)
    )
    return replace(reply, answers=kept)


def only(reply: Reply, reader: Reader) -> Phrase | None:
    """Return to what the reader has narrowed the answers, and how many are left of how many."""
    state = reader.state
    if state.kind is not None or (state.speaker is None and state.article is None):
        return None
    kept = narrowed(reply, state).answers
    counts = {"shown": len(kept), "total": len(reply.answers)}
    if state.speaker is not None:
        return Phrase("card.only_speaker", {"name": state.speaker, **counts})
    return Phrase("card.only_article", {"name": title(kept[0], reader), **counts}) if kept else None


def notes(reply: Reply, reader: Reader) -> tuple[Phrase | str, ...]:
    """Return what stands under the headline: how the answers are narrowed, and what search has to say."""
    narrowing = only(reply, reader)
    return (narrowing, *reply.notes) if narrowing else reply.notes


def differs(diff: Sequence[DiffWord]) -> bool:
    """Say whether there is a difference to show: the same words need no second look."""
    return any(word.op != "same" for word in diff)


def marked(word: DiffWord) -> str:
    """Return a word of a difference, told apart by signs that are read aloud and need no colour."""
    return {"missing": f"[-{word.word}-]", "added": f"{{+{word.word}+}}"}.get(word.op, word.word)


def instead(reply: Reply) -> bool:
    """Say whether the answers show what was said in place of what was asked for: nobody said that."""
    return bool(reply.answers) and reply.headline.key == "search.did_not_say"


def everything(reply: Reply) -> tuple[Answer, ...]:
    """Return every passage that the reply shows, answer or not."""
    return (*reply.answers, *reply.narration, *reply.nearest)


def page_of(answers: Sequence[Answer], page: int) -> tuple[int, Sequence[Answer]]:
    """Return the number of the page that exists and its answers; a page beyond the end is the last."""
    last = max(0, (len(answers) - 1) // PAGE)
    page = min(max(page, 0), last)
    return page, answers[page * PAGE : (page + 1) * PAGE]


def speaker(answer: Answer, reader: Reader) -> str:
    """Return who said it; narration and facts claim nobody."""
    if answer.speaker:
        return answer.speaker
    match answer.kind:
        case "quote":
            return reader.say("card.unnamed")
        case "fact":
            return reader.say("card.fact")
        case _:
            return reader.say("card.narration")


def how(answer: Answer, reader: Reader) -> str:
    """Return how it was said: said, rejected or asked, by which cue, word for word or reported."""
    if answer.kind != "quote":
        return reader.say("card.according_to", speaker=answer.speaker) if answer.speaker else ""
    verb = reader.say(_CUES[answer.polarity or Polarity.STATES])
    if answer.cue and answer.cue.casefold() != verb.casefold():
        verb = reader.say("card.by_cue", how=verb, cue=" ".join(answer.cue.split()))
    kind = answer.quotation_kind or QuotationKind.DIRECT
    return f"{verb}, {reader.say(f'card.words_{kind.value}')}"


def words(answer: Answer) -> str:
    """Return the words as they are shown: quotation marks for what was quoted, none for reported speech."""
    text = answer.text.strip()
    if answer.kind != "quote" or answer.quotation_kind in {QuotationKind.INDIRECT, QuotationKind.MIXED}:
        return text
    marked = len(text) > 1 and text[0] in _MARKS and text[-1] in _MARKS
    return text if marked else f"“{text}”"


def source(answer: Answer, reader: Reader) -> list[str]:
    """Return publisher, date, place in the article, and what must be known of the article."""
    paragraph, paragraphs = answer.place.paragraph
    parts = [
        answer.publisher or "",
        dated(answer, reader),
        reader.say("card.place", paragraph=paragraph, paragraphs=paragraphs) if paragraph else "",
        reader.say("card.sponsored") if answer.sponsored else "",
        also_in(answer, reader),
    ]
    return [p for p in parts if p]


def also_in(answer: Answer, reader: Reader) -> str:
    """Return where else the words stand, each name once: copies in several folders are called alike."""
    if not answer.also_in:
        return ""
    names = dict.fromkeys(named(None, source) for source in answer.also_in)
    names.pop(title(answer, reader), None)
    return reader.say("card.also_in", articles=list(names)[:_ALSO]) if names else ""


def dated(answer: Answer, reader: Reader) -> str:
    """Return the date as printed; of an undated article the time it came in, and that it is that."""
    if answer.published:
        return catalogue.day(answer.published, reader.locale)
    if answer.fetched:
        return reader.say("card.came_in", moment=answer.fetched)
    return reader.say("card.no_date")


def title(answer: Answer, reader: Reader) -> str:
    """Return the article's title, the name of its file where it has none."""
    return named(answer.title, answer.source)


def speakers(answers: Iterable[Answer | Further]) -> list[tuple[str, str, int]]:
    """Return (speaker, role, quotations), most quoted first."""
    quoted = [a for a in answers if a.speaker and a.kind == "quote"]
    counts = Counter(a.speaker for a in quoted)
    roles: dict[str | None, str] = {}
    for answer in quoted:
        roles[answer.speaker] = roles.get(answer.speaker) or answer.role or ""
    return [(name or "", roles[name], count) for name, count in counts.most_common()]


def summary(reply: Reply, reader: Reader) -> str:
    """Return the answer as a text that stands alone: a notification, a screen reader, a refused message."""
    _, shown = page_of(narrowed(reply, reader.state).answers, reader.state.page)
    parts = [reader.phrase(reply.headline), *(reader.phrase(note) for note in notes(reply, reader)[:NOTES])]
    if differs(reply.diff):
        parts.append(" ".join(map(marked, reply.diff[:DIFFERENCE])))
        parts.append(reader.say("card.difference_legend"))
    parts += [f"{reader.say('card.instead')}:"] if instead(reply) else []
    parts += [_in_short(a, reader) for a in shown]
    parts += _asides(reply, reader)
    parts += [reader.phrase(entry) for section in reply.sections for entry in section.lines]
    if reply.choices:
        parts += [f"{reader.say('card.try' if reply.sections else 'card.choose')}:", *reply.choices]
    return "\n".join(parts)


def _asides(reply: Reply, reader: Reader) -> Iterator[str]:
    """Yield what stands apart on the first page; over narration it says already that nobody is claimed."""
    if reader.state.page or narrowed(reply, reader.state) is not reply:
        return
    for name, answers in (("narration", reply.narration), ("nearest", reply.nearest)):
        if answers:
            yield f"{reader.say(f'card.{name}')}:"
            short = _unclaimed if name == "narration" else _in_short
            yield from (short(a, reader) for a in answers[:ASIDE])


def spoken(answer: Answer, reader: Reader) -> str:
    """Return who said how what, in a text that stands alone: what was rejected is not to read as said."""
    who = ", ".join(p for p in (speaker(answer, reader), how(answer, reader)) if p)
    return f"{who}: {words(answer)}"


def _in_short(answer: Answer, reader: Reader) -> str:
    return f"{spoken(answer, reader)} {_there(answer, reader)}"


def _unclaimed(answer: Answer, reader: Reader) -> str:
    return f"{words(answer)} {_there(answer, reader)}"


def _there(answer: Answer, reader: Reader) -> str:
    return f"({title(answer, reader)}, {dated(answer, reader)})"

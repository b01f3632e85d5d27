"""Article and findings → what the full-text index knows of them; pure.

A passage is one search row: a quotation, a fact, or a sentence of narration. In the index each token comes
after the workspace's number and the kind's letter, so that one kind's postings are read and no other's. Its
words stand in namespaces:

    :greenland   the words themselves, in order: of the quotation, the fact, or the article's own voice
    ~brussel     the rest of the sentence around them
    %troop       the sentence before, where these words point back to it (those levels, such a force)
    @rutt        the speaker: name, role and the mention as printed
    =markrutte   the speaker's name in one piece
    !warn        the cue
    #direct      what the passage can be filtered by: directness, polarity, day, month
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile, pairwise

from bot.models import Article, EntityKind, Fact, Findings, Person, Polarity, Quotation, QuotationKind, Span
from bot.normalise import STOP_WORDS, content_words, name_key, token, words

CONTENT, AROUND, BEFORE, SPEAKER, NAME, CUE, TAG = ":", "~", "%", "@", "=", "!", "#"
QUOTE, FACT, NARRATION = "quote", "fact", "narration"
LETTERS = {QUOTE: "q", FACT: "f", NARRATION: "n"}
_POINTING = frozenset(
    {"it", "its", "this", "that", "these", "those", "such", "they", "them", "their", "both"}
)
_REPLIES = frozenset(
    {"answer", "counter", "disagree", "object", "rebut", "rejoin", "reply", "respond", "retort"}
)
_JOINING = frozenset({"that", "if", "whether", "and", "but", "so", "because", "while", "though", "although"})
_MOST_WORDS = 2_000  # a "sentence" longer than this is no sentence


@dataclass(frozen=True, slots=True)
class Passage:
    """A search row: what it shows, and its tokens by namespace.

    `position` counts the findings of its kind in the article. `content` keeps the order of the words.
    """

    kind: str
    position: int
    spans: tuple[Span, ...]
    sentence: Span
    content: tuple[str, ...]
    others: tuple[str, ...] = ()
    speaker: str | None = None
    role: str | None = None
    cue: str | None = None
    polarity: Polarity = Polarity.STATES
    quotation: QuotationKind | None = None


@dataclass(frozen=True, slots=True)
class Indexed:
    """What one article adds to the index: passages, words with the number of passages they occur in, people.

    `quoted` counts the quotations of each speaker.
    """

    passages: tuple[Passage, ...]
    words: Mapping[str, int]
    people: tuple[Person, ...]
    quoted: Mapping[str, int]


def index(article: Article, findings: Findings) -> Indexed:
    """Return what the index is to know of an article."""
    days = day_tags(article.published)
    people = {p.name: p for p in findings.people}
    seen: Counter[str] = Counter()
    quoted: Counter[str] = Counter()
    passages: list[Passage] = []
    for made, text in (
        *_quotations(article, findings, people),
        *_facts(article, findings, people),
        *_narration(article, findings),
    ):
        seen.update(set(content_words(text)))
        if made.kind == QUOTE and made.speaker:
            quoted[made.speaker] += 1
        passages.append(_tagged(made, days))
    for name, person in _unlisted(findings, people, passages):
        people[name] = person
    return Indexed(tuple(passages), seen, tuple(people.values()), quoted)


def day_tags(day: date | None) -> tuple[str, ...]:
    """Return the tags of an article's date: its day and its month; `undated` where it has none."""
    if day is None:
        return (TAG + "undated",)
    return (f"{TAG}{day:%Y%m%d}", f"{TAG}{day:%Y%m}")


def name_token(name: str) -> str:
    """Return the token of a speaker's whole name."""
    return NAME + name_key(name).replace(" ", "")[:200]


def prefix(number: int, kind: str) -> str:
    """Return what stands before every token of a passage: the workspace's number and the kind's letter."""
    return f"{number}{LETTERS[kind]}"


def tokens_of(text: str) -> tuple[str, ...]:
    """Return the stems of the content words of `text`, in order."""
    return tuple(token(w) for w in content_words(text)[:_MOST_WORDS])


def _quotations(
    article: Article, findings: Findings, people: Mapping[str, Person]
) -> Iterable[tuple[Passage, str]]:
    before = _sentences_before(findings)
    for position, q in enumerate(findings.quotations):
        text = " ".join(span.of(article.text) for span in q.content)
        mention = q.speaker_span.of(article.text) if q.speaker_span else None
        name = q.speaker or mention
        cue = q.cue.of(article.text) if q.cue else None
        role = q.role or _first_role(people.get(name or ""))
        content = tokens_of(text)
        others = (
            *_prefixed(AROUND, set(tokens_of(q.sentence.of(article.text))) - set(content)),
            *_pointed_at(article.text, q, text, before.get(q.sentence.start), content),
            *_speaker_tokens(name, role, mention, people),
            *_prefixed(CUE, {token(w) for w in words(f"{q.cue_lemma or ''} {cue or ''}")}),
            TAG + q.polarity.value,
            TAG + q.kind.value,
        )
        made = Passage(
            QUOTE, position, q.content, q.sentence, content, others, name, role, cue, q.polarity, q.kind
        )
        yield made, text


def _sentences_before(findings: Findings) -> dict[int, Span]:
    ordered = sorted(findings.sentences)
    return {later.start: earlier for earlier, later in pairwise(ordered)}


def _pointed_at(
    text: str, q: Quotation, said: str, before: Span | None, content: Iterable[str]
) -> tuple[str, ...]:
    """The words of the sentence before, for a quotation that replies to it or begins by pointing back to it.

    "That those levels would remain" points with its second word; the first only joins it to the cue.
    """
    opening = list(dropwhile(_JOINING.__contains__, words(said)))
    if before is None or not (q.cue_lemma in _REPLIES or _POINTING & set(opening[:2])):
        return ()
    return _prefixed(BEFORE, set(tokens_of(before.of(text))) - set(content))


def _facts(
    article: Article, findings: Findings, people: Mapping[str, Person]
) -> Iterable[tuple[Passage, str]]:
    for position, fact in enumerate(findings.facts):
        text = fact.content.of(article.text)
        content = tokens_of(text)
        role = _first_role(people.get(fact.attributed_to or ""))
        others = (
            *_prefixed(AROUND, set(tokens_of(fact.sentence.of(article.text))) - set(content)),
            *_speaker_tokens(fact.attributed_to, role, None, people),
            *_fact_tags(fact),
        )
        made = Passage(
            FACT, position, (fact.content,), fact.sentence, content, others, fact.attributed_to, role
        )
        yield made, text


def _fact_tags(fact: Fact) -> tuple[str, ...]:
    return (
        *([TAG + "quantity"] if fact.quantities else ()),
        *([TAG + "dated"] if fact.dates else ()),
        *([TAG + "negated"] if fact.negated else ()),
    )


def _narration(article: Article, findings: Findings) -> Iterable[tuple[Passage, str]]:
    """The article's own voice: each standing sentence without the words that somebody is quoted with."""
    quoted = sorted(span for q in findings.quotations for span in q.content)
    for position, sentence in enumerate(findings.sentences):
        inside = [span for span in quoted if span.overlaps(sentence)]
        voice = _without(article.text, sentence, inside)
        content = tokens_of(voice)
        if not content:
            continue
        around = set(tokens_of(" ".join(span.of(article.text) for span in inside))) - set(content)
        others = (*_prefixed(AROUND, around), *([TAG + "quoting"] if inside else ()))
        yield Passage(NARRATION, position, (sentence,), sentence, content, others), voice


def _without(text: str, sentence: Span, inside: Iterable[Span]) -> str:
    parts, at = [], sentence.start
    for span in inside:
        parts.append(text[at : max(at, span.start)])
        at = max(at, span.end)
    parts.append(text[at : sentence.end])
    return " ".join(parts)


def _speaker_tokens(
    name: str | None, role: str | None, mention: str | None, people: Mapping[str, Person]
) -> tuple[str, ...]:
    if not name:
        return ()
    person = people.get(name)
    known = [name, role, mention, *(person.roles if person else ()), *(person.aliases if person else ())]
    return (
        name_token(name),
        *_prefixed(SPEAKER, {token(w) for part in known if part for w in words(part) if w not in STOP_WORDS}),
    )


def _prefixed(namespace: str, found: Iterable[str]) -> tuple[str, ...]:
    return tuple(namespace + t for t in sorted(found))


def _tagged(made: Passage, days: tuple[str, ...]) -> Passage:
    others = (*made.others, *days)
    return Passage(
        made.kind, made.position, made.spans, made.sentence, made.content, others,
        made.speaker, made.role, made.cue, made.polarity, made.quotation,
    )  # fmt: skip


def _first_role(person: Person | None) -> str | None:
    return person.roles[0] if person and person.roles else None


def _unlisted(
    findings: Findings, people: Mapping[str, Person], passages: Iterable[Passage]
) -> list[tuple[str, Person]]:
    """Speakers that extraction named in a quotation or fact but not among its people."""
    kinds = {q.speaker: q.speaker_kind for q in findings.quotations if q.speaker and q.speaker_kind}
    found: dict[str, Person] = {}
    for made in passages:
        name = made.speaker
        if name and name not in people and name not in found:
            roles = (made.role,) if made.role else ()
            found[name] = Person(name, kinds.get(name, EntityKind.GROUP), roles)
    return list(found.items())


__all__ = [
    "AROUND", "BEFORE", "CONTENT", "CUE", "FACT", "NAME", "NARRATION", "QUOTE", "SPEAKER", "TAG",
    "Indexed", "Passage", "day_tags", "index", "name_token", "prefix", "tokens_of",
]  # fmt: skip

"""A day's articles → its themes, best first: the whole of theme finding in one pure function.

    entries → units → labels → choice → titles, voices, disagreement, state

The same articles give the same themes to the byte, in whatever order they came.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.digest.choice import Group, choose
from bot.digest.disagreement import disagreement, settled
from bot.digest.folding import Folding
from bot.digest.growth import HOLDS, whole
from bot.digest.labels import Label, labels
from bot.digest.past import Past
from bot.digest.titles import is_name, title
from bot.digest.units import Day, Entry
from bot.digest.units import day as units_of
from bot.digest.vectors import Space
from bot.digest.voices import Voice, facts, shown, voices
from bot.models import EntityKind, Member, Theme
from bot.normalise import name_key

MOST = 16  # themes of a day; the digest shows 3 to 8 of them, its thread and the page the rest
REPEATS = 0.6  # of its sentences in a better theme: it says nothing new
_THIN = 0.5  # of its score is left to a theme without two quotations from articles that are no advertisement
QUOTED = 2  # quotations from which on a theme comes before those of fewer, whatever is said of them
_HEARD, _MANY = 0.1, 8  # what a quotation adds to a theme's score, and how many do
_BARE = 0.15  # of its score is left to a theme that is a name and no more


def themes(day: Day, past: Past, folding: Folding, most: int = MOST) -> tuple[Theme, ...]:
    """Return up to `most` themes of a day, best first, none where nothing is said twice."""
    space = Space(day)
    candidates = labels(day, folding)
    for label in candidates if past.days else ():
        label.termhood *= past.novelty(_quotations(day, [label]), past.counts([label.key]))
    groups = whole(day, space, choose(day, space, candidates, most))
    chosen = [set(group.label.key) for group in groups]
    subjects = [label for label in candidates if not any(key <= set(label.key) for key in chosen)]
    made = [_theme(group, day, space, past, folding, subjects) for group in groups]
    spoken = sorted(
        (t for t in made if t.quotations), key=lambda theme: (theme.quotations < QUOTED, -theme.score)
    )
    return settled(_each_once(spoken))


def gather(
    entries: Sequence[Entry], past: Sequence[Entry], first: date, folding: Folding
) -> tuple[Day, Past]:
    """Return the day and the 14 days before `first` as themes need them."""
    return units_of(entries, folding), Past(past, first, folding)


def _quotations(day: Day, found: Sequence[Label]) -> int:
    """Return today's quotations in sentences that hold a label: counted as the days before are."""
    own = {n for label in found for n, weight in label.core.items() if weight == 1.0}
    return sum(len(day.units[n].quotations) for n in own)


def _theme(
    group: Group, day: Day, space: Space, past: Past, folding: Folding, subjects: Sequence[Label]
) -> Theme:
    members = sorted(n for n, weight in group.members.items() if weight >= HOLDS)
    near = space.nearness(space.mean({n: group.members[n] for n in members}), members)
    central = {n: group.members[n] * (0.1 + near[n]) for n in members}
    spoken = [group.label, *(label for label in group.joined if label.telling)]
    keys = [label.key for label in spoken]
    found = voices(day, folding, members, central, {word for key in keys for word in key})
    first = shown(found)
    before, today = past.counts(keys), _quotations(day, spoken)
    speakers = {v.answer.speaker or "" for v in found if v.quotation.speaker_kind is EntityKind.PERSON}
    named = title(group, day, folding, subjects)
    bare = is_name(group.label, folding) and named.lower() in {f.lower() for f in group.label.forms}
    solid = sum(not v.answer.sponsored for v in found)
    heard = 1 + _HEARD * min(len(found), _MANY)
    return Theme(
        title=named,
        key=group.label.key,
        state=past.state(today, before),
        articles=len({day.units[n].entry for n in members}),
        quotations=len(found),
        counts=(*before, today),
        score=round(group.gain * heard * (_BARE if bare else 1.0) * (1.0 if solid > 1 else _THIN), 6),
        quotes=tuple(v.answer for v in first),
        more=tuple(v.answer for v in found if v not in first),
        disagreement=disagreement(day, folding, _with_neighbours(day, folding, found)),
        facts=tuple(facts(day, [n for n in members if group.members[n] == 1.0], central)),
        new_voices=tuple(sorted(s for s in speakers if name_key(s) not in past.voices)) if past.days else (),
        members=tuple(_member(day, n) for n in members),
        also=tuple(sorted({word for key in keys for word in key})),
    )


def _with_neighbours(day: Day, folding: Folding, found: Sequence[Voice]) -> list[Voice]:
    """Return the theme's quotations and those of the sentences beside them: an answer may not name it."""
    own = {voice.unit for voice in found}
    beside = sorted(
        n
        for n in {m for unit in own for m in (unit - 1, unit + 1)} - own
        if 0 <= n < len(day.units) and any(_together(day, n, unit) for unit in own & {n - 1, n + 1})
    )
    return [*found, *voices(day, folding, beside, dict.fromkeys(beside, 0.1), ())]


def _together(day: Day, n: int, other: int) -> bool:
    one, two = day.units[n], day.units[other]
    return (one.entry, one.paragraph) == (two.entry, two.paragraph)


def _member(day: Day, n: int) -> Member:
    entry = day.entries[day.units[n].entry]
    return Member(entry.article_id, entry.article.source, day.units[n].span)


def _each_once(made: Sequence[Theme]) -> tuple[Theme, ...]:
    """Drop a theme of a single sentence, and one that mostly repeats a better one or its title."""
    kept: dict[str, Theme] = {}
    for theme in made:
        own = set(theme.members)
        repeats = any(len(own & set(better.members)) > REPEATS * len(own) for better in kept.values())
        if len(own) > 1 and not repeats:
            kept.setdefault(name_key(theme.title), theme)
    return tuple(kept.values())

"""A digest in words: its phrases, and the Reply for `/msc themes` and the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from bot.models import Answer, Digest, Phrase, Reply, Section, Story, Theme, ThemeState
from bot.render import lines
from bot.render.lines import Reader

SHOWN = 5  # themes of a digest by default
FEWEST, MOST = 3, 8  # that a channel may choose
STORIES = 3  # events of which several articles report, named beside the counts
_HEADLINE = 120  # characters


def reply(digest: Digest, question: str, reader: Reader, most: int = SHOWN) -> Reply:
    """Return the digest as the answer to `/msc themes`."""
    if not digest.themes:
        return Reply(question, digest.skip or Phrase("digest.quiet", {"articles": digest.articles}))
    titles = [theme.title for theme in digest.themes[most:]]
    more = Phrase("digest.more_command", {"count": len(titles), "titles": titles})
    return Reply(
        question,
        title(digest),
        notes=(counts(digest), *notices(digest)),
        sections=(
            *(_section(theme, reader) for theme in digest.themes[:most]),
            *([Section(None, (more,))] if titles else []),
        ),
        themes=digest.themes,
        themes_shown=most,
        articles_searched=digest.articles,
    )


def title(digest: Digest) -> Phrase:
    """Return the digest's own title: its day or its days."""
    if digest.first == digest.last:
        return Phrase("digest.title", {"first": digest.first})
    if digest.first.year == 1:
        return Phrase("digest.title_all")
    return Phrase("digest.title_range", {"first": digest.first, "last": digest.last})


def counts(digest: Digest) -> Phrase:
    """Return how much there was to read."""
    values = {"articles": digest.articles, "sources": digest.sources, "quotations": digest.quotations}
    return Phrase("digest.counts", values)


def notices(digest: Digest) -> Iterator[Phrase]:
    """Yield what must be known of the articles: copies, advertisements, undated ones, shared events."""
    if digest.cut:
        yield Phrase("digest.cut", {"articles": digest.articles})
    for name in ("reprints", "sponsored", "undated"):
        if count := getattr(digest, name):
            yield Phrase(f"digest.{name}", {"count": count})
    if told := [story for story in digest.stories if len(story.articles) > 1 and story.title]:
        yield Phrase("digest.stories", {"told": [_story(story) for story in told[:STORIES]]})


def _story(story: Story) -> Phrase:
    return Phrase("digest.story", {"title": story.title[:_HEADLINE], "articles": len(story.articles)})


def state(theme: Theme) -> Phrase:
    """Return the theme's state in one word."""
    return Phrase(f"digest.{theme.state.value}")


def why(theme: Theme) -> Phrase:
    """Return why the theme is there now, in counts and without adjectives."""
    values = {"quotations": theme.quotations, "articles": theme.articles}
    before = sum(theme.counts[:-1])
    if theme.state is ThemeState.NEW or not before:
        return Phrase("digest.why_new", values)
    return Phrase("digest.why_before", values | {"before": before})


def _section(theme: Theme, reader: Reader) -> Section:
    return Section(
        Phrase("digest.theme", {"title": theme.title, "state": state(theme)}),
        (why(theme), *_lines(theme, reader)),
    )


def _lines(theme: Theme, reader: Reader) -> Iterator[Phrase]:
    yield from (_quote(answer, reader) for answer in theme.quotes)
    if pair := theme.disagreement:
        yield Phrase("digest.disagree", {"sign": pair.sign})
        yield from (_quote(answer, reader) for answer in (pair.one, pair.other) if answer not in theme.quotes)
    for fact in theme.facts:
        key = "digest.fact_by" if fact.speaker else "digest.fact"
        yield Phrase(
            "digest.sourced",
            {
                "said": Phrase(key, {"speaker": fact.speaker, "words": fact.text}),
                "source": _source(fact, reader),
            },
        )
    if theme.new_voices:
        yield Phrase("digest.new_voices", {"names": list(theme.new_voices)})


def _quote(answer: Answer, reader: Reader) -> Phrase:
    who = ", ".join(p for p in (lines.speaker(answer, reader), answer.role) if p)
    spoken = f"{who}, {lines.how(answer, reader)}"
    return Phrase(
        "digest.quote", {"speaker": spoken, "words": lines.words(answer), "source": _source(answer, reader)}
    )


def _source(answer: Answer, reader: Reader) -> str:
    return ", ".join([lines.title(answer, reader), *lines.source(answer, reader)])

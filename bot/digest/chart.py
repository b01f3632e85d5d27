"""The picture of a digest: quotations a day on each theme, 14 days and today, as small bars side by side.

matplotlib's `Figure` without pyplot: nothing global, nothing kept. The numbers stand in the alt text, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from bot.models import Digest, Phrase
from bot.render import catalogue, mrkdwn

MOST = 8
_WIDE, _ROW, _EDGE, _FOOT = 7.2, 0.62, 0.55, 0.12  # inches


@dataclass(frozen=True, slots=True)
class Colours:
    """Text, today's bar, earlier bars; Slack shows pictures on white and on near-black."""

    ground: str
    text: str
    today: str
    before: str


LIGHT = Colours("#ffffff", "#1d1c1d", "#1264a3", "#9ab8d0")
DARK = Colours("#1a1d21", "#e8e8e8", "#4aa3e0", "#3f6480")


def picture(found: Digest, colours: Colours = LIGHT, locale: str = "en") -> bytes:
    """Return the picture as PNG, the same bytes for the same digest."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415  a second at every start
    from matplotlib.figure import Figure  # noqa: PLC0415

    shown = found.themes[:MOST]
    rows = max(1, len(shown))
    high = _EDGE + rows * _ROW + _FOOT
    figure = Figure(figsize=(_WIDE, high), dpi=144, facecolor=colours.ground)
    FigureCanvasAgg(figure)
    highest = max((n for theme in shown for n in theme.counts), default=1) or 1
    for row, theme in enumerate(shown):
        bottom = 1 - (_EDGE + (row + 0.82) * _ROW) / high
        axes = figure.add_axes((0.52, bottom, 0.40, 0.72 * _ROW / high))
        shades = [colours.before] * (len(theme.counts) - 1) + [colours.today]
        axes.bar(range(len(theme.counts)), theme.counts, color=shades, width=0.8)
        axes.set_ylim(0, highest * 1.1)
        axes.set_facecolor(colours.ground)
        axes.set_xticks([])
        axes.set_yticks([])
        for name, spine in axes.spines.items():
            spine.set_visible(name == "bottom")
            spine.set_color(colours.text)
            spine.set_alpha(0.4)
        middle = bottom + 0.36 * _ROW / high
        label = mrkdwn.clip(theme.title, 46)
        figure.text(
            0.50, middle, label, ha="right", va="center", color=colours.text, fontsize=9, parse_math=False
        )
        last = str(theme.counts[-1])
        figure.text(
            0.935, middle, last, ha="left", va="center", color=colours.today, fontsize=10, weight="bold"
        )
    single = found.first == found.last
    heading = catalogue.say(Phrase("digest.chart_title" if single else "digest.chart_range"), locale)
    figure.text(0.5, 1 - 0.5 * _EDGE / high, heading, ha="center", va="center",
                color=colours.text, fontsize=10, weight="bold")  # fmt: skip
    target = BytesIO()
    figure.savefig(target, format="png", facecolor=colours.ground, metadata={"Software": None})
    return target.getvalue()


def described(found: Digest, locale: str = "en") -> str:
    """Return the picture's alt text with every number in it, at most 2,000 characters."""
    numbers = [
        catalogue.say(
            Phrase(
                "digest.chart_numbers", {"title": theme.title, "counts": ", ".join(map(str, theme.counts))}
            ),
            locale,
        )
        for theme in found.themes[:MOST]
    ]
    alt = Phrase("digest.chart_alt", {"last": found.last, "numbers": " ".join(numbers)})
    return mrkdwn.clip(catalogue.say(alt, locale), 2_000)

"""The round seal of a paper, drawn as SVG: name along the rim, star in the middle, never a picture."""

from __future__ import annotations

import math

from django.utils.html import conditional_escape

SIZE = 168
_CENTRE = SIZE / 2
_RIM = 62.0  # radius of the line the characters stand on
_WIDEST = 292.0  # degrees of arc the name may take


def svg(name: str, foot: str = "") -> str:
    """A seal that reads `name` around and `foot` straight below the star."""
    glyphs = "".join(_glyphs(name))
    below = (
        f'<text x="{_CENTRE:g}" y="131" font-size="13" text-anchor="middle" stroke="none">{conditional_escape(foot)}</text>'
        if foot
        else ""
    )
    return (
        f'<svg class="seal" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}" role="img" '
        f'aria-label="{conditional_escape(name)}" lang="zh-Hans"><g fill="currentColor" stroke="currentColor">'
        f'<circle cx="{_CENTRE:g}" cy="{_CENTRE:g}" r="80" fill="none" stroke-width="4"/>'
        f'<path d="{_star(19)}" stroke="none"/>{glyphs}{below}</g></svg>'
    )


def _glyphs(name: str) -> list[str]:
    """Each character turned to stand on the rim, the middle one on top."""
    if not name:
        return []
    step = min(26.0, _WIDEST / len(name))
    size = min(19.0, step * math.pi / 180 * _RIM * 1.02)
    first = -step * (len(name) - 1) / 2
    return [
        f'<text transform="translate({_CENTRE:g} {_CENTRE:g}) rotate({first + step * place:.2f})" y="{-_RIM + size / 2 - 4:.2f}" '
        f'font-size="{size:.2f}" text-anchor="middle" stroke="none">{conditional_escape(character)}</text>'
        for place, character in enumerate(name)
    ]


def _star(radius: float) -> str:
    """A five-pointed star about the centre."""
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.382
        angle = math.radians(36 * corner - 90)
        points.append(f"{_CENTRE + reach * math.cos(angle):.2f} {_CENTRE + reach * math.sin(angle):.2f}")
    return "M" + "L".join(points) + "Z"

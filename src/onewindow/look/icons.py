"""The few signs of the design system, drawn on a 20 × 20 grid with one stroke width.

A sign never stands alone: the word beside it says the same.
"""

from __future__ import annotations

SIGNS = {
    "check": '<path d="M4 10.5 8.2 15 16 5.5"/>',
    "cross": '<path d="M5 5l10 10M15 5 5 15"/>',
    "dot": '<circle cx="10" cy="10" r="3.2" fill="currentColor" stroke="none"/>',
    "ring": '<circle cx="10" cy="10" r="4.2"/>',
    "go": '<circle cx="10" cy="10" r="6.4"/><path d="M7 10h6M10.4 7.2 13.2 10l-2.8 2.8"/>',
    "clock": '<circle cx="10" cy="10" r="6.8"/><path d="M10 6v4.2l2.8 1.9"/>',
    "alert": '<circle cx="10" cy="10" r="7.2"/><path d="M10 5.8v5.2M10 13.6v.6"/>',
    "info": '<circle cx="10" cy="10" r="7.2"/><path d="M10 9.2v5M10 5.9v.5"/>',
    "ticket": '<path d="M3 6h14v2.6a1.5 1.5 0 0 0 0 2.8V14H3v-2.6a1.5 1.5 0 0 0 0-2.8zM12 6.4v7.2" stroke-linejoin="round"/>',
    "search": '<circle cx="8.8" cy="8.8" r="4.8"/><path d="m12.4 12.4 4.2 4.2"/>',
    "person": '<circle cx="10" cy="6.6" r="3.1"/><path d="M3.8 16.6c.6-3.6 3-5.2 6.2-5.2s5.6 1.6 6.2 5.2"/>',
    "paper": '<path d="M5 2.8h7l3.2 3.2v11.2H5z" stroke-linejoin="round"/><path d="M7.6 9h5M7.6 12.2h5"/>',
    "phone": '<rect x="6" y="2.6" width="8" height="14.8" rx="1.6"/><path d="M9 14.8h2"/>',
    "arrow": '<path d="M4 10h11.4M11 5.4 15.6 10 11 14.6"/>',
    "back": '<path d="M16 10H4.6M9 5.4 4.4 10 9 14.6"/>',
    "print": '<path d="M6 7V3h8v4M6 14H3.6V7h12.8v7H14M6 11.6h8V17H6z" stroke-linejoin="round"/>',
    "screen": '<rect x="2.8" y="4" width="14.4" height="9.6" rx="1"/><path d="M10 13.6v3M6.6 16.6h6.8"/>',
    "home": '<path d="M3.4 9.4 10 3.6l6.6 5.8M5.2 8.2V16.4h9.6V8.2" stroke-linejoin="round"/>',
    "minus": '<path d="M5 10h10"/>',
}

# Each tone of a state has its own sign, so that no state is told by colour alone.
OF_TONE = {"calm": "ring", "go": "go", "soon": "clock", "stop": "cross", "done": "check"}


def svg(name: str) -> str:
    """The sign as inline SVG, hidden from screen readers."""
    return (
        '<svg class="icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" '
        f'stroke-width="1.7" stroke-linecap="round" aria-hidden="true" focusable="false">{SIGNS[name]}</svg>'
    )

"""The job that computes the meanings that are not there yet: of what was published or listed a few seconds ago."""

from __future__ import annotations

from procrastinate.contrib.django import app

from onewindow.foundation.catalogue.search import index, meaning
from onewindow.foundation.catalogue.search.actions import remember

EVERY_S = 10
_AT_ONCE, _BATCH = 512, 16

_complete_at: index.Stamp | None = None


@app.periodic(cron=f"* * * * * */{EVERY_S}")
@app.task(name="search.embed", queue="search", queueing_lock="search.embed", lock="search.embed")
def embed(timestamp: int = 0) -> int:
    """Compute what is missing, at most some hundreds at once; how many. While nothing has changed, one short question.

    It goes by what is there and not by events: what was brought in before anybody listened is found as well.
    """
    global _complete_at
    if index.stamp() == _complete_at or not meaning.able():
        return 0
    standing = index.current()
    missing = standing.missing
    for start in range(0, min(len(missing), _AT_ONCE), _BATCH):
        texts = missing[start : min(start + _BATCH, _AT_ONCE)]
        remember(zip((meaning.digest(text) for text in texts), meaning.vectors(texts), strict=True))
    if not missing:
        _complete_at = standing.stamp
    return min(len(missing), _AT_ONCE)

"""The streams process: server-sent events, from one LISTEN connection to any number of pages.

A page brings a signed topic token in its address; a page of another origin is refused. Each client
has a bounded queue: one that falls behind, and every client after the LISTEN connection was lost, is
sent ``resync`` and fetches its state anew. Messages carry topics and ids only.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from collections.abc import AsyncIterator

import django
from django.conf import settings
from django.core import signing
from psycopg import AsyncConnection, OperationalError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
django.setup()

from django.db import connection  # noqa: E402

from onewindow.kernel.pulses.beating import EVERY_S, Heart  # noqa: E402
from onewindow.kernel.relay.following import CHANNEL  # noqa: E402
from onewindow.look.topics import topics_of  # noqa: E402

QUEUE = 64
HEARTBEAT_S = 15.0
RESYNC = "event: resync\ndata: {}\n\n"
HERE = "event: here\ndata: {}\n\n"  # an event, not a comment: a page hears it, and knows by its absence that the line is dead


class Hub:
    """Who listens to what."""

    def __init__(self) -> None:
        self.clients: dict[str, set[asyncio.Queue[str]]] = {}

    def tell(self, topic: str, message: str) -> None:
        """Give a message to everybody of a topic; a full queue is emptied and told to resync."""
        for queue in self.clients.get(topic, ()):
            try:
                queue.put_nowait(message)
            except asyncio.QueueFull:
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(RESYNC)

    def tell_everybody(self, message: str) -> None:
        for topic in list(self.clients):
            self.tell(topic, message)

    @contextlib.contextmanager
    def listening(self, topics: list[str]):  # type: ignore[no-untyped-def]
        queue: asyncio.Queue[str] = asyncio.Queue(QUEUE)
        for topic in topics:
            self.clients.setdefault(topic, set()).add(queue)
        try:
            yield queue
        finally:
            for topic in topics:
                self.clients[topic].discard(queue)
                if not self.clients[topic]:
                    del self.clients[topic]


hub = Hub()


async def live(request: Request) -> Response:
    """``/live/?token=…``: the stream of a page."""
    origin = request.headers.get("origin", "")
    if origin and origin not in settings.STREAM_ORIGINS:
        return PlainTextResponse("origin", status_code=403)
    try:
        topics = topics_of(request.query_params.get("token", ""))
    except signing.BadSignature:
        return PlainTextResponse("token", status_code=403)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    if origin:
        headers["Access-Control-Allow-Origin"] = origin
    return StreamingResponse(_events(request, topics), media_type="text/event-stream", headers=headers)


async def _events(request: Request, topics: list[str]) -> AsyncIterator[str]:
    with hub.listening(topics) as queue:
        yield "retry: 1500\n" + RESYNC  # whatever happened before the stream stood is fetched now
        while True:
            try:
                yield await asyncio.wait_for(queue.get(), HEARTBEAT_S)
            except TimeoutError:
                yield HERE


async def _listen() -> None:
    """Hold one LISTEN connection for ever; after each loss everybody fetches anew."""
    while True:
        try:
            async with await AsyncConnection.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                hub.tell_everybody(RESYNC)
                async for note in connection.notifies():
                    topic = json.loads(note.payload)["topic"]
                    hub.tell(topic, f"event: touched\ndata: {note.payload}\n\n")
        except OperationalError:
            await asyncio.sleep(0.5)


async def _beat() -> None:
    """Tell from the loop itself that it turns: a loop that hangs falls silent."""
    heart = Heart("streams")
    while True:
        await asyncio.to_thread(_beat_once, heart)
        await asyncio.sleep(EVERY_S)


def _beat_once(heart: Heart) -> None:
    heart()
    connection.close()


@contextlib.asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(_listen()), asyncio.create_task(_beat())]
    yield
    for task in tasks:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def health(request: Request) -> Response:
    return PlainTextResponse("ok")


application = Starlette(routes=[Route("/live/", live), Route("/health", health)], lifespan=_lifespan)

"""A board left open for a week: the network gone and back, its token long stale, a new release meanwhile. Nobody touches it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.steps import call_and_sit, leave, open_window, take_ticket

A_WEEK = 7 * 24 * 3600 * 1000
BOARD = "/board/demo-centre/A/"
# As if the page had slept: what it holds was good for a minute, a week ago.
STALE = "document.querySelector('#rows').dataset.live = document.querySelector('#rows').dataset.live.replace(/token=.*/, 'token=stale')"


def test_a_board_left_open_for_a_week_shows_what_is_called_now(person: Callable[..., Page]) -> None:
    board, visitor, clerk = person(width=1920, height=1080), person(width=390), person("clerk01")
    board.clock.install()
    board.goto(BOARD)
    expect(board.locator("#rows")).to_be_visible()
    board.evaluate("window.opened = 'a week ago'")

    board.context.set_offline(True)
    board.evaluate(STALE)
    board.clock.fast_forward(A_WEEK)
    expect(board.locator("#offline")).to_be_visible()

    number = take_ticket(visitor)
    open_window(clerk)
    assert call_and_sit(clerk) == number
    expect(board.locator("#rows")).not_to_contain_text(number)

    board.context.set_offline(False)
    board.clock.fast_forward(A_WEEK)
    expect(board.locator("#rows")).to_contain_text(number)
    expect(board.locator("#offline")).to_be_hidden()

    later = take_ticket(visitor)
    board.clock.run_for(2_000)
    expect(board.locator("#rows")).to_contain_text(later)  # told by the stream again, not by asking
    assert board.evaluate("window.opened") == "a week ago", "it never had to be opened anew"
    leave(clerk)
    assert call_and_sit(clerk) == later  # nobody is left waiting for the next journey
    leave(clerk)


def test_a_board_opens_itself_anew_under_a_new_release(person: Callable[..., Page]) -> None:
    board, visitor, clerk = person(width=1920, height=1080), person(width=390), person("clerk01")
    board.route("**/board/**", lambda route: route.fulfill(response=(answer := route.fetch()), body=answer.text().replace("app.js?", "app.js?later")))
    board.goto(BOARD)
    board.evaluate("window.opened = 'before'")
    board.unroute("**/board/**")
    number = take_ticket(visitor)
    expect(board.locator("#rows")).to_contain_text(number)
    board.wait_for_function("window.opened === undefined")
    assert "later" not in board.content()
    open_window(clerk)
    assert call_and_sit(clerk) == number
    leave(clerk)


def test_a_stream_that_says_nothing_is_taken_for_a_lost_one(person: Callable[..., Page]) -> None:
    board, visitor, clerk = person(width=1920, height=1080), person(width=390), person("clerk01")
    board.clock.install()
    board.route("**/live/**", lambda route: None)  # a pulled cable: nothing arrives, and nothing is closed either
    board.goto(BOARD)
    number = take_ticket(visitor)
    board.clock.fast_forward(39_000)
    expect(board.locator("#rows")).not_to_contain_text(number)
    board.clock.fast_forward(2_000)
    board.clock.fast_forward(6_000)
    expect(board.locator("#rows")).to_contain_text(number)
    board.unroute("**/live/**")
    open_window(clerk)
    assert call_and_sit(clerk) == number
    leave(clerk)

"""To which page a reader comes back: never to a button's address."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import path

from onewindow.look.pages import page_of


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def button(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


button.only_pressed = True  # type: ignore[attr-defined]
urlpatterns = [path("room/", page), path("room/do/", button)]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("method", "address", "referer", "found"),
    [
        ("GET", "/room/?page=2", "http://testserver/room/", "/room/?page=2"),
        ("HEAD", "/room/", "", "/room/"),
        ("POST", "/room/do/", "http://testserver/room/?page=2", "/room/?page=2"),
        ("POST", "/room/do/", "http://testserver/room/do/", "/"),
        ("POST", "/room/do/", "http://testserver/elsewhere/", "/"),
        ("POST", "/room/do/", "http://testserver.example/room/", "/"),
        ("POST", "/room/do/", "https://another.example/room/", "/"),
        ("POST", "/room/do/", "", "/"),
    ],
)
def test_a_reader_comes_back_to_a_page_that_can_be_opened(method: str, address: str, referer: str, found: str) -> None:
    request = RequestFactory().generic(method, address, headers={"Referer": referer} if referer else {})
    assert page_of(request) == found

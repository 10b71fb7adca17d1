"""A real centre for tests: an installation that is no demonstration."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener, urlopen

from onewindow.kernel.cluster import Cluster
from tests.support.stack import ROOT, Stack


class NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@dataclass
class Centre(Stack):
    """An installation that is no demonstration, with settings of its own."""

    settings: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        return super().environment() | {"ONEWINDOW_DEMONSTRATION": "off"} | self.settings

    def page(self, path: str) -> tuple[int, str]:
        try:
            with urlopen(self.url + path, timeout=60) as response:
                return response.status, response.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def signed_in(self, username: str, password: str) -> int:
        """The status of signing in: 303 is in, 401 is not."""
        jar = CookieJar()
        opener = build_opener(HTTPCookieProcessor(jar), NoRedirect)
        opener.open(f"{self.url}/signin/", timeout=60).read()
        token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
        fields = urlencode({"csrfmiddlewaretoken": token, "username": username, "password": password}).encode()
        try:
            return opener.open(Request(f"{self.url}/signin/", fields, {"Referer": f"{self.url}/signin/"}), timeout=60).status
        except HTTPError as error:
            return error.code

    def piped(self, text: str, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "onewindow.config.command_line", *command],
            cwd=ROOT, env=self.environment(), input=text, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip

    def python(self, script: str) -> None:
        address = {"DATABASE_URL": Cluster(self.home / "database").dsn("app"), "DJANGO_SETTINGS_MODULE": "onewindow.config.settings"}
        subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=self.environment() | address, check=True, timeout=180)

    def report(self, *command: str) -> tuple[int, dict[str, object]]:
        done = self.run(*command, "--json")
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)

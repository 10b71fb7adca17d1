"""The whole line on Debian's PostgreSQL 15, as a centre that has a database of its own runs it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from onewindow.kernel.cluster import Cluster
from tests.faults import line_support as line
from tests.faults.cluster_support import debian15, open_folder
from tests.faults.line_support import AGENT, FOOD, HYGIENE, Installation
from tests.support.stack import until

TOLD = Counter(
    {"您的号码是": 1, "请 A001 号到": 1, "已收件": 2, "已受理": 2, "已准予许可": 2, "可以领取了": 2, "的结果已领取": 2}
)


@pytest.fixture
def fifteen() -> Iterator[tuple[Cluster, Installation]]:
    with open_folder() as folder, debian15(folder) as cluster:
        cluster.start()
        addresses = {"DATABASE_URL": cluster.dsn("app"), "DATABASE_OWNER_URL": cluster.dsn("owner")}
        made = Installation(folder / "home", extra=addresses).start()
        try:
            yield cluster, made
        finally:
            if made.process is not None and made.process.poll() is None:
                made.stop()


def test_the_line_from_ticket_to_hand_on_postgresql_15(fifteen: tuple[Cluster, Installation]) -> None:
    cluster, stack = fifteen
    assert int(stack.one("SHOW server_version_num")) // 10000 == 15
    assert not (stack.home / "database").exists()  # the centre's own database, and no other
    clerk, handover = stack.person("clerk01"), stack.person("handover01")
    line.open_window(clerk)
    line.sit(clerk)
    for item, approver in ((FOOD, "market01"), (HYGIENE, "health01")):
        case = line.uuid_in(line.apply(clerk, item).to)
        assert line.accept(clerk, case, item).done
        assert line.grant(stack.person(approver), case).done
    code = re.sub(r"\s", "", re.search(r'id="query-code">([^<]+)<', clerk.get("/counter/").body)[1])  # type: ignore[index]
    assert clerk.post("/counter/end/").done
    until(stack.settled, "both results are made and ten messages have arrived")
    offered = line.on_shelf(handover)
    assert len(offered) == 3
    collected = line.collect(handover, offered)
    assert collected.done
    assert "已发放 2 份结果" in handover.next(collected).text
    until(stack.settled, "twelve messages have arrived")
    assert stack.told_exactly_once()
    assert Counter(words for _, text in stack.arrived() for words in TOLD if words in text) == TOLD
    progress = stack.person().get(f"/p/{code}/")
    assert progress.status == 200
    assert progress.text.count("已办结") >= 2

    def audit() -> tuple[int, list[tuple[str, str]]]:
        done = stack.run("audit", "verify", "--json")
        return done.returncode, [(finding["rule"], finding["place"]) for finding in json.loads(done.stdout)["findings"]]

    assert audit() == (0, [])
    (row,) = stack.ask("SELECT id, subject_id FROM ledger_entry WHERE subject_kind = 'result' AND verb = 'collect' ORDER BY id LIMIT 1")
    stack.ask("UPDATE ledger_entry SET by = 'staff:1' WHERE id = %s", row[0])
    assert audit() == (1, [("row-changed", f"result:{row[1]}#2")])
    assert AGENT not in cluster.log.read_text()
    assert stack.stop() == 0
    assert cluster.running()  # minded by its own people

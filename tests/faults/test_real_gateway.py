"""A real centre's messages: they wait for a gateway, and go out when there is one."""

from __future__ import annotations

from pathlib import Path

from onewindow.instruments.gateways.tests.operator import ACCOUNT, KEY, Operator
from tests.support.centre import Centre
from tests.support.stack import until

# Somebody with a telephone takes a ticket; the message is about that.
TICKET = """
import django; django.setup()
from onewindow.foundation.people.actions import register
from onewindow.foundation.people.policies import REGISTER
from onewindow.foundation.places.queries import hall
from onewindow.kernel.keys import uuid7
from onewindow.kernel.permissions import system
from onewindow.stages.queueing.actions import take_ticket
from onewindow.stages.queueing.policies import TAKE
by = system("test", [REGISTER, TAKE])
holder = register(by=by, site="demo-centre", kind="person", name="甲", number="11010519491231002X", phone="12000000001")
take_ticket(by=by, hall=hall("demo-centre", "A"), once=uuid7(), holder_id=holder.pk)
"""


def test_messages_wait_for_a_gateway_and_go_out_when_there_is_one(centre: Centre, folder: Path, operator: Operator) -> None:
    centre.start()
    assert centre.run("district", "load", str(folder)).returncode == 0
    centre.python(TICKET)
    until(lambda: centre.rows("SELECT 1 FROM procrastinate_jobs WHERE attempts > 0 AND status = 'todo'"), "it was tried, and will be again")
    assert centre.rows("SELECT state, moves FROM notices_notice") == [("queued", 1)]
    assert centre.report("gateway", "status")[0] == 0
    centre.rows("UPDATE notices_notice SET began_at = began_at - interval '1 hour' RETURNING 1")
    code, found = centre.report("gateway", "status")
    assert (code, found["ok"], found["queued"]) == (1, False, 1)
    assert "12000000001" not in centre.log
    assert centre.stop() == 0

    (centre.home / "keys" / "gateway.key").write_bytes(KEY)
    centre.settings = {"ONEWINDOW_GATEWAY": "http", "ONEWINDOW_GATEWAY_URL": operator.url, "ONEWINDOW_GATEWAY_ACCOUNT": ACCOUNT}
    centre.start()
    # The pause before the next try grows while nobody carries it: here it is over.
    centre.rows("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo' RETURNING 1")
    until(lambda: centre.rows("SELECT state FROM notices_notice") == [("sent",)], "the message goes out")
    (message,) = operator.taken.values()
    assert message["phone"] == "12000000001" and message["text"].startswith("【一窗】您的号码是 A001")
    assert [str(uuid) for (uuid,) in centre.rows("SELECT uuid FROM notices_notice")] == [message["reference"]]
    assert centre.report("gateway", "status")[1]["queued"] == 0
    assert "12000000001" not in centre.log and "A001" not in centre.log
    tried = centre.piped("12000000003\n", "gateway", "try")
    assert tried.returncode == 0, tried.stderr
    assert [sent["phone"] for sent in operator.taken.values()] == ["12000000001", "12000000003"]
    assert "12000000003" not in tried.stdout + tried.stderr


def test_a_gateway_that_cannot_be_used_is_told_before_anything_starts(centre: Centre) -> None:
    centre.settings = {"ONEWINDOW_GATEWAY": "http", "ONEWINDOW_GATEWAY_URL": "http://sms.example/send"}
    done = centre.run("up", "--port", str(centre.port), "--streams-port", str(centre.streams_port))
    assert done.returncode == 1
    assert "ONEWINDOW_GATEWAY_URL 不能用：不是本机的网关必须用 https" in done.stderr
    assert "a gateway on another machine must be https" in done.stderr
    assert done.stderr.count("无法启动") == 1 and done.stderr.count("Cannot start") == 1
    assert centre.left() == []
    assert centre.run("audit", "verify").returncode == 0  # what needs no gateway goes on without one

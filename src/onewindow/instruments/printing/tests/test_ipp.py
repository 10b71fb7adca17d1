"""The printer over IPP: what it is sent, and every answer read for what it is; no title in what it raises."""

from __future__ import annotations

import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from onewindow.instruments.printing import A4, Printer, PrinterDown, PrintJob
from onewindow.instruments.printing.ipp import IppPrinter, unfit
from onewindow.instruments.printing.tests.contract import PDF, Out, PrinterContract
from onewindow.instruments.printing.tests.device import Device

JOB = PrintJob("r", "受理通知书 113", PDF, copies=2)


@pytest.fixture
def device() -> Iterator[Device]:
    with Device() as server:
        yield server
        server.shutdown()


class TestContract(PrinterContract):
    @pytest.fixture
    def printer(self, device: Device) -> Printer:
        return IppPrinter(device.uri)

    @pytest.fixture
    def again(self, device: Device) -> Printer:
        return IppPrinter(device.uri)

    @pytest.fixture
    def out(self, device: Device) -> Out:
        return lambda: [(attributes["job-name"], pages) for attributes, pages in device.jobs]


def test_the_request_says_what_rfc_8011_asks_for(device: Device) -> None:
    assert IppPrinter(device.uri).print(JOB) == "101"
    ((said, pages),) = device.jobs
    assert said["order"][:3] == ["attributes-charset", "attributes-natural-language", "printer-uri"]
    assert (said["attributes-charset"], said["printer-uri"], said["document-format"]) == ("utf-8", device.uri, "application/pdf")
    assert (said["copies"], said["media"], said["job-name"], pages) == (2, A4, JOB.title, PDF)
    IppPrinter(device.uri).print(PrintJob("t", "号票", PDF, media=""))
    assert "media" not in device.jobs[1][0]


def test_a_warning_is_still_success(device: Device) -> None:
    device.status = 0x0001  # successful-ok-ignored-or-substituted-attributes
    assert IppPrinter(device.uri).print(JOB) == "101"


@pytest.mark.parametrize("status", [0x0400, 0x0403, 0x040A, 0x0500, 0x0506, 0x0507])
def test_whatever_the_printer_turns_down_may_be_tried_again(device: Device, status: int) -> None:
    device.status = status
    with pytest.raises(PrinterDown, match=f"ipp-{status:04x}") as told:
        IppPrinter(device.uri).print(JOB)
    assert device.jobs == [] and JOB.title not in repr(told.value)
    device.status = 0
    assert IppPrinter(device.uri).print(JOB) == "101"


@pytest.mark.parametrize(
    ("status", "said", "means"),
    [
        (401, b"", "http-401"), (404, b"", "http-404"), (503, b"", "http-503"), (200, b"", "answer-unreadable"),
        (200, b"<html>all is well</html>", "answer-unreadable"), (200, b"\x01\x01\x00\x00", "answer-unreadable"),
        (200, b"\x01\x01\x00\x00\x00\x00\x00\x00\x01\x47\xff\xff", "answer-unreadable"),
        (200, b"\x01\x01\x00\x00\x7f\xff\xff\xff\x03", "answer-unreadable"),
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_not_believed(device: Device, status: int, said: bytes, means: str) -> None:
    device.answer = (status, said)
    with pytest.raises(PrinterDown, match=means) as told:
        IppPrinter(device.uri).print(JOB)
    assert told.value.__cause__ is None and device.asked == 1


def test_nobody_there_is_told_at_once(device: Device) -> None:
    printer = IppPrinter(device.uri)
    device.shutdown()
    device.server_close()
    with pytest.raises(PrinterDown, match="unreachable"):
        printer.print(JOB)


def test_a_printer_that_draws_it_out_is_cut_off_in_time(device: Device) -> None:
    device.drip = True
    begun = time.monotonic()
    with pytest.raises(PrinterDown, match="timeout"):
        IppPrinter(device.uri, timeout_s=0.5).print(JOB)
    assert time.monotonic() - begun < 3


def test_a_certificate_nobody_vouches_for_prints_nothing(device: Device, tmp_path: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
         "subjectAltName=IP:127.0.0.1", "-keyout", tmp_path / "key", "-out", tmp_path / "certificate"], check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate", tmp_path / "key")
    device.socket = context.wrap_socket(device.socket, server_side=True)
    uri = device.uri.replace("ipp:", "ipps:")
    with pytest.raises(PrinterDown, match="tls"):
        IppPrinter(uri).print(JOB)
    assert device.asked == 0
    assert IppPrinter(uri, ca=tmp_path / "certificate").print(JOB) == "101"


@pytest.mark.parametrize("uri", ["", "printer.example", "http://printer.example/", "ipp://user@printer/", "ipp://printer:x/", "ipp:///ipp"])
def test_an_address_that_is_none_is_refused(uri: str) -> None:
    assert unfit(uri) is not None
    with pytest.raises(ValueError, match="address"):
        IppPrinter(uri)


def test_addresses_that_can_be_used() -> None:
    assert [unfit(uri) for uri in ("ipp://10.0.0.9/ipp/print", "ipps://printer.example:8631/p?x=1", "ipp://[::1]/")] == [None] * 3

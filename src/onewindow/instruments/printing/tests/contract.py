"""What every printer promises, whatever it prints on: subclassed by the tests of each."""

from __future__ import annotations

from collections.abc import Callable

from onewindow.instruments.printing import Printer, PrintJob

Out = Callable[[], list[tuple[str, bytes]]]
PDF = b"%PDF-1.7\n\x00\xff\x01\x03 pages \xe6\xbc\x94"


class PrinterContract:
    """A subclass gives the fixtures `printer`, `again` (the same one, made anew) and `out`: (title, pages), oldest first."""

    def test_it_has_a_name_and_says_whether_it_deduplicates(self, printer: Printer) -> None:
        assert printer.name and printer.deduplicates in (True, False)

    def test_pages_come_out_as_they_were_given_and_the_job_has_a_name(self, printer: Printer, out: Out) -> None:
        first = printer.print(PrintJob("a", "收件凭证 1", PDF))
        second = printer.print(PrintJob("b", "号票 A001", PDF + b"2", media=""))
        assert first and second and first != second
        assert out() == [("收件凭证 1", PDF), ("号票 A001", PDF + b"2")]

    def test_a_large_paper_comes_out_whole(self, printer: Printer, out: Out) -> None:
        large = PDF + bytes(range(256)) * 8_000
        printer.print(PrintJob("a", "长", large))
        assert out() == [("长", large)]

    def test_a_long_title_is_no_reason_not_to_print(self, printer: Printer, out: Out) -> None:
        printer.print(PrintJob("a", "号" * 400, PDF))
        ((title, pages),) = out()
        assert title and set(title) == {"号"} and pages == PDF

    def test_the_same_reference_again_comes_out_once(self, printer: Printer, again: Printer, out: Out) -> None:
        if not printer.deduplicates:
            return
        names = {each.print(PrintJob("a", "x", PDF)) for each in (printer, again, printer)}
        assert len(names) == 1 and out() == [("x", PDF)]

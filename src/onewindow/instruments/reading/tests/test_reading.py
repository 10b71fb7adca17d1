"""Whatever is handed in: what can be read is read, what cannot is told why."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from onewindow.instruments import reading
from onewindow.instruments.reading import REASONS
from onewindow.instruments.reading.tests.handed import MB, encrypted_pdf, jpeg, pdf, png_header, read, why, written


def test_a_photo_is_upright_small_and_says_nothing_of_the_phone() -> None:
    found = read(jpeg(4032, 3024, orientation=6), "申请书.exe")
    assert (found.kind, len(found.pages)) == ("jpeg", 1)
    page = found.pages[0]
    assert (page.width, page.height) == (3024, 4032)
    shown = Image.open(io.BytesIO(page.picture))
    assert shown.format == "JPEG" and shown.size == (1500, 2000)
    assert not shown.getexif() and b"a phone" not in page.picture
    red, _, blue = shown.getpixel((750, 20))  # the left edge of the photo is the upper edge of the page
    assert red > 200 and blue < 80


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_every_kind_of_png_is_read(mode: str) -> None:
    found = read(written(Image.new(mode, (30, 20)), "PNG"))
    assert (found.kind, found.pages[0].width, found.pages[0].height) == ("png", 30, 20)


def test_webp_and_cmyk_are_read() -> None:
    assert read(written(Image.new("RGBA", (30, 20)), "WEBP")).kind == "webp"
    assert read(written(Image.new("CMYK", (30, 20)), "JPEG")).kind == "jpeg"


def test_what_is_transparent_is_white() -> None:
    shown = Image.open(io.BytesIO(read(written(Image.new("RGBA", (30, 20), (0, 0, 0, 0)), "PNG")).pages[0].picture))
    assert min(shown.getpixel((5, 5))) > 250


def test_a_pdf_is_split_into_its_pages() -> None:
    found = read(pdf(3), "材料.jpg")
    assert (found.kind, len(found.pages)) == ("pdf", 3)
    assert {(page.width, page.height) for page in found.pages} == {(595, 842)}
    assert Image.open(io.BytesIO(found.pages[0].picture)).size[1] == 2000


def test_two_hundred_pages_are_read_and_one_more_is_not() -> None:
    assert len(read(pdf(200)).pages) == 200
    assert why(pdf(201)) == "too-many-pages"


def test_nothing_and_too_much() -> None:
    assert why(b"") == "empty"
    assert why(jpeg() + bytes(20 * MB)) == "too-large"


@pytest.mark.parametrize("head", [b"MZ\x90\0", b"\x7fELF\x02\x01", b"#!/bin/sh\n", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"])
def test_a_renamed_program_is_a_program(head: bytes) -> None:
    assert why(head + bytes(2000), "身份证.jpg") == "executable"
    assert why(head + b"%PDF-1.4" + bytes(2000), "身份证.pdf") == "executable"


@pytest.mark.parametrize("data", [b"PK\x03\x04" + bytes(99), b"<html><script>alert(1)</script>", b"GIF89a" + bytes(99), b"<svg/>", b"x", b"\0" * 5000])
def test_what_is_not_known_is_not_taken(data: bytes) -> None:
    assert why(data) == "unknown"


def test_an_iphone_s_own_photos_are_told_what_to_do() -> None:
    assert why(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic") == "heic"


@pytest.mark.parametrize("size", [(100_000, 10), (10, 100_000), (8_000, 8_000), (2**31 - 1, 2**31 - 1)])
def test_too_many_pixels_are_refused_before_they_are_drawn(size: tuple[int, int]) -> None:
    assert why(png_header(*size)) in {"too-many-pixels", "damaged" if size[0] > 2**30 else ""}


def test_sixty_million_pixels_are_read_within_the_bounds() -> None:
    assert read(written(Image.new("RGB", (7_740, 7_740)), "PNG")).pages[0].width == 7_740


def test_an_encrypted_pdf_is_told_so() -> None:
    assert why(encrypted_pdf()) == "encrypted"


def test_what_is_cut_off_is_damaged() -> None:
    whole = jpeg(2000, 1500)
    assert why(whole[: len(whole) // 2]) == "damaged"
    assert why(png_header(100, 100)) == "damaged"
    assert why(b"%PDF-1.7\nnothing of the kind") == "damaged"
    assert why(b"\xff\xd8\xff") == "damaged"


def test_a_picture_is_turned_clockwise() -> None:
    page = read(jpeg(400, 300)).pages[0]
    assert reading.turned(page.picture, 0) == page.picture
    shown = Image.open(io.BytesIO(reading.turned(page.picture, 90)))
    assert shown.size == (300, 400)
    red, _, blue = shown.getpixel((150, 5))  # the left edge is now above
    assert red > 200 and blue < 80


def test_every_reason_speaks_twice() -> None:
    assert all(reason.zh and reason.en and reason.zh[-1] not in "。." for reason in REASONS.values())

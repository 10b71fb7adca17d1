"""Materials as files at the counter: what is taken in, and what is told when it is not."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onewindow.desks.counter.tests.photographed import address, attached, sent
from onewindow.desks.counter.tests.room import Desk
from onewindow.errands.tests.scene import everything, opening, received, seated
from onewindow.instruments.reading.tests.handed import encrypted_pdf, jpeg, pdf, png_header
from onewindow.kernel.keys import uuid7

BAD = {
    "空.jpg": (b"", "0 字节"),
    "程序.jpg": (b"MZ\x90\0" + bytes(3000), "这是一个程序"),
    "病毒.pdf": (b"\x7fELF" + bytes(3000), "这是一个程序"),
    "长图.png": (png_header(100_000, 10), "图片太大"),
    "加密.pdf": (encrypted_pdf(), "有密码"),
    "坏了.jpg": (jpeg(2000, 1500)[:9000], "已损坏"),
    "太厚.pdf": (pdf(201), "最多 200 页"),
    "表格.docx": (b"PK\x03\x04" + bytes(3000), "认不出"),
}


def test_files_are_taken_in_split_and_shown(db: None) -> None:
    with opening():
        clerk, visit = seated()
        case, desk = received(clerk, visit), Desk(clerk, visit)
        code = case.materials.all()[0].code
        answer = sent(desk, case, ("照片.jpg", jpeg()), ("合同.pdf", pdf(3)), material=code)
        assert (answer.status, answer.to) == (303, address(case, f"?material={code}"))
        page = desk.get(answer.to)
        assert "已收下 4 页" in page.text and page.text.count('class="shot"') == 4
        assert "合同.pdf" in page.text and "3/3" in page.text
        assert page.text.count(f"/pages/{attached()[0].uuid}.jpg") >= 1
        file = desk.get(f"/counter/case/{case.uuid}/")
        assert file.text.count('loading="lazy"') == 4 and "接着拍摄、上传" in file.text


def test_only_this_page_may_use_a_camera(db: None) -> None:
    with opening():
        clerk, visit = seated()
        case, desk = received(clerk, visit), Desk(clerk, visit)
        assert "camera=(self)" in desk.client.get(address(case)).headers["Permissions-Policy"]
        for other in ("/counter/", f"/counter/case/{case.uuid}/", "/"):
            assert "camera=()" in desk.client.get(other).headers["Permissions-Policy"]
        policy = desk.client.get(address(case)).headers["Content-Security-Policy"]
        assert policy == desk.client.get("/").headers["Content-Security-Policy"] and "blob:" not in policy


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_taken_is_told_and_the_rest_is_kept(db: None, name: str) -> None:
    data, words = BAD[name]
    with opening():
        clerk, visit = seated()
        case, desk = received(clerk, visit), Desk(clerk, visit)
        answer = sent(desk, case, ("好的.jpg", jpeg()), (name, data), ("也好.jpg", jpeg()))
        page = desk.get(answer.to)
        assert f"没有收下“{name}”" in page.text and words in page.text and "其他材料都已保留" in page.text
        assert "已收下 2 页" in page.text and len(attached()) == 2


def test_a_file_too_large_is_told_and_the_rest_is_kept(db: None, settings: Any) -> None:
    settings.UPLOAD_FILE_MB, settings.UPLOAD_REQUEST_MB = 1, 3
    with opening():
        clerk, visit = seated()
        case, desk = received(clerk, visit), Desk(clerk, visit)
        page = desk.get(sent(desk, case, ("好的.jpg", jpeg()), ("大的.jpg", jpeg() + bytes(1_100_000))).to)
        assert "没有收下“大的.jpg”：文件太大，一份最多 1 MB" in page.text and len(attached()) == 1


def test_a_form_too_large_is_turned_away_before_it_is_read(db: None, settings: Any) -> None:
    settings.UPLOAD_FILE_MB, settings.UPLOAD_REQUEST_MB = 1, 2
    with opening():
        clerk, visit = seated()
        case, desk = received(clerk, visit), Desk(clerk, visit)
        before = everything()
        answer = sent(desk, case, ("大的.jpg", bytes(2_200_000)))
        assert (answer.status, answer.refusal) == (303, "upload-too-large")
        assert "一次最多 2 MB" in desk.get(answer.to).text
        assert everything() == before


def test_forms_without_files_take_less(db: None) -> None:
    """Nobody fills the memory through another form."""
    with opening():
        clerk, visit = seated()
        desk = Desk(clerk, visit)
        answer = desk.post("/counter/recall/", {"file": SimpleUploadedFile("a", bytes(3_200_000))})
        assert (answer.status, answer.refusal) == (303, "upload-too-large")
        assert Client().post("/signin/", {"file": SimpleUploadedFile("a", bytes(3_200_000))}).status_code == 413


def test_files_lie_in_memory_and_never_on_the_disk(db: None, settings: Any, tmp_path: Any) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "missing")  # a temporary file would have nowhere to go
    with opening():
        clerk, visit = seated()
        case, desk = received(clerk, visit), Desk(clerk, visit)
        assert sent(desk, case, ("大.jpg", jpeg() + bytes(5_000_000))).status == 303
        assert len(attached()) == 1


def test_nothing_chosen_and_a_material_that_is_none(db: None) -> None:
    with opening():
        clerk, visit = seated()
        case, desk = received(clerk, visit), Desk(clerk, visit)
        assert desk.post(address(case, "attach/"), {"once": str(uuid7())}, back=address(case)).refusal == "invalid-input"
        assert sent(desk, case, ("a.jpg", jpeg()), material="no-such").refusal == "invalid-input"
        assert desk.post(address(case, "attach/"), {"file": SimpleUploadedFile("a", jpeg())}, back=address(case)).refusal == "conflict"
        assert attached() == []

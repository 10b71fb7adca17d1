"""Files as they arrive: in memory only, never on the disk, and no more of them than is taken.

What is handed in is personal and lies on the disk sealed or not at all. So there is no temporary file, and a request that
announces too much is answered before its body is read.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse

from onewindow.config.failures import refused
from onewindow.kernel.errors import UploadTooLarge

MB = 1024 * 1024


class InMemory(FileUploadHandler):
    """Keeps one file in memory; of one that grows too large nothing but its size."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.buffer, self.size = io.BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size > settings.UPLOAD_FILE_MB * MB:
            self.buffer = io.BytesIO()
        else:
            self.buffer.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.buffer.seek(0)
        return InMemoryUploadedFile(
            self.buffer, self.field_name, self.file_name or "", self.content_type, self.size, self.charset, self.content_type_extra
        )


class Uploads:
    """Turns away a form that announces more than its view takes, before anything of it is read.

    Stands before the check of the form's token, which reads the whole form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.content_type != "multipart/form-data":  # any other form is bounded by Django itself
            return None
        most = settings.UPLOAD_REQUEST_MB if getattr(view, "takes_files", False) else settings.UPLOAD_FORM_MB
        try:
            announced = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            announced = 0
        return refused(request, UploadTooLarge(limit=most)) if announced > most * MB else None

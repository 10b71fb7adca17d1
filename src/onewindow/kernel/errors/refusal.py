"""What every refusal is: a sentence in the reader's language, a code, a status."""

from __future__ import annotations

from typing import ClassVar

from onewindow.kernel.words import Words


class Refusal(Exception):
    """An expected no.

    `code` is stable and machine-readable; `zh` and `en` are format templates over the keyword
    details given to the constructor (a detail may be `Words`, read in the reader's language); `status`
    is the HTTP status a desk or the API answers with.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    zh: ClassVar[str] = "未能办理。您已填写的内容没有丢失，请核对后重试。"
    en: ClassVar[str] = "This could not be done. Nothing you entered was lost; please check and try again."

    def __init__(self, **details: object) -> None:
        words = {name: value for name, value in details.items() if isinstance(value, Words)}
        self.details = details | {name: value.zh for name, value in words.items()}
        self._english = {name: value.en for name, value in words.items()}
        super().__init__(self.message("en"))

    def message(self, language: str = "zh-hans") -> str:
        """The sentence for the reader; any language that is not English reads Chinese."""
        if language.lower().startswith("en"):
            return self.en.format_map(_Details(self.details | self._english))
        return self.zh.format_map(_Details(self.details))


class _Details(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return f"«{key}»"

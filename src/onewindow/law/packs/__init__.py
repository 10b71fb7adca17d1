"""Which rules govern an item: the licensing law governs permits only, everything else its own law.

A pack says what the law itself does (does silence accept?) and in which words a document must speak. A special law wins over a
pack (特别法优于一般法): an item names the article by which it departs (`departing`). Pure.
"""

from __future__ import annotations

from dataclasses import replace

from onewindow.kernel.words import Words
from onewindow.law.packs.acts import BENEFITS, CONFIRMATIONS, FILINGS, OTHERS
from onewindow.law.packs.permits import PERMITS
from onewindow.law.packs.shape import Pack, Silence

# GB/T 39046 A.1. What is none of these (公共服务 too) speaks as `OTHERS`.
PERMIT = "01"  # 行政许可
_OF_TYPE = {PERMIT: PERMITS, "05": BENEFITS, "07": CONFIRMATIONS}
_OTHER_CATEGORIES, _FILING = "10", "备案"  # filings have no type of their own; the national catalogue calls them so by name

__all__ = ["BENEFITS", "CONFIRMATIONS", "FILINGS", "OTHERS", "PERMIT", "PERMITS", "Pack", "Silence", "departing", "of_law", "pack_of"]


def pack_of(item_type: str, name: str) -> Pack:
    """The pack of an item by its type (GB/T 39046 A.1); of the other categories (其他类别事项), those called 备案 are filings."""
    if item_type == _OTHER_CATEGORIES and _FILING in name:
        return FILINGS
    return _OF_TYPE.get(item_type, OTHERS)


def departing(pack: Pack, *, silence: tuple[str, str]) -> Pack:
    """The pack of an item whose own law lets silence accept; `silence` is (law, article), the law a file stem or a name."""
    law, article = silence
    basis = Words(f"《{_name(law)}》{article}", f"《{_name(law)}》 {article}")
    return replace(pack, silence=Silence(basis, Words("视为受理", "the application counts as accepted")))


def of_law(words: Words, law: str) -> Words:
    """The pack's sentence with the item's own law named, as 《…》; `law` is a file stem such as ``居住证暂行条例(2015-11-26)``."""
    return Words(words.zh.replace("{law}", f"《{_name(law)}》"), words.en.replace("{law}", f"《{_name(law)}》"))


def _name(law: str) -> str:
    return law.partition("(")[0]

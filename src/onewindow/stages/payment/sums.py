"""Pure: sums in fen and yuan and in capital words, payment codes, numbers of receipts.

The make of code and number is invented (demo): the Ministry of Finance's own composition was not at hand.
"""

from __future__ import annotations

import re
from datetime import date

from onewindow.kernel.crypto import sm3


def fen(text: str) -> int:
    """20.00 (yuan, two decimals) in fen. Raises `ValueError` for anything else."""
    found = re.fullmatch(r"(0|[1-9]\d{0,11})\.(\d{2})", text)
    if found is None:
        raise ValueError("a sum is yuan with two decimals")
    return int(found[1]) * 100 + int(found[2])


def yuan(sum_in_fen: int) -> str:
    """2000 fen as 20.00."""
    sign, rest = ("-" if sum_in_fen < 0 else ""), abs(sum_in_fen)
    return f"{sign}{rest // 100}.{rest % 100:02d}"


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def in_words(sum_in_fen: int) -> str:
    """A sum in capital words as receipts write it (大写金额): 2005 is 人民币贰拾元零伍分. Below 10^12 yuan. Raises `ValueError` otherwise."""
    whole, rest = divmod(sum_in_fen, 100)
    if sum_in_fen < 0 or whole >= 10**12:
        raise ValueError("a receipt is for a sum between nothing and 10^12 yuan")
    jiao, cents = divmod(rest, 10)
    words = f"{_integer(whole)}元" if whole or not rest else ""
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif cents and whole:
        words += "零"
    words += f"{_DIGITS[cents]}分" if cents else "整"
    return f"人民币{words}"


def _integer(n: int) -> str:
    """A whole number in capital digits; one 零 for each run of noughts between digits, none at the end."""
    if n == 0:
        return "零"
    words, gap = "", False
    for group in range(2, -1, -1):
        part = n // 10_000**group % 10_000
        for place in range(3, -1, -1):
            digit = part // 10**place % 10
            if digit == 0:
                gap = bool(words)
                continue
            words += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        if part:
            words += _GROUPS[group]
    return words


# --- codes ------------------------------------------------------------------------------------------


def payment_code(*, region: str, year: int, serial: int) -> str:
    """Twenty digits: region (6), year (2), serial (11), check digit of ISO 7064 MOD 11,10. demo: an invented make."""
    body = f"{region:0>6.6}{year % 100:02d}{serial:011d}"
    if not re.fullmatch("[0-9]{19}", body):
        raise ValueError("a payment code is of digits")
    return body + _check(body)


def is_payment_code(code: str) -> bool:
    """Whether a code is whole: twenty digits of which the last checks the others."""
    return re.fullmatch("[0-9]{20}", code) is not None and _check(code[:19]) == code[19]


def _check(digits: str) -> str:
    left = 10
    for digit in digits:
        left = (left + int(digit)) % 10 or 10
        left = left * 2 % 11
    return str((11 - left) % 10)


def grouped_code(code: str) -> str:
    return " ".join(code[place : place + 4] for place in range(0, len(code), 4))


def receipt_number(*, region: str, year: int, serial: int) -> str:
    """Eighteen digits: the receipts' code (8) and the number (10). demo: an invented make."""
    return f"{region[:2]}0000{year % 100:02d}{serial:010d}"


def receipt_check(number: str, amount: int, day: date) -> str:
    """Six digits that tell a receipt somebody typed wrongly from one that was issued. demo."""
    return f"{int.from_bytes(sm3(f'{number}/{amount}/{day.isoformat()}'.encode())[:4], 'big') % 1_000_000:06d}"

"""The four check characters, and what each of them cannot see (tests prove both halves).

All take the text without its check character and give that character. Callers have verified the alphabet.
"""

from __future__ import annotations

from onewindow.kernel.identifiers.text import ALPHANUMERICS, CREDIT_ALPHABET, DIGITS

RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
CREDIT_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))


def resident_check(body: str) -> str:
    """GB 11643-1999 (ISO 7064 MOD 11-2) over 17 digits: one of 0–9 or X.

    Sees every single wrong digit and every swap of two neighbours (neighbouring weights differ modulo 11).
    Does not see two digits swapped that stand ten places apart (the weights repeat), nor some double errors.
    """
    total = sum(int(digit) * weight for digit, weight in zip(body, RESIDENT_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def organisation_check(body: str) -> str:
    """GB 11714-1997 over 8 characters (A=10 … Z=35): one of 0–9 or X.

    Does not see a character replaced by one whose value differs by 11, 22 or 33 (1↔C, 0↔B↔M↔X, …): 36 values
    meet only 11 remainders. The credit code's own check (MOD 31) sees those again.
    """
    total = sum(ALPHANUMERICS.index(c) * weight for c, weight in zip(body, ORGANISATION_WEIGHTS, strict=True))
    return (DIGITS + "X")[-total % 11]


def credit_check(body: str) -> str:
    """GB 32100-2015 (MOD 31, weights 3^i) over 17 characters of the credit alphabet.

    Sees every single wrong character and every swap of two, wherever they stand, with one exception:
    positions 1 and 18 carry the same weight, so swapping those two passes this check.
    """
    total = sum(CREDIT_ALPHABET.index(c) * weight for c, weight in zip(body, CREDIT_WEIGHTS, strict=True))
    return CREDIT_ALPHABET[-total % 31]


def licence_check(body: str) -> str:
    """ISO 7064 MOD 37,36 over digits and capitals of any length; GB/T 36904 uses it without the dots.

    Sees every single wrong character and all swaps of two neighbours but one in 630: neighbours in the
    alphabet (0↔1, 7↔8, H↔I, 0↔Z, …) swapped where the running product happens to be just one value.
    """
    product = 36
    for character in body:
        total = (product + ALPHANUMERICS.index(character)) % 36 or 36
        product = total * 2 % 37
    return ALPHANUMERICS[(37 - product) % 36]

"""Vietnamese text: one form to store, one to search."""

from __future__ import annotations

import unicodedata
from typing import Final

# Old fonts wrote the Icelandic eth for Đ; people still paste it.
_STROKES: Final = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})


def nfc(text: str) -> str:
    """The form we store: composed, as most keyboards write it."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The form we search: without diacritics (đ too), case and doubled blanks.

    >>> fold("  Phường  ĐÔNG Đa ")
    'phuong dong da'
    """
    bare = unicodedata.normalize("NFD", text.translate(_STROKES))
    letters = "".join(each for each in bare if not unicodedata.combining(each))
    return " ".join(letters.casefold().split())

"""File names as people give them: composed letters, no path, nothing that confuses a screen."""

from __future__ import annotations

import unicodedata
from typing import Final

from engine.errors import Fault, InvalidInput

MAX_NAME: Final = 255
# Direction marks let "fdp.exe" look like "exe.pdf".
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def clean_name(raw: str) -> str:
    """The last part of a path in form C, without control and direction characters."""
    last = raw.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(each for each in last if unicodedata.category(each) not in _HIDDEN)
    name = " ".join(unicodedata.normalize("NFC", kept).split())
    if not name or name in {".", ".."} or len(name) > MAX_NAME:
        sentence = f"Give the file a name of 1 to {MAX_NAME} characters."
        fault = Fault(
            pointer="/fileName",
            code="file-name",
            sentence=sentence,
            sentence_vi=f"Đặt tên tệp từ 1 đến {MAX_NAME} ký tự.",
        )
        raise InvalidInput(sentence, [fault], code="file-name")
    return name

"""Bodies: exact numbers, NFC, limits; what cannot be kept is refused with a code."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest

from api.body import MAX_DEPTH, parse
from engine.errors import InvalidInput

NFD = unicodedata.normalize("NFD", "Nguyễn Thị Đào")


def _code(data: bytes) -> str:
    with pytest.raises(InvalidInput) as caught:
        parse(data)
    return caught.value.faults[0].code


def test_numbers_keep_their_digits() -> None:
    """A fraction becomes a decimal, whatever its length."""
    found = parse(
        b'{"fee": 1.10, "long": 0.12345678901234567890123, "whole": 12345678901234567890}'
    )

    assert str(found["fee"]) == "1.10"
    assert found["long"] == Decimal("0.12345678901234567890123")
    assert found["whole"] == 12345678901234567890


def test_names_and_values_become_nfc() -> None:
    found = parse(f'{{"{NFD}": ["{NFD}"]}}'.encode())

    assert found == {"Nguyễn Thị Đào": ["Nguyễn Thị Đào"]}


def test_escaped_text_becomes_nfc_too() -> None:
    assert parse(b'{"a": "e\\u0301"}') == {"a": "é"}


def test_a_variable_called_typename_is_a_name_like_others() -> None:
    assert parse(b'{"typename": "x", "__proto__": 1}') == {"typename": "x", "__proto__": 1}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "json-syntax"),
        (b'{"a": 1,}', "json-syntax"),
        (b"\xff\xfe", "json-encoding"),
        (b'{"a": NaN}', "json-number"),
        (b'{"a": -Infinity}', "json-number"),
        (b'{"a": 1e999999999}', "json-number"),
        (b'{"a": 1e-999999999}', "json-number"),
        (b'{"a": 0e-99999999}', "json-number"),
        (b'{"a": 1e9999999999999999999999}', "json-number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "json-number"),
        (b'{"a": "\\u0000"}', "json-text"),
        (b'{"a": "\\ud800"}', "json-text"),
        (b'{"\\ud800": 1}', "json-text"),
        ('{"\u00e9": 1, "e\u0301": 2}'.encode(), "json-names"),
        (b"[" * 100_000 + b"]" * 100_000, "json-depth"),
        (b'{"a":' * (MAX_DEPTH + 1) + b"1" + b"}" * (MAX_DEPTH + 1), "json-depth"),
    ],
)
def test_what_cannot_be_kept_is_refused(data: bytes, code: str) -> None:
    """No parser error, no 500: a code and a sentence."""
    assert _code(data) == code


def test_the_deepest_allowed_body_passes() -> None:
    assert parse(b'{"a":' * MAX_DEPTH + b"1" + b"}" * MAX_DEPTH)

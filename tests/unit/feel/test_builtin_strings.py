"""Functions on texts."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('substring("phường", 3)', '"ường"'),
        ('substring("phường", 3, 2)', '"ườ"'),
        ('substring("phường", -2)', '"ng"'),
        ('substring("phường", -4, 2)', '"ườ"'),
        ('substring("abc", 2, 9)', '"bc"'),
        ('substring("abc", 0)', "null"),
        ('substring("abc", 4)', "null"),
        ('substring("abc", 1, 0)', "null"),
        ('substring(string: "abc", start position: 2)', '"bc"'),
        ('string length("Đặng 🚢")', "6"),
        ('upper case("Đường số 1")', '"ĐƯỜNG SỐ 1"'),
        ('lower case("ĐƯỜNG")', '"đường"'),
        ('substring before("a-b-c", "-")', '"a"'),
        ('substring before("abc", "x")', '""'),
        ('substring before("abc", "")', '""'),
        ('substring after("a-b-c", "-")', '"b-c"'),
        ('substring after("abc", "x")', '""'),
        ('substring after("abc", "")', '"abc"'),
        ('contains("hồ sơ", "sơ")', "true"),
        ('starts with("hồ sơ", "hồ")', "true"),
        ('ends with("hồ sơ", "hồ")', "false"),
        ('split("a;b;;c", ";")', '["a", "b", "", "c"]'),
        ('split("a1b22c", "\\d+")', '["a", "b", "c"]'),
        ('split("abc", "")', "null"),
        ('string join(["a", null, "b"], ", ")', '"a, b"'),
        ('string join(["a", "b"])', '"ab"'),
        ('string join(["a", "b"], ", ", "<", ">")', '"<a, b>"'),
        ("string join([])", '""'),
        ('string join(["a", 1])', "null"),
        ('replace("Nguyễn Văn An", "\\p{Lu}", "*")', '"*guyễn *ăn *n"'),
        ('replace("2026-03-02", "(\\d+)-(\\d+)-(\\d+)", "$3/$2/$1")', '"02/03/2026"'),
        ('replace("abc", "b", "[$0]")', '"a[b]c"'),
        ('replace("abc", "b", "\\\\$")', '"a$c"'),
        ('replace("abc", "(b)", "$12")', '"ab2c"'),
        ('replace("abc", "(x)?b", "[$1]")', '"a[]c"'),
        ('replace("abc", "b", "$x")', "null"),
        ('replace("abc", "b", "\\\\x")', "null"),
        ('replace("abc", "x*", "y")', "null"),
        ('replace("a.c", ".", "-", "q")', '"a-c"'),
        ('replace("ABC", "b", "-", "i")', '"A-C"'),
        ('matches("0912345678", "^0\\d{9}$")', "true"),
        ('matches("a", "a", "z")', "null"),
        ('matches("a", "(")', "null"),
        ('contains("abc", null)', "null"),
        ('contains(["abc"], "b")', "true"),
        ('trim("  a b ")', '"a b"'),
        ('is blank(" ")', "true"),
        ('is blank("a")', "false"),
        ('extract("tel 123, 456", "\\d+")', '["123", "456"]'),
        ('to base64("đ")', '"xJE="'),
    ],
)
def test_functions_on_texts(literal_of, text, value):
    assert literal_of(text) == value

"""What the parser says of a wrong text, in English and Vietnamese.

A purpose is written in English where it is used and found here in Vietnamese;
a test holds the table complete.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.feel.errors import Words

PURPOSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "after 'function'": "sau 'function'",
        "after an entry of the context": "sau một mục của ngữ cảnh",
        "after the condition of 'if'": "sau điều kiện của 'if'",
        "after the entry's name": "sau tên mục",
        "after the key of the context": "sau khóa của ngữ cảnh",
        "after the lists of 'for'": "sau các danh sách của 'for'",
        "after the lists of 'some' or 'every'": "sau các danh sách của 'some' hoặc 'every'",
        "after the parameter's name": "sau tên tham số",
        "after the value of 'then' (FEEL always needs an else)": "sau giá trị của 'then'"
        " (FEEL luôn cần 'else')",
        "after the variable": "sau tên biến",
        "and the result type after the parameter types of the function": "và kiểu kết quả"
        " sau các kiểu tham số của hàm",
        "and the upper end after 'between'": "và cận trên sau 'between'",
        "between the ends of the range": "giữa hai đầu của khoảng",
        "of a parameter": "của tham số",
        "of a variable, then 'in' and a list": "của biến, rồi 'in' và một danh sách",
        "of an entry of the context type": "của một mục trong kiểu ngữ cảnh",
        "or ',' after a parameter": "hoặc ',' sau một tham số",
        "or ',' after a test of 'in'": "hoặc ',' sau một phép thử của 'in'",
        "or ',' after an argument": "hoặc ',' sau một đối số",
        "or ',' after an entry of the context": "hoặc ',' sau một mục của ngữ cảnh",
        "or ',' after an item of the list": "hoặc ',' sau một phần tử của danh sách",
        "to close 'not('": "để đóng 'not('",
        "to close the filter": "để đóng bộ lọc",
        "to close the parenthesis": "để đóng ngoặc tròn",
        "to close the type's parameters": "để đóng tham số của kiểu",
        "(or a text in double quotes) as key of the context": "(hoặc chuỗi trong ngoặc kép)"
        " làm khóa của ngữ cảnh",
    }
)
WANTED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "a name that is no keyword": "một tên không phải từ khóa",
        "a name after '.'": "một tên sau '.'",
        "the name of a type": "tên của một kiểu",
        "a value (a name, number, text, list or function)": "một giá trị"
        " (tên, số, chuỗi, danh sách hoặc hàm)",
        "a text in double quotes after '@'": "một chuỗi trong ngoặc kép sau '@'",
        "']' or ')' after the end of the range": "']' hoặc ')' sau đầu cuối của khoảng",
        "an operator or the end of the expression": "một phép toán hoặc hết biểu thức",
        "the end of the type": "hết phần ghi kiểu",
    }
)
_HINTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "&": ("write 'and' for a conjunction", "viết 'and' cho phép và"),
        "|": ("write 'or' for a disjunction", "viết 'or' cho phép hoặc"),
        "!": (
            "write 'not(...)' for a negation, '!=' for unequal",
            "viết 'not(...)' để phủ định, '!=' cho khác nhau",
        ),
        "%": ("write 'modulo(a, b)' for a remainder", "viết 'modulo(a, b)' cho phép chia dư"),
        "^": ("write '**' for a power", "viết '**' cho lũy thừa"),
        "$": ("write the plain name of the variable", "viết thẳng tên biến"),
    }
)

EMPTY_EXPRESSION = Words(
    "The expression is empty; write a value.", "Biểu thức trống; hãy viết một giá trị."
)
EMPTY_CELL = Words(
    "The cell is empty; write '-' for any value.", "Ô trống; viết '-' cho mọi giá trị."
)
NUMBER_TOO_LARGE = Words(
    "This number is larger than FEEL can hold (34 digits, exponent 6144).",
    "Số này lớn hơn mức FEEL giữ được (34 chữ số, số mũ 6144).",
)
SINGLE_QUOTES = Words(
    "FEEL texts stand between double quotes, not single ones.",
    "Chuỗi FEEL nằm trong ngoặc kép, không phải ngoặc đơn.",
)
DOUBLE_EQUALS = Words("FEEL compares with a single '='.", "FEEL so sánh bằng một dấu '='.")
NO_TEMPORAL = Words(
    "This is no date, time or duration; write for example"
    ' @"2026-01-31", @"2026-01-31T08:00:00", @"08:00:00", @"P3D" or @"P1Y2M".',
    "Đây không phải ngày, giờ hay khoảng thời gian; ví dụ hãy viết"
    ' @"2026-01-31", @"2026-01-31T08:00:00", @"08:00:00", @"P3D" hoặc @"P1Y2M".',
)
EXTERNAL = Words(
    "External functions (Java, PMML) are refused; write the function in FEEL.",
    "Hàm ngoài (Java, PMML) bị từ chối; hãy viết hàm bằng FEEL.",
)
_OPEN_TEXT = Words(
    'This text is not closed; put a double quote (") at its end.',
    'Chuỗi này chưa đóng; đặt ngoặc kép (") ở cuối.',
)
_OPEN_COMMENT = Words(
    "This comment is not closed; put */ at its end.",
    "Chú thích này chưa đóng; đặt */ ở cuối.",
)
_TYPOGRAPHIC = Words(
    'FEEL texts stand between straight double quotes ("), not typographic ones.',
    'Chuỗi FEEL nằm trong ngoặc kép thẳng ("), không phải ngoặc kép kiểu in.',
)


def wanted(what: str) -> Words:
    """One of the things that may be expected at a place."""
    return Words(f"expected {what}", f"cần {WANTED.get(what, what)}")


def sign(text: str, purpose: str) -> Words:
    """A sign or keyword is missing."""
    return Words(f"expected '{text}' {purpose}", f"cần '{text}' {_purpose(purpose)}")


def name(purpose: str, *, keyword: bool = False) -> Words:
    """A name is missing, or a word of the language stands where it should be."""
    if keyword:
        return Words(
            f"expected a name {purpose} (no word of the language)",
            f"cần một tên {_purpose(purpose)} (không phải từ khóa)",
        )
    return Words(f"expected a name {purpose}", f"cần một tên {_purpose(purpose)}")


def key_twice(key: str) -> Words:
    """A context has one key two times."""
    return Words(
        f"expected each key once, {key!r} stands twice",
        f"cần mỗi khóa một lần, {key!r} xuất hiện hai lần",
    )


def character(text: str, position: int) -> Words:
    """What is wrong with a character that begins no token."""
    found = text[position]
    if found == '"':
        return _OPEN_TEXT
    if text.startswith("/*", position):
        return _OPEN_COMMENT
    if found in "“”„«»‘’":  # the quotes that word processors write
        return _TYPOGRAPHIC
    hint, hint_vi = _HINTS.get(found, ("remove it", "hãy xóa nó"))
    return Words(
        f"The character {found!r} is no part of FEEL; {hint}.",
        f"Ký tự {found!r} không thuộc FEEL; {hint_vi}.",
    )


def _purpose(purpose: str) -> str:
    return PURPOSES.get(purpose, purpose)

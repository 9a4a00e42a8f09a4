"""Which characters a class, a category or an escape stands for."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable

from engine.feel.errors import NoValue
from engine.feel.regex.blocks import BLOCKS

Predicate = Callable[[str], bool]

# General categories by first letter and second letters.
_LETTERS = {
    "L": "ultmo",
    "M": "nce",
    "N": "dlo",
    "P": "cdseifo",
    "Z": "slp",
    "S": "mcko",
    "C": "cfon",
}
_CATEGORIES = {first + second for first, more in _LETTERS.items() for second in ("", *more)}


def in_category(name: str) -> Predicate:
    """Characters of a Unicode general category, ``L`` or ``Lu``."""
    return lambda char: unicodedata.category(char).startswith(name)


def _is_space(char: str) -> bool:
    return char in " \t\n\r"


def _is_digit(char: str) -> bool:
    return unicodedata.category(char) == "Nd"


def _is_word(char: str) -> bool:
    return unicodedata.category(char)[0] not in "PZC"


def _starts_name(char: str) -> bool:
    return (
        char in ":_" or unicodedata.category(char)[0] == "L" or unicodedata.category(char) == "Nl"
    )


def _in_name(char: str) -> bool:
    return _starts_name(char) or char in "-.·" or unicodedata.category(char) in ("Nd", "Mn", "Mc")


_ESCAPES: dict[str, Predicate] = {
    "s": _is_space,
    "d": _is_digit,
    "w": _is_word,
    "i": _starts_name,
    "c": _in_name,
}


def escape_class(letter: str) -> Predicate | None:
    """Predicate of ``\\d`` and its like, upper case for the opposite."""
    found = _ESCAPES.get(letter.lower())
    if found is None or letter.islower():
        return found
    return negated(found)


def property_class(name: str, opposite: bool) -> Predicate:
    """Predicate of ``\\p{Lu}`` or ``\\p{IsGreek}``."""
    if name in _CATEGORIES:
        found = in_category(name)
    elif name.startswith("Is") and name[2:] in BLOCKS:
        low, high = BLOCKS[name[2:]]
        found = in_ranges([(low, high)])
    else:
        raise NoValue("the regular expression names an unknown class of characters", "regex")
    return negated(found) if opposite else found


def in_ranges(ranges: list[tuple[int, int]]) -> Predicate:
    """Characters whose code lies in one of the ranges."""
    ordered = sorted(ranges)
    starts = [low for low, _ in ordered]
    highest: list[int] = []
    for _, high in ordered:
        highest.append(max(high, highest[-1]) if highest else high)

    def test(char: str) -> bool:
        code = ord(char)
        index = bisect_right(starts, code)
        return index > 0 and code <= highest[index - 1]

    return test


def negated(predicate: Predicate) -> Predicate:
    """All other characters."""
    return lambda char: not predicate(char)


def any_of(predicates: list[Predicate]) -> Predicate:
    """Characters of any of the classes."""
    if len(predicates) == 1:
        return predicates[0]
    return lambda char: any(predicate(char) for predicate in predicates)


def without(base: Predicate, taken: Predicate) -> Predicate:
    """Characters of one class that are not in the other."""
    return lambda char: base(char) and not taken(char)


def ignoring_case(predicate: Predicate) -> Predicate:
    """The class grown by the other case of its characters."""
    return lambda char: any(map(predicate, case_variants(char)))


def case_variants(char: str) -> set[str]:
    """The character in every case that is a single character."""
    variants = {char, char.lower(), char.upper(), char.upper().lower(), char.lower().upper()}
    return {variant for variant in variants if len(variant) == 1}


def remembered(predicate: Predicate) -> Predicate:
    """The same class with the answers of a few hundred characters kept."""
    answers: dict[str, bool] = {}

    def test(char: str) -> bool:
        answer = answers.get(char)
        if answer is None:
            answer = predicate(char)
            if len(answers) < 512:
                answers[char] = answer
        return answer

    return test

"""Functions on texts."""

from __future__ import annotations

from decimal import Decimal

from engine.feel.builtins.registry import builtin
from engine.feel.decimals import to_int
from engine.feel.errors import NoValue
from engine.feel.evaluation import Evaluation
from engine.feel.regex import Match, compile_regex


@builtin("substring(string: string, start position: number, length: number?)")
def substring(string: str, start: Decimal, length: Decimal | None = None) -> str:
    """Part of a text; positions count from 1, negative ones from the end."""
    first = to_int(start)
    if first == 0 or abs(first) > len(string):
        raise NoValue(f"substring: a text of {len(string)} characters has no position {first}")
    begin = first - 1 if first > 0 else len(string) + first
    if length is None:
        return string[begin:]
    if to_int(length) < 1:
        raise NoValue("substring: the length must be at least 1")
    return string[begin : begin + to_int(length)]


@builtin("string length(string: string)")
def string_length(string: str) -> Decimal:
    """Number of characters (code points)."""
    return Decimal(len(string))


@builtin("upper case(string: string)")
def upper_case(string: str) -> str:
    """The text in capitals."""
    return string.upper()


@builtin("lower case(string: string)")
def lower_case(string: str) -> str:
    """The text in small letters."""
    return string.lower()


@builtin("substring before(string: string, match: string)")
def substring_before(string: str, match: str) -> str:
    """What stands before the first occurrence; empty when there is none."""
    return string.partition(match)[0] if match and match in string else ""


@builtin("substring after(string: string, match: string)")
def substring_after(string: str, match: str) -> str:
    """What stands behind the first occurrence; empty when there is none."""
    return string.partition(match)[2] if match else string


@builtin("contains(string: string, match: string)")
def contains(string: str, match: str) -> bool:
    """Whether the text occurs in the other."""
    return match in string


@builtin("starts with(string: string, match: string)")
def starts_with(string: str, match: str) -> bool:
    """Whether the text begins with the other."""
    return string.startswith(match)


@builtin("ends with(string: string, match: string)")
def ends_with(string: str, match: str) -> bool:
    """Whether the text ends with the other."""
    return string.endswith(match)


@builtin("matches(input: string, pattern: string, flags: string?)", wants_evaluation=True)
def matches(run: Evaluation, string: str, pattern: str, flags: str | None) -> bool:
    """Whether the regular expression is found in the text."""
    return compile_regex(pattern, flags or "").search(string, 0, run.spend) is not None


@builtin(
    "replace(input: string, pattern: string, replacement: string, flags: string?)",
    wants_evaluation=True,
)
def replace(run: Evaluation, string: str, pattern: str, replacement: str, flags: str | None) -> str:
    """The text with every match replaced; ``$1`` stands for the first group."""
    regex = compile_regex(pattern, flags or "")
    if regex.search("", 0, run.spend) is not None:
        raise NoValue("replace: the regular expression matches the empty text", "regex")
    literal = "q" in (flags or "")
    pieces = [replacement] if literal else _replacement(replacement, regex.groups)
    result: list[str] = []
    size = last = 0
    for match in regex.matches(string, run.spend):
        new = [piece if isinstance(piece, str) else _group(match, piece) for piece in pieces]
        result += (string[last : match.start], *new)
        size += match.start - last + sum(map(len, new))
        run.lettered(size)
        last = match.end
    return "".join((*result, string[last:]))


def _group(match: Match, number: int) -> str:
    return match.group(number) or ""


def _replacement(text: str, groups: int) -> list[str | int]:
    pieces: list[str | int] = []
    at = 0
    while at < len(text):
        char, after = text[at], text[at + 1 : at + 2]
        if char == "\\":
            if after not in ("\\", "$"):
                raise NoValue(
                    "replace: '\\' in the replacement needs '\\' or '$' behind it", "regex"
                )
            pieces.append(after)
            at += 2
        elif char == "$":
            if not (after.isascii() and after.isdecimal()):
                raise NoValue("replace: '$' in the replacement needs a digit behind it", "regex")
            number, at = int(after), at + 2
            while text[at : at + 1].isascii() and text[at : at + 1].isdecimal():
                longer = number * 10 + int(text[at])
                if longer > groups:
                    break
                number, at = longer, at + 1
            pieces.append(number)
        else:
            pieces.append(char)
            at += 1
    return pieces


@builtin("split(string: string, delimiter: string)", wants_evaluation=True)
def split(run: Evaluation, string: str, delimiter: str) -> list[object]:
    """Parts of a text between matches of a regular expression."""
    regex = compile_regex(delimiter, "")
    if regex.search("", 0, run.spend) is not None:
        raise NoValue("split: the delimiter matches the empty text", "regex")
    parts: list[object] = []
    last = 0
    for match in regex.matches(string, run.spend):
        parts.append(string[last : match.start])
        last = match.end
    parts.append(string[last:])
    return parts


@builtin(
    "string join(list: list of texts or null, delimiter: string?)",
    "string join(list: list of texts or null, delimiter: string+,"
    " prefix: string+, suffix: string+)",
    wants_evaluation=True,
)
def string_join(
    run: Evaluation,
    texts: list[str | None],
    delimiter: str | None,
    prefix: str | None = None,
    suffix: str | None = None,
) -> str:
    """Texts one after the other; nulls are left out."""
    parts = [text for text in texts if text is not None]
    between = delimiter or ""
    run.lettered(sum(map(len, parts)) + len(between) * len(parts))
    return f"{prefix or ''}{between.join(parts)}{suffix or ''}"

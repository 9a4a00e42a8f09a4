"""A pattern read into a tree. Raises ``NoValue`` for what XPath does not allow."""

from __future__ import annotations

from engine.feel.errors import NoValue
from engine.feel.regex.classes import (
    Predicate,
    any_of,
    escape_class,
    in_ranges,
    negated,
    property_class,
    without,
)
from engine.feel.regex.tree import (
    AnyChar,
    BackReference,
    Char,
    Choice,
    Class,
    Edge,
    Group,
    Repeat,
    Sequence,
    Tree,
)

PATTERN_LIMIT = 2000
NESTING_LIMIT = 40
REPEAT_LIMIT = 1000
_QUOTABLE = "\\|.-^?*+{}()[]$"
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}


def wrong(reason: str) -> NoValue:
    """The pattern is no regular expression."""
    return NoValue(f"the regular expression is not valid: {reason}", "regex")


class PatternParser:
    """Reads one pattern; whitespace has been taken out already under flag ``x``."""

    def __init__(self, pattern: str) -> None:
        if len(pattern) > PATTERN_LIMIT:
            raise wrong(f"it has more than {PATTERN_LIMIT} characters")
        self._text = pattern
        self._at = 0
        self._depth = 0
        self.groups = 0
        self._closed: set[int] = set()
        self.has_back_references = False

    def parse(self) -> Tree:
        """The whole pattern."""
        tree = self._choice()
        if self._at < len(self._text):
            raise wrong("there is a ')' without '('")
        return tree

    def _peek(self) -> str:
        return self._text[self._at] if self._at < len(self._text) else ""

    def _next(self) -> str:
        char = self._peek()
        if not char:
            raise wrong("it ends too early")
        self._at += 1
        return char

    def _take(self, char: str) -> bool:
        if self._peek() == char:
            self._at += 1
            return True
        return False

    def _choice(self) -> Tree:
        branches = [self._sequence()]
        while self._take("|"):
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _sequence(self) -> Tree:
        parts: list[Tree] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._quantified(self._atom()))
        return Sequence(tuple(parts))

    def _quantified(self, atom: Tree) -> Tree:
        char = self._peek()
        if char not in ("?", "*", "+", "{") or char == "":
            return atom
        self._at += 1
        least, most = {"?": (0, 1), "*": (0, None), "+": (1, None)}.get(char) or self._counts()
        if self._peek() in ("*", "+", "{"):
            raise wrong("two quantifiers stand side by side")
        return Repeat(atom, least, most, self._take("?"))

    def _counts(self) -> tuple[int, int | None]:
        end = self._text.find("}", self._at)
        first, comma, second = self._text[self._at : end if end >= 0 else None].partition(",")
        self._at = end + 1
        numbers = first.isdecimal() and first.isascii() and (not second or second.isdecimal())
        if end < 0 or not numbers:
            raise wrong("a quantifier in braces needs whole numbers")
        least = int(first[:9])
        most = (int(second[:9]) if second else None) if comma else least
        if (most is not None and most < least) or max(least, most or 0) > REPEAT_LIMIT:
            raise wrong(f"a quantifier goes from small to large, up to {REPEAT_LIMIT}")
        return least, most

    def _atom(self) -> Tree:
        char = self._next()
        if char == "(":
            return self._group()
        if char == "[":
            return self._class()
        if char == ".":
            return AnyChar()
        if char in "^$":
            return Edge(char == "^")
        if char == "\\":
            return self._escape()
        if char in "?*+{":
            raise wrong(f"there is nothing to repeat before {char!r}")
        if char in "]}":
            raise wrong(f"there is a {char!r} without its opening bracket")
        return Char(char)

    def _group(self) -> Tree:
        self._depth += 1
        if self._depth > NESTING_LIMIT:
            raise wrong(f"it is nested more than {NESTING_LIMIT} levels deep")
        number = 0
        if self._take("?"):
            if not self._take(":"):
                raise wrong("only (?: ) is allowed behind '(?'")
        else:
            self.groups += 1
            number = self.groups
        body = self._choice()
        if not self._take(")"):
            raise wrong("a '(' is not closed")
        self._depth -= 1
        self._closed.add(number)
        return Group(number, body)

    def _escape(self) -> Tree:
        char = self._next()
        if char in "123456789":
            return self._back_reference(char)
        if char in _CONTROLS:
            return Char(_CONTROLS[char])
        if char in _QUOTABLE:
            return Char(char)
        predicate = self._class_escape(char)
        return Class(predicate)

    def _class_escape(self, char: str) -> Predicate:
        if char in "pP":
            end = self._text.find("}", self._at)
            if not self._take("{") or end < 0:
                raise wrong("a name in braces must follow \\p")
            name = self._text[self._at : end]
            self._at = end + 1
            return property_class(name, char == "P")
        predicate = escape_class(char)
        if predicate is None:
            raise wrong(f"'\\{char}' means nothing")
        return predicate

    def _back_reference(self, digit: str) -> Tree:
        number = int(digit)
        while self._peek().isdecimal() and number * 10 + int(self._peek()) <= self.groups:
            number = number * 10 + int(self._next())
        if number not in self._closed:
            raise wrong(f"there is no group {number} before its back reference")
        self.has_back_references = True
        return BackReference(number)

    def _class(self) -> Class:
        self._depth += 1
        if self._depth > NESTING_LIMIT:
            raise wrong(f"it is nested more than {NESTING_LIMIT} levels deep")
        opposite = self._take("^")
        ranges: list[tuple[int, int]] = []
        predicates: list[Predicate] = []
        taken: Predicate | None = None
        first = True
        while not self._take("]"):
            if self._peek() == "-" and self._text[self._at + 1 : self._at + 2] == "[" and not first:
                self._at += 2
                inner = self._class()
                taken = negated(inner.predicate) if inner.negated else inner.predicate
                if not self._take("]"):
                    raise wrong("a subtraction must stand at the end of its class")
                break
            self._class_part(ranges, predicates)
            first = False
        self._depth -= 1
        if not ranges and not predicates:
            raise wrong("a class in brackets is empty")
        base = any_of([*([in_ranges(ranges)] if ranges else []), *predicates])
        if taken is None:
            return Class(base, opposite)
        return Class(without(negated(base) if opposite else base, taken))

    def _class_part(self, ranges: list[tuple[int, int]], predicates: list[Predicate]) -> None:
        low = self._class_char(predicates)
        if low is None:
            return
        after = self._text[self._at + 1 : self._at + 2]
        if self._peek() == "-" and after not in ("]", "[", ""):
            self._at += 1
            high = self._class_char(None)
            if high is None or high < low:
                raise wrong("a range in brackets must go up")
            ranges.append((ord(low), ord(high)))
        else:
            ranges.append((ord(low), ord(low)))

    def _class_char(self, predicates: list[Predicate] | None) -> str | None:
        char = self._next()
        if char == "[":
            raise wrong("a '[' inside brackets needs a backslash")
        if char != "\\":
            return char
        escaped = self._next()
        if escaped in _CONTROLS:
            return _CONTROLS[escaped]
        if escaped in _QUOTABLE:
            return escaped
        if predicates is None:
            raise wrong("a range in brackets ends with a single character")
        predicates.append(self._class_escape(escaped))
        return None

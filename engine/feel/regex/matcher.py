"""Running a pattern's program: first way first, no state twice, every step paid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from engine.feel.regex import program as op
from engine.feel.regex.classes import case_variants
from engine.feel.regex.parser import PatternParser, wrong
from engine.feel.regex.program import Assembler, Instruction
from engine.feel.regex.tree import Char, Sequence

Spend = Callable[[int], None]
_FLAGS = frozenset("smixq")
_BATCH = 256
_Saved = tuple[int, ...]


class Match:
    """A match with its groups; -1 stands for a group that took no part."""

    __slots__ = ("_saved", "_text")

    def __init__(self, text: str, saved: _Saved) -> None:
        self._text = text
        self._saved = saved

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self._saved[0]

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self._saved[1]

    def group(self, number: int) -> str | None:
        """Text of a group, None when it took no part or does not exist."""
        if 2 * number + 1 >= len(self._saved):
            return None
        start, end = self._saved[2 * number : 2 * number + 2]
        return self._text[start:end] if start >= 0 and end >= 0 else None


class Regex:
    """A compiled pattern."""

    __slots__ = ("_literal", "_program", "_remembers_groups", "groups")

    def __init__(self, pattern: str, flags: str) -> None:
        parser = PatternParser(pattern)
        tree = parser.parse()
        self.groups = parser.groups
        self._program: list[Instruction] = Assembler(flags).assemble(tree)
        self._remembers_groups = parser.has_back_references
        self._literal: str | None = None
        if isinstance(tree, Sequence) and all(isinstance(part, Char) for part in tree.parts):
            text = "".join(part.char for part in tree.parts if isinstance(part, Char))
            self._literal = text if "i" not in flags else None

    def search(self, text: str, start: int, spend: Spend) -> Match | None:
        """The first match from a place on."""
        if self._literal is not None:
            spend(1 + (len(text) - start >> 6))
            at = text.find(self._literal, start)
            return Match(text, (at, at + len(self._literal))) if at >= 0 else None
        visited: set[object] = set()
        for begin in range(start, len(text) + 1):
            saved = self._match_at(text, begin, visited, spend)
            if saved is not None:
                return Match(text, saved)
        return None

    def matches(self, text: str, spend: Spend) -> Iterator[Match]:
        """All matches, none overlapping another."""
        at = 0
        while at <= len(text):
            match = self.search(text, at, spend)
            if match is None:
                return
            yield match
            at = match.end if match.end > match.start else match.end + 1

    def _match_at(self, text: str, begin: int, visited: set[object], spend: Spend) -> _Saved | None:
        """Depth first; a state that failed once fails always, whatever the start was."""
        program = self._program
        width = len(program)
        keep_groups = self._remembers_groups
        stack: list[tuple[int, int, _Saved]] = [(0, begin, (-1,) * (2 * self.groups + 2))]
        steps = 1
        while stack:
            pc, at, saved = stack.pop()
            state: object = (pc, at, saved) if keep_groups else at * width + pc
            if state in visited:
                continue
            visited.add(state)
            steps += 1
            if steps >= _BATCH:
                spend(steps)
                steps = 0
            instruction = program[pc]
            code = instruction.code
            if code == op.TEST:
                if at < len(text) and instruction.predicate(text[at]):
                    stack.append((pc + 1, at + 1, saved))
            elif code == op.SPLIT:
                stack.append((instruction.y, at, saved))
                stack.append((instruction.x, at, saved))
            elif code == op.JUMP:
                stack.append((instruction.x, at, saved))
            elif code == op.SAVE:
                slot = instruction.x
                stack.append((pc + 1, at, (*saved[:slot], at, *saved[slot + 1 :])))
            elif code == op.MATCH:
                spend(steps)
                return saved
            else:
                end = _assertion(instruction, text, at, saved)
                if end is not None:
                    stack.append((pc + 1, end, saved))
        spend(steps)
        return None


def _assertion(instruction: Instruction, text: str, at: int, saved: _Saved) -> int | None:
    """Place behind an edge or back reference, None when it does not hold."""
    code = instruction.code
    if code == op.BACK:
        return _back_reference(instruction, text, at, saved)
    if code == op.START:
        holds = at == 0
    elif code == op.END:
        holds = at == len(text)
    elif code == op.LINE_START:
        holds = at == 0 or text[at - 1] == "\n"
    else:
        holds = at == len(text) or text[at] == "\n"
    return at if holds else None


def _back_reference(instruction: Instruction, text: str, at: int, saved: _Saved) -> int | None:
    start, end = saved[2 * instruction.x : 2 * instruction.x + 2]
    # A group that took no part stands for the empty text.
    wanted = text[start:end] if start >= 0 and end >= 0 else ""
    found = text[at : at + len(wanted)]
    if found == wanted:
        return at + len(wanted)
    same = len(found) == len(wanted) and all(map(_same_letter, found, wanted))
    return at + len(wanted) if instruction.y and same else None


def _same_letter(one: str, other: str) -> bool:
    return not case_variants(one).isdisjoint(case_variants(other))


@lru_cache(maxsize=256)
def compile_regex(pattern: str, flags: str = "") -> Regex:
    """A pattern with flags out of ``smixq``; raises ``NoValue`` when either is wrong."""
    if not set(flags) <= _FLAGS:
        raise wrong("the flags are s, m, i, x and q")
    if "q" in flags:
        pattern = "".join("\\" + char if char in "\\|.-^?*+{}()[]$" else char for char in pattern)
    elif "x" in flags:
        pattern = _without_spaces(pattern)
    return Regex(pattern, flags)


def _without_spaces(pattern: str) -> str:
    kept: list[str] = []
    depth = 0
    escaped = False
    for char in pattern:
        if char in " \t\n\r" and depth == 0:
            continue
        kept.append(char)
        if not escaped:
            depth += (char == "[") - (char == "]" and depth > 0)
        escaped = char == "\\" and not escaped
    return "".join(kept)

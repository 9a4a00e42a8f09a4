"""A pattern's tree turned into instructions for the matcher."""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.regex.classes import Predicate, case_variants, ignoring_case, negated, remembered
from engine.feel.regex.parser import wrong
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

PROGRAM_LIMIT = 4000

MATCH, TEST, SPLIT, JUMP, SAVE, START, END, LINE_START, LINE_END, BACK = range(10)


@dataclass(slots=True)
class Instruction:
    """One step; ``x`` and ``y`` are places in the program, a slot or a group number."""

    code: int
    x: int = 0
    y: int = 0
    predicate: Predicate = bool


def _not_line_end(char: str) -> bool:
    return char not in "\n\r"


def _anything(_char: str) -> bool:
    return True


class Assembler:
    """Writes the program of one pattern."""

    def __init__(self, flags: str) -> None:
        self.program: list[Instruction] = []
        self._dot = _anything if "s" in flags else _not_line_end
        self._ignore_case = "i" in flags
        self._lines = "m" in flags

    def assemble(self, tree: Tree) -> list[Instruction]:
        """Program with the whole match in slots 0 and 1."""
        self._put(Instruction(SAVE, 0))
        self._write(tree)
        self._put(Instruction(SAVE, 1))
        self._put(Instruction(MATCH))
        return self.program

    def _put(self, instruction: Instruction) -> Instruction:
        if len(self.program) >= PROGRAM_LIMIT:
            raise wrong("it is too large when its repetitions are written out")
        self.program.append(instruction)
        return instruction

    def _write(self, tree: Tree) -> None:
        if isinstance(tree, Sequence):
            for part in tree.parts:
                self._write(part)
        elif isinstance(tree, Choice):
            self._write_choice(tree)
        elif isinstance(tree, Repeat):
            self._write_repeat(tree)
        elif isinstance(tree, Group):
            self._write_group(tree)
        else:
            self._put(self._single(tree))

    def _single(self, tree: Char | Class | AnyChar | Edge | BackReference) -> Instruction:
        if isinstance(tree, Char):
            variants = case_variants(tree.char) if self._ignore_case else {tree.char}
            if variants == {tree.char}:
                return Instruction(TEST, predicate=tree.char.__eq__)
            return self._test(tree.char.__eq__, False)
        if isinstance(tree, Class):
            return self._test(tree.predicate, tree.negated)
        if isinstance(tree, AnyChar):
            return Instruction(TEST, predicate=self._dot)
        if isinstance(tree, Edge):
            plain = START if tree.at_start else END
            line = LINE_START if tree.at_start else LINE_END
            return Instruction(line if self._lines else plain)
        return Instruction(BACK, tree.group, int(self._ignore_case))

    def _test(self, predicate: Predicate, opposite: bool) -> Instruction:
        if self._ignore_case:
            predicate = ignoring_case(predicate)
        return Instruction(
            TEST, predicate=remembered(negated(predicate) if opposite else predicate)
        )

    def _write_group(self, tree: Group) -> None:
        if tree.number:
            self._put(Instruction(SAVE, 2 * tree.number))
        self._write(tree.body)
        if tree.number:
            self._put(Instruction(SAVE, 2 * tree.number + 1))

    def _write_choice(self, tree: Choice) -> None:
        ends: list[Instruction] = []
        for branch in tree.branches[:-1]:
            split = self._put(Instruction(SPLIT))
            split.x = len(self.program)
            self._write(branch)
            ends.append(self._put(Instruction(JUMP)))
            split.y = len(self.program)
        self._write(tree.branches[-1])
        for jump in ends:
            jump.x = len(self.program)

    def _write_repeat(self, tree: Repeat) -> None:
        for _ in range(tree.least):
            self._write(tree.body)
        if tree.most is None:
            back = len(self.program)
            split = self._put(Instruction(SPLIT))
            self._write_once(split, tree)
            self._put(Instruction(JUMP, back))
            self._aim(split, len(self.program), tree.lazy)
            return
        splits = []
        for _ in range(tree.most - tree.least):
            split = self._put(Instruction(SPLIT))
            self._write_once(split, tree)
            splits.append(split)
        for split in splits:
            self._aim(split, len(self.program), tree.lazy)

    def _write_once(self, split: Instruction, tree: Repeat) -> None:
        split.x = len(self.program)
        self._write(tree.body)

    @staticmethod
    def _aim(split: Instruction, past: int, lazy: bool) -> None:
        # The first way of a split is tried first.
        split.x, split.y = (past, split.x) if lazy else (split.x, past)

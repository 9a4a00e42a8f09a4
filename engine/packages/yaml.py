"""YAML with nothing guessed: every scalar is text, every node knows its line.

Types come later, from a JSON Schema (``coerce``), so that ``2.000815`` stays a
code and ``15:00`` a time of day. Anchors, tags and duplicate keys are refused.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from engine.errors import Fault, InvalidInput

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
_STANDARD = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar as written; ``quoted`` when the author made it text on purpose."""

    text: str
    line: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Items:
    """A sequence."""

    items: Sequence[Tree]
    line: int


@dataclass(frozen=True, slots=True)
class Members:
    """A mapping; ``lines`` says where each key stands."""

    members: Mapping[str, Tree]
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)


Tree: TypeAlias = Scalar | Items | Members


def parse(source: str | bytes, name: str) -> Tree:
    """The tree of one YAML document; ``InvalidInput`` names file, line and reason."""
    if len(source) > MAX_BYTES:
        raise refused(name, 1, "yaml-too-large", "tệp quá lớn", f"larger than {MAX_BYTES} bytes")
    try:
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1 if isinstance(source, bytes) else 1
        raise refused(
            name,
            line,
            "yaml-encoding",
            "hãy lưu tệp ở dạng UTF-8",
            "save it as UTF-8",
        ) from None
    try:
        root = YAML(typ="safe", pure=True).compose(unicodedata.normalize("NFC", text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise refused(
            name, line, "yaml-syntax", f"sai cú pháp YAML ({error.problem})", f"{error.problem}"
        ) from None
    except (YAMLError, RecursionError):
        raise refused(name, 1, "yaml-syntax", "sai cú pháp YAML", "is no YAML") from None
    if root is None:
        raise refused(name, 1, "yaml-empty", "tệp trống", "the file is empty")
    return _Reader(name).tree(root, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFault(Fault):
    """A fault at a line of a file, in both languages; ``sentence`` is the English one."""

    resource: str
    line: int
    texts: Mapping[str, str]


def file_fault(name: str, line: int, code: str, vi: str, en: str) -> FileFault:
    """A fault; the sentence names file and line, the texts do not."""
    return FileFault(
        pointer=f"{name}:{line}",
        code=code,
        sentence=f"{name}, line {line}: {en}",
        resource=name,
        line=line,
        texts={"vi": vi, "en": en},
    )


def refused(name: str, line: int, code: str, vi: str, en: str) -> InvalidInput:
    """The refusal of a file because of one line."""
    fault = file_fault(name, line, code, vi, en)
    return InvalidInput(fault.sentence, [fault], code="yaml-refused")


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.seen: set[int] = set()

    def refused(self, line: int, code: str, vi: str, en: str) -> InvalidInput:
        return refused(self.name, line, code, vi, en)

    def tree(self, node: Node, depth: int) -> Tree:
        line = node.start_mark.line + 1
        # An alias is the same node again; a bomb of them would unfold without end.
        if id(node) in self.seen or node.anchor:
            raise self.refused(
                line,
                "yaml-anchor",
                "không dùng neo và bí danh (&, *)",
                "no anchors and aliases (&, *)",
            )
        self.seen.add(id(node))
        if depth > MAX_DEPTH:
            raise self.refused(line, "yaml-depth", "lồng nhau quá sâu", "nested too deeply")
        if not str(node.tag).startswith(_STANDARD):
            raise self.refused(line, "yaml-tag", "không dùng thẻ YAML (!)", "no YAML tags (!)")
        if isinstance(node, ScalarNode):
            return Scalar(str(node.value), line, node.style is not None)
        if isinstance(node, SequenceNode):
            return Items([self.tree(item, depth + 1) for item in node.value], line)
        if not isinstance(node, MappingNode):
            raise self.refused(line, "yaml-node", "không hiểu được", "is no YAML node")
        return self.members(node, depth, line)

    def members(self, node: MappingNode, depth: int, line: int) -> Members:
        members: dict[str, Tree] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            at = key.start_mark.line + 1
            if not isinstance(key, ScalarNode):
                raise self.refused(
                    at, "yaml-key", "tên phải là văn bản", "a key must be plain text"
                )
            if key.value in members:
                raise self.refused(
                    at, "yaml-duplicate", f"{key.value} ghi hai lần", f"{key.value} stands twice"
                )
            members[key.value] = self.tree(value, depth + 1)
            lines[key.value] = at
        return Members(members, line, lines)

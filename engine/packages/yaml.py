"""YAML with nothing guessed: every scalar is text, every node knows its line.

Types come later, from a JSON Schema (``coerce``), so that ``2.000815`` stays a
code and ``15:00`` a time of day. Anchors, tags and duplicate keys are refused.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from engine.errors import Fault, InvalidInput

MAX_BYTES = 300_000
MAX_DEPTH = 40


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


@lru_cache(maxsize=256)
def parse(source: str | bytes, name: str) -> Tree:
    """The tree of one YAML document; ``InvalidInput`` names file, line and reason."""
    if len(source) > MAX_BYTES:
        raise refused(name, 1, "yaml-too-large", "tệp quá lớn", f"larger than {MAX_BYTES} bytes")
    try:
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1 if isinstance(source, bytes) else 1
        vi, en = "hãy lưu tệp ở dạng UTF-8", "save it as UTF-8"
        raise refused(name, line, "yaml-encoding", vi, en) from None
    events = YAML(typ="safe", pure=True).parse(unicodedata.normalize("NFC", text))
    try:
        return _Reader(name, events).document()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        said = error.problem or "is no YAML"
        raise refused(name, line, "yaml-syntax", f"sai cú pháp YAML ({said})", said) from None
    except (YAMLError, RecursionError):
        raise refused(name, 1, "yaml-syntax", "sai cú pháp YAML", "is no YAML") from None


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
    """Builds the tree event by event, so that too deep a file stops where it becomes too deep."""

    def __init__(self, name: str, events: Iterator[Event]) -> None:
        self.name = name
        self.events = events

    def refused(self, event: Event, code: str, vi: str, en: str) -> InvalidInput:
        return refused(self.name, event.start_mark.line + 1, code, vi, en)

    def document(self) -> Tree:
        tree: Tree | None = None
        for event in self.events:
            if not isinstance(event, NodeEvent):
                continue
            if tree is not None:
                raise self.refused(event, "yaml-documents", "chỉ một tài liệu", "one document only")
            tree = self.tree(event, 0)
        if tree is None or (isinstance(tree, Scalar) and not tree.text and not tree.quoted):
            raise refused(self.name, 1, "yaml-empty", "tệp trống", "the file is empty")
        return tree

    def tree(self, event: Event, depth: int) -> Tree:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            vi, en = "không dùng & và *", "no anchors and aliases (&, *)"
            raise self.refused(event, "yaml-anchor", vi, en)
        if getattr(event, "tag", None) is not None:
            raise self.refused(event, "yaml-tag", "không dùng thẻ YAML (!)", "no YAML tags (!)")
        if depth > MAX_DEPTH:
            raise self.refused(event, "yaml-depth", "lồng nhau quá sâu", "nested too deeply")
        line = event.start_mark.line + 1
        if isinstance(event, ScalarEvent):
            return Scalar(event.value, line, event.style is not None)
        if isinstance(event, SequenceStartEvent):
            return Items(
                [self.tree(item, depth + 1) for item in self.until(SequenceEndEvent)], line
            )
        return self.members(line, depth)

    def until(self, end: type[Event]) -> Iterator[Event]:
        for event in self.events:
            if isinstance(event, end):
                return
            yield event

    def members(self, line: int, depth: int) -> Members:
        members: dict[str, Tree] = {}
        lines: dict[str, int] = {}
        for key in self.until(MappingEndEvent):
            if not isinstance(key, ScalarEvent):
                raise self.refused(key, "yaml-key", "tên phải là văn bản", "a key must be text")
            scalar = self.tree(key, depth)
            name = scalar.text if isinstance(scalar, Scalar) else ""
            if name in members:
                vi, en = f"{name} ghi hai lần", f"{name} stands twice"
                raise self.refused(key, "yaml-duplicate", vi, en)
            lines[name] = key.start_mark.line + 1
            members[name] = self.tree(next(self.events), depth + 1)
        return Members(members, line, lines)

"""Reads all rows of law under a folder; every fault names file and line, and nothing is half-read.

``*.yml`` holds lists under keys such as ``holidays``; the key names the schema. A
CSV file's own name does. ``defaults`` of a YAML file, or the file
``<name>.defaults.yml`` beside a CSV file, give what all its rows share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from engine.domain.law import LawBook, LawRow, book_of
from engine.errors import Fault, InvalidInput
from engine.packages.law.schema import Shape, shape_of
from engine.packages.law.table import read_table
from engine.packages.law.texts import read_texts

MAX_FILE = 20_000_000
Reader = Callable[[Path, str], Iterator[tuple[Shape, LawRow, int]]]


def read_law(path: Path) -> tuple[LawRow, ...]:
    """The rows of one file, or of all files under a folder; ``InvalidInput`` lists the faults."""
    if not path.exists():
        raise InvalidInput(f"{path}: there is no such file or folder.", code="no-such-file")
    rows: list[LawRow] = []
    faults: list[Fault] = []
    seen: dict[tuple[object, ...], str] = {}
    for file in _files(path):
        name = file.name if file == path else file.relative_to(path).as_posix()
        try:
            for _, row, line in _read(file, name):
                first = seen.setdefault(row.key, f"{name}:{line}")
                if first != f"{name}:{line}":
                    faults.append(_twice(row, name, line, first))
                rows.append(row)
        except InvalidInput as refusal:
            if not refusal.faults:
                raise
            faults += refusal.faults
    if faults:
        sentence = f"{len(faults)} rows of law are wrong; the first: {faults[0].sentence}"
        raise InvalidInput(sentence, faults, code="law-refused")
    return tuple(rows)


def read_book(path: Path) -> LawBook:
    """Likewise, as the book that commands get from the database."""
    return book_of(read_law(path))


def calendars_beside(packages_dir: Path) -> LawBook:
    """The clock's rows beside procedures; an empty book where nobody wrote any."""
    folder = packages_dir / "_law" / "calendar"
    if not folder.is_dir():
        return book_of(())
    return _calendars(folder, tuple(file.stat().st_mtime_ns for file in _files(folder)))


@lru_cache(maxsize=4)
def _calendars(folder: Path, stamps: tuple[int, ...]) -> LawBook:
    del stamps  # a changed file is another call
    return read_book(folder)


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(
        file
        for file in path.rglob("*")
        if file.suffix in {".yml", ".csv"}
        and not file.name.endswith(".defaults.yml")
        and not any(part[0] in "._" for part in file.relative_to(path).parts)
    )


def _read(file: Path, name: str) -> Iterator[tuple[Shape, LawRow, int]]:
    if file.stat().st_size > MAX_FILE:
        raise InvalidInput(f"{name}: larger than {MAX_FILE // 1_000_000} MB.", code="law-too-large")
    if file.suffix != ".csv":
        yield from read_texts(file, name)
        return
    shape = shape_of(file.stem.partition(".")[0])
    if shape is None:
        sentence = f"{name}: no kind of law is called {file.stem}."
        fault = Fault(pointer=f"{name}:1", code="law-kind", sentence=sentence)
        raise InvalidInput(sentence, [fault], code="law-refused")
    yield from read_table(file, name, shape)


def _twice(row: LawRow, name: str, line: int, first: str) -> Fault:
    sentence = (
        f"{name}, line {line}: {row.kind} {row.id} from {row.effective_from} stands at {first} too."
    )
    return Fault(pointer=f"{name}:{line}", code="law-twice", sentence=sentence)

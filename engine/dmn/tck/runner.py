"""Runs the cases of one folder of the kit against the engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.dmn import Model, load
from engine.dmn.tck.cases import Case, TestFile, Wanted, read_test_file
from engine.dmn.tck.compare import same
from engine.errors import MotcuaError
from engine.feel import FeelError
from engine.xml import parse


@dataclass(frozen=True, slots=True)
class Result:
    """One counted result; ``problem`` is empty when it passed."""

    level: str
    suite: str
    file: str
    case: str
    node: str
    problem: str

    @property
    def passed(self) -> bool:
        """True when the expected value came out."""
        return not self.problem


def run_level(folder: Path) -> Iterator[Result]:
    """The results of every test file below a level's folder, in order."""
    for suite in sorted(path for path in folder.iterdir() if path.is_dir()):
        for path in sorted(suite.glob("*-test-[0-9][0-9].xml")):
            yield from _run_file(folder.name, read_test_file(path))


def _run_file(level: str, test: TestFile) -> Iterator[Result]:
    folder = test.path.parent
    model, problem = _load(folder, test.model)
    for case in test.cases:
        for wanted in case.wanted:
            found = problem if model is None else _run(model, case, wanted)
            yield Result(level, folder.name, test.path.stem, case.id, wanted.name, found)


def _load(folder: Path, name: str) -> tuple[Model | None, str]:
    sources = {}
    for path in sorted(folder.glob("*.dmn")):
        source = path.read_bytes()
        sources[parse(source, path.name).get("namespace") or ""] = source
    try:
        source = (folder / name).read_bytes()
        return load(
            source, name, imports=lambda item: sources.get(item.namespace), tolerant=True
        ), ""
    except (MotcuaError, OSError) as error:
        return None, f"the model was refused: {error}"


def _run(model: Model, case: Case, wanted: Wanted) -> str:
    context = {
        f"{{{given.namespace}}}{given.name}" if given.namespace else given.name: given.value
        for given in case.given
    }
    try:
        if case.service is None:
            actual = model.evaluate(wanted.name, context).value
        else:
            result = model.evaluate_service(case.service, context)
            own = wanted.name == case.service
            actual = result.value if own else result.outputs.get(wanted.name)
    except (MotcuaError, FeelError) as error:
        return f"{type(error).__name__}: {error}"
    except Exception as error:
        # A run of the kit reports our bugs and goes on.
        return f"unexpected {type(error).__name__}: {error}"
    return "" if same(wanted.value, actual) else f"expected {wanted.value!s}, got {actual!s}"

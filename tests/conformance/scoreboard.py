"""``python -m tests.conformance.scoreboard``: how many cases of each family pass.

Arguments are the beginnings of case names. Exit status 1 when a case fails
that is not marked pending.
"""

from __future__ import annotations

import sys
from collections import Counter

from tests.conformance.case import Case, every_case
from tests.conformance.inprocess import InProcess
from tests.conformance.play import play


def outcome(case: Case) -> str:
    """Why the case does not hold, empty when it does, in one piece and with restores."""
    for restore in (False, True):
        try:
            play(case, InProcess(restore=restore))
        except Exception as error:  # a crash of the engine is an outcome like any other
            how = "with restores" if restore else "in one piece"
            return f"{how}: {type(error).__name__}: {error}"
    return ""


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main(arguments: list[str]) -> int:
    """Print the board."""
    passed: Counter[str] = Counter()
    pending: Counter[str] = Counter()
    failed: dict[str, list[str]] = {}
    for case in every_case():
        if arguments and not case.name.startswith(tuple(arguments)):
            continue
        problem = outcome(case)
        if case.pending is not None:
            pending[case.family] += 1
            if not problem:
                _say(f"PENDING BUT PASSES {case.name}")
        elif problem:
            failed.setdefault(case.family, []).append(f"{case.name}: {problem}")
        else:
            passed[case.family] += 1
    families = sorted(set(passed) | set(pending) | set(failed))
    _say(f"{'family':28}{'passed':>8}{'failed':>8}{'pending':>9}")
    for family in families:
        wrong = len(failed.get(family, ()))
        _say(f"{family:28}{passed[family]:>8}{wrong:>8}{pending[family]:>9}")
    wrong = sum(map(len, failed.values()))
    _say(f"{'all':28}{passed.total():>8}{wrong:>8}{pending.total():>9}")
    for lines in failed.values():
        for line in lines:
            _say(f"FAILED {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

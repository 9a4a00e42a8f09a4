"""Every case on the runtime in memory, in one piece and with a restore between all steps."""

from __future__ import annotations

import pytest

from tests.conformance.case import Case, every_case
from tests.conformance.inprocess import InProcess
from tests.conformance.play import play

READY = [case for case in every_case() if case.pending is None]


@pytest.mark.parametrize("case", READY, ids=lambda case: case.name)
def test_in_one_piece(case: Case) -> None:
    play(case, InProcess(restore=False))


@pytest.mark.parametrize("case", READY, ids=lambda case: case.name)
def test_with_a_restore_between_steps(case: Case) -> None:
    play(case, InProcess(restore=True))

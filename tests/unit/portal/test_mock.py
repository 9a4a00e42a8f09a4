"""The training portal speaks the protocol and refuses what the real one would."""

from __future__ import annotations

import pytest

from engine.domain.portal.message import LIST, STEP, WHOLE
from engine.domain.portal.mock import MockPortal

ROW = {"MaHoSo": "20242-261123-0001", "MaTTHC": "1.004873", "TrangThaiHoSo": "2"}


def _session(portal: MockPortal) -> str:
    answer = portal.answer("/login", {"username": "motcua", "password": "motcua"})
    return str(answer["session"])


def _tell(portal: MockPortal, service: str, *data: dict[str, str]) -> str:
    body = {"session": _session(portal), "service": service, "data": list(data)}
    return str(portal.answer("/service", body | {"isUpdating": "True"})["error_code"])


def test_a_dossier_and_its_steps() -> None:
    portal = MockPortal()

    codes = [_tell(portal, WHOLE, ROW)]
    codes += [_tell(portal, STEP, ROW | {"TrangThai": status}) for status in ("4", "4", "9", "10")]

    assert codes == ["0"] * 5
    assert portal.history[ROW["MaHoSo"]] == [2, 4, 9, 10]
    listed = portal.answer("/service", {"session": _session(portal), "service": LIST})
    assert [one["TrangThaiHoSo"] for one in listed["result"]] == ["10"]


@pytest.mark.parametrize(
    ("service", "row"),
    [
        (STEP, {"MaHoSo": "unknown", "TrangThai": "4"}),
        (WHOLE, {"MaHoSo": "1", "TrangThaiHoSo": "2"}),
        (WHOLE, ROW | {"TrangThaiHoSo": "11"}),
        (WHOLE, ROW | {"TrangThaiHoSo": "9"}),
        ("KhongCo", ROW),
    ],
)
def test_what_it_refuses(service: str, row: dict[str, str]) -> None:
    assert _tell(MockPortal(), service, row) in {"-2", "-3"}


def test_an_illegal_step_leaves_the_status() -> None:
    portal = MockPortal()
    _tell(portal, WHOLE, ROW)

    assert _tell(portal, STEP, ROW | {"TrangThai": "10"}) == "-3"
    assert portal.dossiers[ROW["MaHoSo"]]["TrangThaiHoSo"] == "2"


def test_without_session_or_password() -> None:
    portal = MockPortal()

    assert portal.answer("/login", {"username": "motcua"})["error_code"] == "-1"
    assert portal.answer("/service", {"service": LIST})["error_code"] == "-1"

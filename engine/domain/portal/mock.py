"""A portal for training and tests: keeps what it is told and finds what is wrong with it.

Only the protocol of the real one, none of its rules but the order of status
codes; it holds everything in memory.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.domain.dossier.portal import first_illegal
from engine.domain.portal.message import LIST, STEP, WHOLE

Answer = dict[str, Any]


@dataclass(slots=True)
class MockPortal:
    """``answer`` is its one door; ``dossiers`` and ``history`` are for whoever looks."""

    user: str = "motcua"
    password: str = "motcua"  # noqa: S105  # a training portal on loopback
    sessions: set[str] = field(default_factory=set)
    dossiers: dict[str, dict[str, Any]] = field(default_factory=dict)
    history: dict[str, list[int]] = field(default_factory=dict)

    def answer(self, path: str, body: Mapping[str, Any], told_at: str = "") -> Answer:
        """The answer to one POST; errors have ``error_code`` other than 0."""
        if path == "/login":
            return self._log_in(body)
        if body.get("session") not in self.sessions:
            return _wrong("-1", "Phiên đăng nhập không hợp lệ")
        data = body.get("data")
        if body.get("service") == WHOLE and isinstance(data, list):
            return self._first([self._keep(one, body, told_at) for one in data])
        if body.get("service") == STEP and isinstance(data, list):
            return self._first([self._step(one, told_at) for one in data])
        if body.get("service") == LIST:
            return {"error_code": "0", "result": list(self.dossiers.values())}
        return _wrong("-2", "Dịch vụ không được hỗ trợ")

    def _log_in(self, body: Mapping[str, Any]) -> Answer:
        if (body.get("username"), body.get("password")) != (self.user, self.password):
            return _wrong("-1", "Sai tài khoản")
        session = secrets.token_hex(16)
        self.sessions.add(session)
        return {"error_code": "0", "session": session}

    def _first(self, problems: list[str]) -> Answer:
        wrong = [problem for problem in problems if problem]
        return _wrong("-3", wrong[0]) if wrong else {"error_code": "0"}

    def _keep(self, one: Mapping[str, Any], body: Mapping[str, Any], told_at: str) -> str:
        code = str(one.get("MaHoSo", ""))
        missing = [name for name in ("MaHoSo", "MaTTHC", "TrangThaiHoSo") if not one.get(name)]
        if missing:
            return f"Thiếu {missing[0]}"
        if body.get("isUpdating") != "True" and code in self.dossiers:
            known = {key: self.dossiers[code].get(key) for key in ("MaTTHC", "ChuHoSo")}
            if known != {key: one.get(key) for key in known}:
                return "Mã hồ sơ đã có"
        self.dossiers[code] = {**one, "ThoiDiemNhan": told_at}
        return self._show(code, one.get("TrangThaiHoSo"))

    def _step(self, one: Mapping[str, Any], told_at: str) -> str:
        code = str(one.get("MaHoSo", ""))
        if code not in self.dossiers:
            return "Không có hồ sơ"
        problem = self._show(code, one.get("TrangThai"))
        if not problem:
            self.dossiers[code]["TrangThaiHoSo"] = str(one["TrangThai"])
            self.dossiers[code]["ThoiDiemNhan"] = told_at
        return problem

    def _show(self, code: str, status: object) -> str:
        if not str(status).isdecimal() or not 1 <= int(str(status)) <= 10:
            return "Trạng thái không hợp lệ"
        seen = self.history.setdefault(code, [])
        # A repeated message is the same news, not a step.
        if not seen or seen[-1] != int(str(status)):
            if first_illegal([*seen, int(str(status))]) is not None:
                return f"Trạng thái {status} không được theo sau {seen[-1] if seen else 'đầu'}"
            seen.append(int(str(status)))
        return ""


def _wrong(code: str, sentence: str) -> Answer:
    return {"error_code": code, "error_message": sentence}

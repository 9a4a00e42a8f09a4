"""Bodies of ``DongBoHoSoMC`` (the dossier) and ``CapNhatTienDoHoSoMC`` (one step).

Booleans are the texts True and False, instants local time as yyyymmddhhmmss,
all codes are text: so the portal is described.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from engine.domain.dossier import DossierRecord, PersonRecord
from engine.domain.dossier.portal import MEANING
from engine.domain.ids import Key

WHOLE: Final = "DongBoHoSoMC"
STEP: Final = "CapNhatTienDoHoSoMC"
LIST: Final = "TraCuuHoSo"
Body = dict[str, object]
_SUBJECTS: Final = {"citizen": "1", "organisation": "2"}
_RETURNS: Final = {"point": "0", "post": "1", "digital": "2"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalMessage:
    """One step of a dossier on its way to the portal; ``first`` sends the whole dossier."""

    position: int
    dossier_key: Key
    status: int
    at: datetime
    first: bool
    attempts: int = 0


def dossier_body(
    record: DossierRecord,
    applicant: PersonRecord | None,
    procedure: Mapping[str, str],
    message: PortalMessage,
    zone: ZoneInfo,
) -> Body:
    """The whole dossier; ``procedure`` gives ``name`` and ``field``."""
    person = applicant or PersonRecord(name="")
    ended = _stamp(message.at if message.status in (8, 9, 10) else None, zone)
    return {
        "MaHoSo": record.code or record.portal_code or "",
        "MaHoSoCong": record.portal_code or "",
        "MaTTHC": record.procedure_code,
        "TenTTHC": procedure["name"],
        "MaLinhVuc": procedure["field"],
        "ChuHoSo": person.name,
        "LoaiDoiTuong": _SUBJECTS.get(person.kind, "3"),
        "MaDoiTuong": person.id_number or "",
        "SoDienThoai": person.phone or "",
        "Email": person.email or "",
        "TrichYeuHoSo": procedure["name"],
        "NgayTiepNhan": _stamp(record.accepted_at, zone),
        "NgayHenTra": _stamp(record.committed_due_at, zone),
        "TrangThaiHoSo": str(message.status),
        "NgayTra": _stamp(message.at if message.status == 10 else None, zone),
        "HinhThuc": _RETURNS[record.return_channel],
        "NgayKetThucXuLy": ended,
        "DonViXuLy": record.agency,
        "NopTrucTuyen": str(record.channel == "online"),
        "TaiLieuNop": [],
        "DanhSachLePhi": [],
        "DanhSachHoSoBoSung": [],
        "DanhSachGiayToKetQua": [],
    }


def progress_body(
    record: DossierRecord, message: PortalMessage, officer: str, zone: ZoneInfo
) -> Body:
    """One step of the dossier."""
    return {
        "MaHoSo": record.code or record.portal_code or "",
        "NguoiXuLy": officer,
        "ThoiDiemXuLy": _stamp(message.at, zone),
        "NoiDungXuLy": MEANING[message.status],
        "TrangThai": str(message.status),
        "NgayBatDau": _stamp(message.at, zone),
        "NgayKetThucTheoQuyDinh": _stamp(record.committed_due_at, zone),
    }


def stamp_of(text: str, zone: ZoneInfo) -> datetime | None:
    """The instant of a portal's stamp; None when it is empty or no stamp."""
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=zone)
    except ValueError:
        return None


def _stamp(at: datetime | None, zone: ZoneInfo) -> str:
    return "" if at is None else at.astimezone(zone).strftime("%Y%m%d%H%M%S")

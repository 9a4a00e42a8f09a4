"""Forms 01-07 from a dossier's log: every field in the text layer, reprints that tell."""

from __future__ import annotations

import io
import threading
import unicodedata
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pypdf import PdfReader

from engine.commands.change_dossier import ChooseReturn
from engine.commands.issue_number import IssueNumber, PrintBook
from engine.commands.keep_clock import ExtendDossier
from engine.commands.pin_clock import PinClock
from engine.commands.print_paper import PrintPaper, PrintRegister
from engine.commands.take_step import TakeStep
from engine.dispatch import CommandEngine
from engine.domain.papers.paper import MARK
from engine.errors import Conflict, Forbidden, NotFound
from engine.packages.papers import print_pdf
from engine.testing import TESTER
from tests.contract.dossier.counter import RECEPTION, SPECIALIST, STRANGER, Counter


def text_of(pdf: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return " ".join(" ".join(pages).split())


class Desk:
    def __init__(self, counter: Counter, engine: CommandEngine) -> None:
        self.engine = engine
        self.at("2026-11-23T02:00")
        received = counter.receive()
        self.code, self.key = str(received["code"]), received["key"]

    def at(self, utc: str) -> None:
        moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
        self.engine.execute(PinClock(at=moment), TESTER)

    def step(self, name: str, **more: Any) -> None:
        self.engine.execute(TakeStep(code=self.code, step=name, **more), TESTER)

    def data(self, form: str, preview: bool = False) -> dict[str, Any]:
        command = PrintPaper(code=self.code, form=form, preview=preview)
        return dict(self.engine.execute(command, SPECIALIST).result["once_data"])  # type: ignore[call-overload] # a mapping

    def text(self, form: str) -> str:
        command = PrintPaper(code=self.code, form=form, preview=True)
        return text_of(print_pdf(self.engine, command, RECEPTION))


@pytest.fixture
def desk(counter: Counter, engine: CommandEngine) -> Desk:
    return Desk(counter, engine)


def test_the_receipt_holds_every_field_as_text(desk: Desk) -> None:
    text = desk.text("01")

    assert unicodedata.is_normalized("NFC", text)
    for label, value in desk.data("01", preview=True)["fields"]:
        assert " ".join(f"{label}: {value}".split()) in text
    assert "Hồ Thị Hạnh" in text
    assert desk.code in text
    assert "09:00 ngày 23/11/2026" in text
    assert "17:00 ngày 27/11/2026" in text
    assert MARK in text


def test_each_form_needs_what_stands_behind_it(desk: Desk) -> None:
    for form in ("02", "03", "04", "05"):
        with pytest.raises(Conflict) as refused:
            desk.data(form)
        assert refused.value.reason == "paper-not-due"
    with pytest.raises(NotFound):
        desk.data("08")


def test_supplement_apology_stop_and_control_slip(desk: Desk) -> None:
    desk.step(
        "supplement",
        reason="Thiếu giấy chứng sinh",
        answer_by=datetime(2026, 12, 1, 10, tzinfo=UTC),
    )
    assert "Thiếu giấy chứng sinh" in desk.text("02")
    desk.step("supplement-answered")
    desk.engine.execute(
        ExtendDossier(code=desk.code, term="2WD", document="12/VB-UBND", reason="Phải xác minh"),
        SPECIALIST,
    )
    apology = desk.text("04")
    for wanted in ("Phải xác minh", "12/VB-UBND", "17:00 ngày 27/11/2026", "17:00 ngày 01/12/2026"):
        assert wanted in apology
    desk.step("refuse", reason="Không đủ điều kiện")
    assert "Không đủ điều kiện" in desk.text("05")
    slip = desk.text("06")
    for wanted in ("appraise", "yêu cầu bổ sung", "gia hạn", "từ chối giải quyết"):
        assert wanted in slip


def test_a_reprint_after_a_change_says_what_differs(desk: Desk) -> None:
    assert desk.data("01")["printing"] == ""
    assert "nội dung không đổi" in desk.data("01")["printing"]
    desk.engine.execute(ChooseReturn(code=desk.code, return_channel="post"), TESTER)

    told = desk.data("01")["printing"]

    assert told.startswith("Bản in lần 3, thay thế bản in lúc 09:00 23/11/2026")
    assert told.endswith("thay đổi: Nơi trả kết quả")
    assert "XEM THỬ" in desk.data("01", preview=True)["printing"]


def test_register_of_the_unit(desk: Desk) -> None:
    command = PrintRegister(first=date(2026, 11, 23), last=date(2026, 11, 23))

    text = text_of(print_pdf(desk.engine, command, RECEPTION))

    assert desk.code in text.replace(" ", "")
    assert "SỔ THEO DÕI HỒ SƠ" in text
    with pytest.raises(Forbidden):
        desk.engine.execute(
            PrintRegister(first=date(2026, 1, 1), last=date(2026, 1, 2), unit="48/"), RECEPTION
        )


def test_strangers_print_nothing(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.engine.execute(PrintPaper(code=desk.code, form="01"), STRANGER)
    with pytest.raises((NotFound, Forbidden)):
        desk.engine.execute(IssueNumber(code=desk.code, register="quyet-dinh"), STRANGER)


def number(desk: Desk, register: str) -> dict[str, Any]:
    return dict(desk.engine.execute(IssueNumber(code=desk.code, register=register), TESTER).result)


def test_two_regimes_begin_anew_each_year(desk: Desk) -> None:
    desk.at("2030-12-31T16:59")
    first, copy = number(desk, "quyet-dinh"), number(desk, "chung-thuc-ban-sao")
    electronic = number(desk, "chung-thuc-ban-sao-dien-tu")
    desk.at("2030-12-31T17:00")
    after = number(desk, "quyet-dinh")

    assert (first["text"], first["year"]) == ("01/QĐ-UBND", 2030)
    assert (copy["text"], electronic["text"]) == ("1/SCT/BS", "1/SCTĐT/BS")
    assert (after["text"], after["year"]) == ("01/QĐ-UBND", 2031)
    command = PrintBook(register="chung-thuc-ban-sao", year=2030, unit="48/20242/")
    assert "1/SCT/BS" in text_of(print_pdf(desk.engine, command, TESTER))
    with pytest.raises(NotFound):
        number(desk, "so-la")


def test_numbers_have_no_gap_and_no_double_under_concurrency(
    counter: Counter, engine: CommandEngine
) -> None:
    desks = [Desk(counter, engine) for _ in range(8)]
    desks[0].at("2032-05-05T02:00")
    found: list[int] = []

    def issue(desk: Desk) -> None:
        for _ in range(5):
            found.append(int(number(desk, "thong-bao")["number"]))

    threads = [threading.Thread(target=issue, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found) == list(range(1, 41))

"""Papers compiled in a child: text that can be read back, and templates that misbehave."""

from __future__ import annotations

import io
import unicodedata
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from engine.adapters.pdf import TypstPdf
from engine.ports.pdf import PdfFailed

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
LETTERS = "ẮẰẲẴẶ ẾỀỂỄỆ ỐỒỔỖỘ ỚỜỞỠỢ ỨỪỬỮỰ ỲỶỸỴ đĐ ắằẳẵặ ếềểễệ ốồổỗộ ớờởỡợ ứừửữự ỳỷỹỵ"
DOT = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    b'<rect width="5" height="5"/></svg>'
)


def printed(template: str, seconds: float = 30, **data: object) -> bytes:
    return TypstPdf(seconds).print_pdf(template, data, {"dot.svg": DOT}, made_at=NOW)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_every_vietnamese_letter_is_in_the_text_layer() -> None:
    text = text_of(printed('#json("data.json").letters', letters=LETTERS))

    assert LETTERS in text
    assert unicodedata.is_normalized("NFC", text)


def test_it_is_pdf_a_with_embedded_fonts_and_tagged_version() -> None:
    reader = PdfReader(io.BytesIO(printed('Xin chào #image("dot.svg")')))

    assert reader.xmp_metadata is not None
    assert b"pdfaid:part>2<" in reader.xmp_metadata.stream.get_data()
    fonts = reader.pages[0]["/Resources"]["/Font"].values()  # type: ignore[index] # pypdf's objects
    assert all("+" in font.get_object()["/BaseFont"] for font in fonts)


def test_equal_arguments_give_equal_bytes() -> None:
    assert printed('#json("data.json").a', a="Hồ") == printed('#json("data.json").a', a="Hồ")


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("#let x = ", "expected expression"),
        ("\n#foo()", "unknown variable"),
        ('#read("/etc/passwd")', "not found"),
        ('#read("../../../etc/passwd")', "escape"),
        ('#image("no.svg")', "not found"),
        ("#let f(n) = f(n + 1)\n#f(0)", "depth"),
    ],
)
def test_a_wrong_template_is_told_in_a_sentence(template: str, words: str) -> None:
    with pytest.raises(PdfFailed, match=words) as failed:
        printed(template)

    assert failed.value.reason == "pdf-template"
    assert "motcua-pdf-" not in failed.value.sentence


@pytest.mark.parametrize(
    "template", ['#import "@preview/x:0.1.0": *', '#import ("@" + "preview/x:0.1.0"): *']
)
def test_packages_of_the_network_are_refused(template: str) -> None:
    with pytest.raises(PdfFailed) as failed:
        printed(template)

    assert failed.value.reason == "pdf-package"


def test_an_endless_template_is_killed() -> None:
    with pytest.raises(PdfFailed) as failed:
        printed("#for i in range(99999) { for j in range(99999) { str(i * j) } }", seconds=2)

    assert failed.value.reason == "pdf-timeout"


def test_names_of_files_cannot_leave_the_folder() -> None:
    with pytest.raises(PdfFailed):
        TypstPdf().print_pdf("x", {}, {"../evil": b""}, made_at=NOW)

"""The bytes of a file decide what it is, and names lose what could deceive."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest

from engine.domain.documents import ALLOWED, clean_name, require_allowed, sniff
from engine.errors import InvalidInput


def _zip(*names: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 50)
    return whole.getvalue()


@pytest.mark.parametrize(
    ("content", "declared", "found"),
    [
        (b"%PDF-1.7\n...", "image/png", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n...", "", "image/png"),
        (b"\xff\xd8\xff\xe0", "", "image/jpeg"),
        (b"II*\x00....", "", "image/tiff"),
        (b"RIFF1234WEBPVP8 ", "", "image/webp"),
        (b"\x00\x00\x00\x18ftypheic", "", "image/heic"),
        ("Giấy khai sinh".encode(), "", "text/plain"),
        (b'{"a": 1}', "application/json; charset=utf-8", "application/json"),
        (b"a,b", "text/csv", "text/csv"),
        (b"a,b", "application/pdf", "text/plain"),
        (b"<?xml version='1.0'?><a/>", "", "application/xml"),
        (b"<?xml version='1.0'?><svg onload='x'/>", "image/png", "text/html"),
        (b"<!DOCTYPE html><p>", "", "text/html"),
        (b"MZ\x90\x00", "application/pdf", "application/x-msdownload"),
        (b"#!/bin/sh", "", "text/x-script"),
        (b"\x00\x01\x02", "", "application/octet-stream"),
        (b"\xff\xfe\xfd" * 20, "", "application/octet-stream"),
        (b"", "text/plain", "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, declared: str, found: str) -> None:
    assert sniff(content, content, declared) == found


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("[Content_Types].xml", "word/document.xml"), "wordprocessingml.document"),
        (("[Content_Types].xml", "xl/workbook.xml"), "spreadsheetml.sheet"),
        (("[Content_Types].xml", "word/vbaProject.bin"), "macro"),
        (("a.txt",), "application/zip"),
    ],
)
def test_archives_are_told_apart(names: tuple[str, ...], found: str) -> None:
    content = _zip(*names)

    assert sniff(content[:4096], content[-65536:]).endswith(found)


def test_a_character_cut_at_the_end_is_still_text() -> None:
    content = "đ".encode() * 4000

    assert sniff(content[:4095]) == "text/plain"


@pytest.mark.parametrize(
    "media_type", ["text/html", "application/x-msdownload", "application/octet-stream"]
)
def test_what_is_not_taken_is_said_in_both_languages(media_type: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        require_allowed(media_type)

    (fault,) = refused.value.faults
    assert media_type in fault.sentence
    assert "Không nhận" in fault.sentence_vi
    assert "pdf" in fault.sentence
    for taken in ALLOWED:
        require_allowed(taken)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("C:\\Users\\lan\\Giấy khai sinh.pdf", "Giấy khai sinh.pdf"),
        ("../../etc/passwd", "passwd"),
        (unicodedata.normalize("NFD", "Đơn đề nghị.pdf"), "Đơn đề nghị.pdf"),
        ("bi\u202efdp.exe", "bifdp.exe"),
        ("a\n b\t.pdf", "a b.pdf"),
    ],
)
def test_names_are_composed_and_harmless(raw: str, clean: str) -> None:
    assert clean_name(raw) == clean


@pytest.mark.parametrize("raw", ["", "..", "a/", "x" * 256, "\u202e"])
def test_a_name_that_is_none_is_refused(raw: str) -> None:
    with pytest.raises(InvalidInput):
        clean_name(raw)

"""Electronic copies prove themselves: any change of a byte shows, offline."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from cli.main import main
from engine.adapters.signing import FileSigner, read_public
from engine.domain.documents.copies import (
    CopyFile,
    check,
    manifest_bytes,
    pack,
    unpack,
)
from engine.errors import InvalidInput, Unavailable

PDF = b"%PDF-1.7 Gi\xe1\xba\xa5y khai sinh"


@pytest.fixture
def signer(tmp_path: Path) -> FileSigner:
    return FileSigner(tmp_path / "keys" / "key.pem", make=True)


@pytest.fixture
def copy(signer: FileSigner) -> CopyFile:
    facts = {
        "copy": "5",
        "keyId": signer.key_id,
        "signer": "Nguyễn Hữu Phước",
        "issuedAt": "2026-11-23T09:00:00+07:00",
        "document": {"sha256": hashlib.sha256(PDF).hexdigest()},
    }
    manifest = manifest_bytes(facts)
    return CopyFile(content=PDF, manifest=manifest, signature=signer.sign(manifest))


def test_a_copy_holds_as_long_as_nothing_changes(signer: FileSigner, copy: CopyFile) -> None:
    file = pack(copy, "application/pdf")

    assert pack(copy, "application/pdf") == file
    verdict = check(unpack(file, 10_000), signer.verify)
    assert (verdict.holds, verdict.facts["copy"]) == (True, "5")


@pytest.mark.parametrize(
    ("part", "data", "faults"),
    [
        ("content", PDF + b" ", ("content",)),
        ("signature", b"x" * 64, ("signature",)),
        ("signature", b"", ("signature",)),
        ("manifest", b"no json", ("manifest",)),
        ("manifest", b'{"kind": "other"}', ("manifest",)),
        ("manifest", b"[" * 100_000, ("manifest",)),
    ],
)
def test_every_change_shows(
    signer: FileSigner, copy: CopyFile, part: str, data: bytes, faults: tuple[str, ...]
) -> None:
    parts = {
        "content": copy.content,
        "manifest": copy.manifest,
        "signature": copy.signature,
        part: data,
    }

    verdict = check(CopyFile(**parts), signer.verify)

    assert verdict.faults == faults


def test_another_signers_copy_is_of_an_unknown_key(copy: CopyFile, tmp_path: Path) -> None:
    other = FileSigner(tmp_path / "other.pem", make=True)
    forged = json.loads(copy.manifest) | {"keyId": other.key_id}

    assert check(copy, other.verify).faults == ("key-unknown",)
    changed = CopyFile(content=PDF, manifest=manifest_bytes(forged), signature=copy.signature)
    assert check(changed, other.verify).faults == ("signature",)


def _archive(*entries: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return whole.getvalue()


THREE = (("content.pdf", PDF), ("copy.json", b"{}"), ("copy.sig", b"x"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        PDF,
        _archive(*THREE[:2]),
        _archive(*THREE, ("more.exe", b"x")),
        _archive(("content.pdf", b"0" * 5000), *THREE[1:]),
        _archive(*THREE[:1], ("copy.json", b" " * 200_000), THREE[2]),
        _archive(*THREE, method=zipfile.ZIP_DEFLATED),
        _archive(("../content.pdf", PDF), *THREE[1:]),
    ],
)
def test_a_file_that_is_no_copy_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        unpack(data, 1000)

    assert refused.value.reason == "no-copy"
    assert refused.value.faults[0].sentence_vi


def test_without_a_key_nothing_is_signed(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pem"
    broken.write_bytes(b"no key")
    for signer in (FileSigner(None), FileSigner(tmp_path / "none"), FileSigner(broken)):
        with pytest.raises(Unavailable):
            signer.sign(b"x")
    with pytest.raises(InvalidInput):
        read_public(b"no key")


def test_the_command_line_verifies(
    signer: FileSigner, copy: CopyFile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, file = tmp_path / "issuer.pem", tmp_path / "copy.zip"
    key.write_text(signer.public_pem)
    file.write_bytes(pack(copy, "application/pdf"))
    words = ["verify", str(file), "--key", str(key)]

    assert main(words) == 0
    assert "holds: copy 5, signed 2026-11-23" in capsys.readouterr().out
    assert main([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["holds"] is True
    file.write_bytes(pack(copy, "application/pdf").replace(PDF, PDF[:-1] + b"H"))
    # The archive's own sum no longer fits, which is enough to refuse it.
    assert main(words) != 0
    forged = CopyFile(content=PDF + b"!", manifest=copy.manifest, signature=copy.signature)
    file.write_bytes(pack(forged, "application/pdf"))
    capsys.readouterr()
    assert main(words) == 1
    assert capsys.readouterr().out == "does not hold: content\n"
    assert main(["verify", str(tmp_path / "none"), "--key", str(key)]) != 0

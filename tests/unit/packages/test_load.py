"""Loading packages: one version, one hash, faults as findings."""

from __future__ import annotations

import pytest

from engine.errors import InvalidInput
from engine.packages import load, select


def test_the_shipped_package_loads(copy):
    package = copy.load()

    assert package.findings == ()
    assert (package.id, package.code) == ("chung-thuc-ban-sao/2025-11-01", "2.000815")
    assert package.lanes["van-thu"] == "records"
    names = [name for name, _ in package.deployable()]
    assert names[:2] == ["chung-thuc-ban-sao.bpmn", "chung-thuc-ban-sao.dmn"]
    assert all(name.endswith(".form") for name in names[2:])


def test_one_hash_covers_both_folders_whatever_the_line_ends(copy):
    digest = copy.load().digest

    for path in (copy.folder / "procedure.yml", copy.forms / "vao-so.form"):
        kept = path.read_bytes()
        path.write_bytes(kept.replace(b"\n", b"\r\n"))
        assert copy.load().digest == digest
        path.write_bytes(kept + b" ")
        assert copy.load().digest != digest
        path.write_bytes(kept)
    (copy.folder / "ghi-chu.md").write_text("mới")
    assert copy.load().digest != digest


def test_hidden_files_and_private_folders_are_no_part_of_it(copy):
    digest = copy.load().digest
    (copy.folder / ".ban-nhap.yml").write_text("x")
    assert (copy.root / "processes" / "_law").is_dir()

    packages = load(copy.root / "processes", copy.root / "forms")

    assert [package.digest for package in packages] == [digest]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("code: 2.000815", "code: 2000815", 3, "code"),
        ("status: example", "status: official", 10, "status"),
        ("core25: false", "core25: maybe", 167, "core25"),
        ("exclusion: none", "excluded: none", 166, "excluded"),
        ("  currency: VND", "  currency: USD", 78, "currency"),
        ("effective_from: 2025-11-01", "effective_from: 2025-13-01", 28, "effective_from"),
        ("time: 15:00", "time: 15h", 66, "time"),
    ],
)
def test_procedure_yml_is_checked_against_its_schema(copy, old, new, line, words):
    copy.edit("procedure.yml", old, new)

    package = copy.load()

    assert package.procedure is None
    finding = next(one for one in package.findings if words in one.message["en"])
    assert (finding.rule, finding.resource, finding.severity) == (
        "package-schema",
        "procedure.yml",
        "error",
    )
    assert abs(finding.line - line) <= 25
    text = (copy.folder / "procedure.yml").read_text().splitlines()[finding.line - 1]
    assert new.split(":")[0].strip() in text


@pytest.mark.parametrize("name", ["2025-13-01", "moi-nhat", "2025-1-1"])
def test_a_version_is_named_by_a_date(copy, name):
    copy.folder.rename(copy.folder.with_name(name))

    (package,) = load(copy.root / "processes", copy.root / "forms")

    assert "package-date" in {one.rule for one in package.findings}


def test_a_missing_procedure_yml_is_told(copy):
    (copy.folder / "procedure.yml").unlink()

    assert [one.rule for one in copy.load().findings] == ["package-schema"]


def test_a_path_may_be_all_one_or_a_version(copy):
    root = copy.root / "processes"

    for path in (root, copy.folder.parent, copy.folder, copy.folder / "procedure.yml"):
        assert [one.id for one in select(path)] == ["chung-thuc-ban-sao/2025-11-01"]
        assert any(select(path)[0].of("form"))


@pytest.mark.parametrize(
    ("name", "words"), [("missing", "no such folder"), ("empty", "processes/SLUG")]
)
def test_a_path_without_packages_says_what_to_name(copy, name, words):
    (copy.root / "empty").mkdir()

    with pytest.raises(InvalidInput, match=words):
        select(copy.root / name)

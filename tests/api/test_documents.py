"""Papers over HTTP: in pieces and at once, read, taken over, listed; and as the SDK sees them."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from camunda_orchestration_sdk import CamundaClient
from camunda_orchestration_sdk import models as m
from camunda_orchestration_sdk.errors import NotFoundError
from camunda_orchestration_sdk.types import File

from tests.api.conftest import Server, deploy, start
from tests.api.test_sdk_tasks import sdk

PDF = b"%PDF-1.7 " + "Giấy khai sinh".encode() * 30
PIECE = "application/octet-stream"
NAME = "Nguyễn Thị Ánh.pdf"


@pytest.fixture
def dossier(admin: httpx.Client) -> str:
    deploy(admin, "review.bpmn")
    return start(admin, "review")


def _begin(client: httpx.Client, **more: Any) -> httpx.Response:
    body = {"fileName": NAME, "size": len(PDF), **more}
    return client.post("/api/documents/uploads", json=body)


def _send(client: httpx.Client, key: str, offset: object, data: bytes, **headers: str) -> Any:
    sent = {"Upload-Offset": str(offset), "content-type": PIECE} | headers
    return client.patch(f"/api/documents/uploads/{key}", content=data, headers=sent)


def _sum(data: bytes) -> dict[str, str]:
    return {"Upload-Checksum": f"sha256 {base64.b64encode(hashlib.sha256(data).digest()).decode()}"}


def _store(client: httpx.Client, **form: str) -> httpx.Response:
    return client.post("/api/documents", files={"file": (NAME, PDF)}, data=form)


def test_an_upload_goes_on_after_a_break(lan: httpx.Client, stranger: httpx.Client) -> None:
    key = _begin(lan, sha256=hashlib.sha256(PDF).hexdigest()).json()["uploadKey"]
    assert _send(lan, key, 0, PDF[:100], **_sum(PDF[:100])).json()["offset"] == 100

    told = lan.get(f"/api/documents/uploads/{key}")
    assert (told.json()["offset"], told.headers["Upload-Offset"]) == (100, "100")
    again = _send(lan, key, 0, PDF[:100])
    assert (again.status_code, again.json()["code"]) == (409, "upload-offset")
    damaged = _send(lan, key, 100, PDF[100:], **_sum(b"other"))
    assert (damaged.status_code, damaged.json()["code"]) == (400, "upload-checksum")
    early = lan.post(f"/api/documents/uploads/{key}/completion")
    assert (early.status_code, early.json()["code"]) == (409, "upload-incomplete")
    assert stranger.get(f"/api/documents/uploads/{key}").status_code == 404
    assert _send(stranger, key, 100, PDF[100:]).status_code == 404
    assert _send(lan, key, 100, PDF[100:], **_sum(PDF[100:])).status_code == 200
    url, once = f"/api/documents/uploads/{key}/completion", {"Idempotency-Key": f"done-{key}"}
    done = lan.post(url, headers=once)
    assert lan.post(url, headers=once).json() == done.json()
    assert lan.post(url).status_code == 404

    assert done.status_code == 201, done.text
    found = done.json()
    assert (found["fileName"], found["mediaType"]) == (NAME, "application/pdf")
    content = lan.get(f"/api/documents/{found['documentKey']}/content")
    assert content.content == PDF
    assert content.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''Nguy")
    assert content.headers["X-Content-Type-Options"] == "nosniff"
    assert lan.get(f"/api/documents/uploads/{key}").status_code == 404


@pytest.mark.parametrize(
    ("headers", "pointer"),
    [
        ({"Upload-Offset": "x"}, "/Upload-Offset"),
        ({"Upload-Offset": "-1"}, "/Upload-Offset"),
        ({"Upload-Offset": "0", "Upload-Checksum": "md5 x"}, "/Upload-Checksum"),
        ({"Upload-Offset": "0", "Upload-Checksum": "sha256 !"}, "/Upload-Checksum"),
    ],
)
def test_a_piece_with_a_bad_header(
    lan: httpx.Client, headers: dict[str, str], pointer: str
) -> None:
    key = _begin(lan).json()["uploadKey"]
    answer = lan.patch(
        f"/api/documents/uploads/{key}", content=b"x", headers=headers | {"content-type": PIECE}
    )

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == pointer
    plain = lan.patch(f"/api/documents/uploads/{key}", content=b"x")
    assert plain.status_code == 415


def test_an_upload_is_given_up(lan: httpx.Client) -> None:
    key = _begin(lan).json()["uploadKey"]

    assert lan.delete(f"/api/documents/uploads/{key}").status_code == 204
    assert _send(lan, key, 0, PDF).status_code == 404


def test_what_may_not_be_sent(lan: httpx.Client, dossier: str) -> None:
    program = lan.post("/api/documents", files={"file": ("a.pdf", b"MZ\x90\x00")})
    assert (program.status_code, program.json()["code"]) == (400, "file-type")
    vietnamese = lan.post(
        "/api/documents",
        files={"file": ("a.pdf", b"MZ\x90\x00")},
        headers={"Accept-Language": "vi"},
    )
    assert vietnamese.json()["errors"][0]["sentence"].startswith("Không nhận")
    assert _begin(lan, size=10**12).status_code == 413
    assert _begin(lan, size=0).json()["code"] == "file-empty"
    assert _begin(lan, dossierKey="9").status_code == 404
    assert _store(lan, component="birth").status_code == 400
    assert _store(lan, colour="red").json()["errors"][0]["code"] == "unknown-key"
    assert lan.post("/api/documents", json={}).status_code == 415


def test_the_same_key_with_another_dossier_is_refused(lan: httpx.Client, dossier: str) -> None:
    once, files = {"Idempotency-Key": f"paper-{dossier}"}, {"file": (NAME, PDF)}
    first = lan.post("/api/documents", files=files, headers=once)
    again = lan.post("/api/documents", files=files, headers=once)
    other = lan.post("/api/documents", files=files, data={"dossierKey": dossier}, headers=once)

    assert first.json()["documentKey"] == again.json()["documentKey"]
    assert (other.status_code, other.json()["code"]) == (409, "idempotency-mismatch")


def test_a_dossiers_papers(lan: httpx.Client, stranger: httpx.Client, dossier: str) -> None:
    wanted = [{"id": "birth", "name": {"vi": "Giấy khai sinh"}, "required": True}]
    where = f"/api/documents/components/{dossier}"
    assert lan.post(where, json={"components": wanted}).status_code == 204
    assert lan.get(where).json()["missing"] == ["birth"]
    key = _store(lan, dossierKey=dossier, component="birth", source="scan").json()["documentKey"]
    good = {"pages": True, "legible": True, "complete": True, "rightDossier": True}
    checked = lan.put(f"{where}/birth/check", json=good)

    assert checked.json() == {"missing": []}
    (item,) = lan.get(where).json()["items"]
    assert (item["documentKey"], item["status"], item["quality"]) == (key, "provided", True)
    listed = lan.get("/api/documents", params={"dossierKey": dossier}).json()["items"]
    assert [(row["documentKey"], row["source"]) for row in listed] == [(key, "scan")]
    assert lan.get(f"/api/documents/{key}/content").status_code == 200
    (access,) = lan.get(f"/api/documents/{key}/accesses").json()["items"]
    assert (access["by"], access["action"]) == ("lan", "download")
    for answer in (
        stranger.get(where),
        stranger.get(f"/api/documents/{key}"),
        stranger.get(f"/api/documents/{key}/content"),
        stranger.get(f"/api/documents/{key}/accesses"),
        stranger.delete(f"/api/documents/{key}"),
        stranger.post(f"/api/documents/{key}/attachment", json={"dossierKey": dossier}),
        stranger.put(f"{where}/birth/check", json=good),
        _store(stranger, dossierKey=dossier),
    ):
        assert answer.status_code == 404, answer.text
        assert "Nguyễn" not in answer.text
    assert stranger.get("/api/documents", params={"dossierKey": dossier}).json()["items"] == []


def test_a_settlement_needs_its_revision(lan: httpx.Client, dossier: str) -> None:
    where = f"/api/documents/components/{dossier}"
    lan.post(where, json={"components": [{"id": "photo", "required": True}]})
    url, body = f"{where}/photo/settlement", {"exempt": True, "reason": "ảnh đã có"}

    assert lan.put(url, json=body, headers={"If-Match": '"9"'}).status_code == 412
    assert lan.put(url, json={"exempt": True}).json()["code"] == "reason-missing"
    assert lan.put(url, json=body, headers={"If-Match": '"1"'}).json() == {"missing": []}


def test_keeping_and_deleting(admin: httpx.Client, lan: httpx.Client) -> None:
    key = _store(lan).json()["documentKey"]
    until = {"held": True, "retainUntil": "2030-01-01T00:00:00+07:00", "reason": "khiếu nại"}
    assert lan.put(f"/api/documents/{key}/retention", json=until).status_code == 403
    assert admin.put(f"/api/documents/{key}/retention", json=until).status_code == 204
    assert lan.delete(f"/api/documents/{key}").json()["code"] == "document-held"
    found = admin.get(f"/api/documents/{key}")
    assert (found.json()["held"], found.headers["ETag"]) == (True, '"2"')
    assert admin.put(f"/api/documents/{key}/retention", json={"held": False}).status_code == 204

    assert lan.delete(f"/api/documents/{key}", headers={"If-Match": '"1"'}).status_code == 412
    assert lan.delete(f"/api/documents/{key}").status_code == 204
    assert lan.get(f"/api/documents/{key}").status_code == 404
    assert admin.post(f"/api/documents/{key}/scan").status_code == 404


@pytest.fixture
def client(server: Server) -> Iterator[CamundaClient]:
    with sdk(server) as made:
        yield made


def _upload(client: CamundaClient, **metadata: object) -> m.DocumentReference:
    data = m.CreateDocumentData.from_dict({"file": b"", "metadata": metadata})
    data.file = File(payload=io.BytesIO(PDF), file_name=NAME)
    found = client.create_document(data=data)
    assert isinstance(found, m.DocumentReference)
    return found


def test_the_sdk_stores_reads_and_deletes(client: CamundaClient, dossier: str) -> None:
    stored = _upload(client, processInstanceKey=dossier, customProperties={"trang": 2})

    assert (stored.store_id, stored.metadata.content_type) == ("motcua", "application/pdf")
    assert stored.content_hash == hashlib.sha256(PDF).hexdigest()
    assert stored.metadata.custom_properties.to_dict() == {"trang": 2}
    assert str(stored.metadata.process_instance_key) == dossier
    read = client.get_document(document_id=stored.document_id, content_hash=stored.content_hash)
    assert read.payload.read() == PDF
    client.delete_document(document_id=stored.document_id)
    with pytest.raises(NotFoundError):
        client.get_document(document_id=stored.document_id)


def test_what_the_engine_api_does_not_do(admin: httpx.Client) -> None:
    files = {"file": ("a.pdf", PDF)}
    post = "/v2/documents"

    assert admin.post(post, files=files, params={"storeId": "s3"}).status_code == 501
    assert admin.post(post, files=files, params={"documentId": "mine"}).status_code == 501
    assert admin.post(f"{post}/1/links", json={}).status_code == 501
    assert admin.post(f"{post}/batch", files=files).status_code == 501
    assert admin.get(f"{post}/not-a-key").status_code == 404
    wrong = admin.post(post, files=files, data={"metadata": '{"colour": 1}'})
    assert wrong.json()["errors"][0]["pointer"] == "/colour"
    key = admin.post(post, files=files).json()["documentId"]
    assert admin.get(f"{post}/{key}", params={"contentHash": "0" * 64}).status_code == 404


def test_a_copy_is_verified_by_anybody(admin: httpx.Client, server: Server, dossier: str) -> None:
    key = _store(admin, dossierKey=dossier).json()["documentKey"]
    made = admin.post(f"/api/documents/{key}/copies", json={"number": "7/2026"})
    assert made.status_code == 201, made.text
    file = admin.get(f"/api/documents/copies/{made.json()['copyKey']}").content
    with httpx.Client(base_url=server.url, timeout=30) as anybody:

        def verify(data: bytes) -> dict[str, Any]:
            found = anybody.post("/api/documents/copies/verification", files={"file": data})
            assert found.status_code == 200, found.text
            verdict: dict[str, Any] = found.json()
            return verdict

        published = anybody.get("/api/documents/copies/key").json()
        assert published["keyId"] == made.json()["keyId"]
        verdict = verify(file)
        assert (verdict["holds"], verdict["facts"]["number"]) == (True, "7/2026")
        url = f"/api/documents/copies/{made.json()['copyKey']}/revocation"
        assert anybody.post(url, json={"reason": "x"}).status_code == 401
        assert admin.post(url, json={"reason": "sai"}).status_code == 204
        assert verify(file) | {"facts": {}} == {"holds": False, "faults": ["revoked"], "facts": {}}
        bad = anybody.post("/api/documents/copies/verification", files={"file": PDF})
        assert (bad.status_code, bad.json()["code"]) == (400, "no-copy")


def test_what_the_state_has_is_found_and_taken(
    admin: httpx.Client, lan: httpx.Client, stranger: httpx.Client, dossier: str
) -> None:
    where = f"/api/documents/components/{dossier}"
    lan.post(where, json={"components": [{"id": "birth", "required": True}]})
    item = {
        "register": "ho-tich",
        "kind": "birth",
        "number": "12/2020",
        "holder": "079158001234",
        "issuer": "UBND phường Hoàn Kiếm",
        "issuedOn": "2020-05-04",
    }
    assert lan.post("/api/documents/register/items", json=item).status_code == 403
    kept = admin.post("/api/documents/register/items", json=item).json()["registerItem"]
    question = {"dossierKey": dossier, "holder": "079 158 001 234"}
    ask = "/api/documents/register/consultation"
    assert stranger.post(ask, json=question).status_code == 404

    (found,) = lan.post(ask, json=question).json()["items"]
    assert (found["registerItem"], found["hasDocument"]) == (kept, False)
    settlement = {"registerItem": kept, "holder": "079158001234"}
    assert lan.put(f"{where}/birth/settlement", json=settlement).json() == {"missing": []}
    gone = admin.post(f"/api/documents/register/items/{kept}/revocation", json={"reason": "sai"})
    assert gone.status_code == 204
    assert lan.post(ask, json=question).json() == {"items": []}

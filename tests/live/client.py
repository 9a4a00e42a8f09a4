"""A small HTTP client over one kept connection: what a worker of an integrator would be."""

from __future__ import annotations

import base64
import http.client
import json
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import uuid4


class Cut(Exception):
    """The connection ended before an answer came: whether it was done is not known."""


class Refused(Exception):
    """An answer that is not 2xx; ``status`` and the problem's body."""

    def __init__(self, status: int, body: str) -> None:
        super().__init__(f"{status}: {body[:1000]}")
        self.status = status
        self.body = body


class Client:
    """Basic authentication, JSON in and out; connects when first used."""

    def __init__(self, url: str, name: str = "admin", password: str = "admin") -> None:
        parts = urlsplit(url)
        self._connection = http.client.HTTPConnection(
            parts.hostname or "127.0.0.1", parts.port, timeout=30
        )
        pair = base64.b64encode(f"{name}:{password}".encode()).decode()
        self._headers = {"Authorization": f"Basic {pair}"}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """The decoded answer, None for an empty one; ``Cut`` or ``Refused`` otherwise."""
        payload = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"} if payload is not None else {}
        return self._send(method, path, payload, headers)

    def get(self, path: str) -> Any:
        """GET."""
        return self.call("GET", path)

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """POST with a JSON body."""
        return self.call("POST", path, body)

    def post_once(self, path: str, body: Mapping[str, Any], key: str) -> Any:
        """POST with an Idempotency-Key: repeating it does it once."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        return self._send("POST", path, json.dumps(body).encode(), headers)

    def deploy(self, name: str, source: bytes) -> Any:
        """Deploy one file by multipart, as the API of deployments wants it."""
        boundary = uuid4().hex
        head = (
            f"--{boundary}\r\n"
            f'Content-Disposition: form-data; name="resources"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        payload = head.encode() + source + f"\r\n--{boundary}--\r\n".encode()
        kind = f"multipart/form-data; boundary={boundary}"
        return self._send("POST", "/v2/deployments", payload, {"Content-Type": kind})

    def search_all(self, path: str, where: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Every row of a search, following its cursor."""
        rows: list[dict[str, Any]] = []
        page: dict[str, Any] = {"limit": 1000}
        while True:
            answer = self.post(path, {"filter": where, "page": page})
            rows += answer["items"]
            cursor = answer["page"].get("endCursor")
            if len(answer["items"]) < page["limit"] or not cursor:
                return rows
            page = {"limit": 1000, "after": cursor}

    def close(self) -> None:
        """Close the connection; the next call opens another."""
        self._connection.close()

    def _send(
        self, method: str, path: str, payload: bytes | None, headers: Mapping[str, str]
    ) -> Any:
        try:
            self._connection.request(method, path, payload, {**self._headers, **headers})
            answer = self._connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise Cut(type(error).__name__) from None
        if not 200 <= answer.status < 300:
            raise Refused(answer.status, text)
        return json.loads(text) if text else None

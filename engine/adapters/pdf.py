"""``engine.ports.pdf.PdfPrinter`` by typst, in a child process with limits.

The child sees an empty folder with the template, its data and files. It has no
network (a namespace of its own where the system allows one, else only dead
proxies), packages are refused, and after the time limit it is killed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from engine.ports.pdf import PdfFailed

_CHILD: Final = Path(__file__).with_name("pdf_child.py")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_PACKAGE: Final = re.compile(r"""["']\s*@""")
_ENVIRONMENT: Final = {
    name: "http://127.0.0.1:9"
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
}
MAX_PDF: Final = 50_000_000


class TypstPdf:
    """Compiles in a child; ``seconds`` is the wall-clock limit of one paper."""

    def __init__(self, seconds: float = 30.0, zone: ZoneInfo | None = None) -> None:
        self._seconds = seconds
        self._zone = zone or ZoneInfo("Asia/Ho_Chi_Minh")

    def print_pdf(
        self,
        template: str,
        data: Mapping[str, object],
        files: Mapping[str, bytes] | None = None,
        *,
        made_at: datetime,
    ) -> bytes:
        """The paper's bytes; ``PdfFailed`` says what is wrong with the template."""
        if _PACKAGE.search(template):
            raise PdfFailed("pdf-package", "The template imports a package; papers use none.")
        with tempfile.TemporaryDirectory(prefix="motcua-pdf-") as folder:
            self._fill(Path(folder), template, data, files or {}, made_at)
            return self._compile(folder, made_at)

    def _fill(
        self,
        folder: Path,
        template: str,
        data: Mapping[str, object],
        files: Mapping[str, bytes],
        made_at: datetime,
    ) -> None:
        day = made_at.astimezone(self._zone).date()
        # PDF/A wants a date; on the template's own first line, so that line numbers stay right.
        date = (
            f"#set document(date: datetime(year: {day.year}, month: {day.month}, day: {day.day}));"
        )
        (folder / "main.typ").write_text(date + template, encoding="utf-8")
        text = json.dumps(data, ensure_ascii=False, default=str)
        (folder / "data.json").write_text(text, encoding="utf-8")
        for name, content in files.items():
            if not _NAME.fullmatch(name) or name in {"main.typ", "data.json"}:
                raise PdfFailed("pdf-template", f"A file of a paper cannot be called {name!r}.")
            (folder / name).write_bytes(content)

    def _compile(self, folder: str, made_at: datetime) -> bytes:
        seconds = int(made_at.astimezone(UTC).timestamp())
        # -I: neither the current folder nor the user's environment decides what is imported.
        command = [sys.executable, "-I", str(_CHILD), folder, str(seconds), str(int(self._seconds))]
        try:
            ended = subprocess.run(  # noqa: S603 - our own file, arguments are numbers and a path
                command,
                capture_output=True,
                timeout=self._seconds,
                cwd=folder,
                env=_ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                check=False,
            )
        except subprocess.TimeoutExpired:
            sentence = f"The paper was not ready within {self._seconds:g} seconds."
            raise PdfFailed("pdf-timeout", sentence) from None
        if ended.returncode < 0:
            raise PdfFailed("pdf-timeout", "The paper took more than it may: time or memory.")
        if ended.returncode != 0 or not ended.stdout.startswith(b"%PDF"):
            raise PdfFailed("pdf-template", _said(ended.stderr, folder))
        if len(ended.stdout) > MAX_PDF:
            raise PdfFailed("pdf-template", "The paper is larger than 50 MB.")
        return ended.stdout


def _said(errors: bytes, folder: str) -> str:
    text = errors.decode("utf-8", "replace").replace(folder, "")
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1][:500] if lines else "The template cannot be compiled."

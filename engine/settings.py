"""Frozen settings, read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DEFAULT_DATABASE = "sqlite:///var/motcua.sqlite3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A credential that models name but never see; it goes to these hosts only."""

    value: str = field(repr=False)
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """The mail server; without ``host`` no mail is sent. ``security``: starttls, tls or none."""

    host: str = ""
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Smtp:
        """``MOTCUA_SMTP_HOST``, ``_PORT``, ``_SECURITY``, ``_USER``, ``_PASSWORD``, ``_FROM``."""
        return cls(
            host=env.get("MOTCUA_SMTP_HOST", ""),
            port=int(env.get("MOTCUA_SMTP_PORT") or 587),
            security=env.get("MOTCUA_SMTP_SECURITY") or "starttls",
            user=env.get("MOTCUA_SMTP_USER", ""),
            password=env.get("MOTCUA_SMTP_PASSWORD", ""),
            sender=env.get("MOTCUA_SMTP_FROM", ""),
        )


# A day and more of trying: a receiver may be down over a night.
PAUSES = (5.0, 30.0, 120.0, 600.0, 1800.0, 3600.0, 7200.0, 14_400.0, 28_800.0, 43_200.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhooks:
    """Pauses before each repeated attempt, time for one, and when a failing one is disabled."""

    pauses: tuple[float, ...] = PAUSES
    seconds: float = 20.0
    disable_after: float = 5 * 86_400.0

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Webhooks:
        """``MOTCUA_WEBHOOK_PAUSES`` (with commas), ``_SECONDS``, ``_DISABLE_AFTER``."""
        pauses = env.get("MOTCUA_WEBHOOK_PAUSES")
        return cls(
            pauses=tuple(float(pause) for pause in _words(pauses)) if pauses else PAUSES,
            seconds=float(env.get("MOTCUA_WEBHOOK_SECONDS") or 20.0),
            disable_after=float(env.get("MOTCUA_WEBHOOK_DISABLE_AFTER") or 5 * 86_400.0),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalAccess:
    """The national portal; without ``url`` nothing is told to it."""

    url: str = ""
    user: str = ""
    password: str = field(default="", repr=False)


_NUMBERS: Mapping[str, tuple[str, Callable[[str], float]]] = {
    "MOTCUA_INSTALLATION": ("installation", int),
    "MOTCUA_BODY_LIMIT": ("body_limit", int),
    "MOTCUA_DOCUMENT_LIMIT": ("document_limit", int),
    "MOTCUA_STEP_BUDGET": ("step_budget", int),
    "MOTCUA_LEASE_SECONDS": ("lease_seconds", float),
    "MOTCUA_RETENTION_DAYS": ("retention_days", int),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything an installation can choose; times in seconds, sizes in bytes."""

    database_url: str = DEFAULT_DATABASE
    packages_dir: Path = Path("processes")
    forms_dir: Path = Path("forms")
    blobs_dir: Path = Path("var/blobs")
    installation: int = 1
    zone: ZoneInfo = HANOI
    step_budget: int = 200_000
    body_limit: int = 4_000_000
    document_limit: int = 50_000_000
    clamd: str = ""
    scan_folder: Path | None = None
    scan_account: str = ""
    signing_key: Path | None = None
    message_ttl_max: int = 7 * 24 * 3600
    poll_interval: float = 1.0
    retention_days: int | None = None
    lease_seconds: float = 30.0
    outgoing_schemes: tuple[str, ...] = ("https",)
    outgoing_private: tuple[str, ...] = ()
    webhooks: Webhooks = field(default_factory=Webhooks)
    secrets: Mapping[str, Secret] = field(default_factory=dict, repr=False)
    smtp: Smtp = Smtp()
    portal: PortalAccess = PortalAccess()
    payment_secret: str = field(default="", repr=False)
    demo: bool = False
    test: bool = False

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None, **overrides: object) -> Settings:
        """Settings from ``MOTCUA_*`` variables; keyword arguments win."""
        source = os.environ if env is None else env
        values: dict[str, object] = {
            field: kind(source[name])
            for name, (field, kind) in _NUMBERS.items()
            if source.get(name)
        }
        if url := source.get("MOTCUA_DATABASE_URL"):
            values["database_url"] = url
        if folder := source.get("MOTCUA_PACKAGES"):
            values["packages_dir"] = Path(folder)
        if folder := source.get("MOTCUA_FORMS"):
            values["forms_dir"] = Path(folder)
        if folder := source.get("MOTCUA_BLOBS"):
            values["blobs_dir"] = Path(folder)
        if key := source.get("MOTCUA_SIGNING_KEY"):
            values["signing_key"] = Path(key)
        if folder := source.get("MOTCUA_SCAN_FOLDER"):
            values["scan_folder"] = Path(folder)
        values["scan_account"] = source.get("MOTCUA_SCAN_ACCOUNT", "")
        values["clamd"] = source.get("MOTCUA_CLAMD", "")
        if schemes := source.get("MOTCUA_OUTGOING_SCHEMES"):
            values["outgoing_schemes"] = _words(schemes)
        if networks := source.get("MOTCUA_OUTGOING_PRIVATE"):
            values["outgoing_private"] = _words(networks)
        values["secrets"] = _secrets(source)
        values["smtp"] = Smtp.from_env(source)
        values["webhooks"] = Webhooks.from_env(source)
        values["portal"] = PortalAccess(
            url=source.get("MOTCUA_PORTAL_URL", ""),
            user=source.get("MOTCUA_PORTAL_USER", ""),
            password=source.get("MOTCUA_PORTAL_PASSWORD", ""),
        )
        values["payment_secret"] = source.get("MOTCUA_PAYMENT_SECRET", "")
        values["demo"] = source.get("MOTCUA_DEMO") == "1"
        values["test"] = source.get("MOTCUA_TEST") == "1"
        values.update(overrides)
        return cls(**values)  # type: ignore[arg-type]


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _secrets(env: Mapping[str, str]) -> dict[str, Secret]:
    """``MOTCUA_SECRET_TREASURY=…`` with ``MOTCUA_SECRET_TREASURY_HOSTS=api.example.vn``."""
    found = {}
    for name, value in env.items():
        if name.startswith("MOTCUA_SECRET_") and not name.endswith("_HOSTS") and value:
            hosts = _words(env.get(f"{name}_HOSTS", "").lower())
            found[name.removeprefix("MOTCUA_SECRET_")] = Secret(value=value, hosts=hosts)
    return found

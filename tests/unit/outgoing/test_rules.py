"""Rules over URLs and addresses, without a network."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from engine.domain.outgoing import is_allowed, networks_of, target_of
from engine.errors import InvalidInput

HTTPS = ("https",)


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::",
        "fc00::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_addresses_that_are_not_public_are_refused(text: str) -> None:
    assert not is_allowed(ip_address(text), ())


@pytest.mark.parametrize(
    "text", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_pass(text: str) -> None:
    assert is_allowed(ip_address(text), ())


def test_an_allowed_network_opens_itself_only() -> None:
    allowed = networks_of(["10.1.0.0/16"])

    assert is_allowed(ip_address("10.1.2.3"), allowed)
    assert is_allowed(ip_address("::ffff:10.1.2.3"), allowed)
    assert not is_allowed(ip_address("10.2.0.1"), allowed)
    assert not is_allowed(ip_address("127.0.0.1"), allowed)


def test_a_network_that_cannot_be_read_is_named() -> None:
    with pytest.raises(InvalidInput, match=r"10\.1\.0\.0/99"):
        networks_of(["10.1.0.0/99"])


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://example.org/", "url-scheme"),
        ("file:///etc/passwd", "url-scheme"),
        ("gopher://example.org/", "url-scheme"),
        ("example.org/hook", "url-scheme"),
        ("https://user:hunter2@example.org/", "url-user"),
        ("https://user@example.org/", "url-user"),
        ("https:///hook", "url-host"),
        ("https://exa%6Dple.org/", "url-host"),
        ("https://example.org:99999/", "url-host"),
        ("https://[::1/", "url-host"),
        ("https://127.0.0.1/", "url-private"),
        ("https://[::1]/", "url-private"),
        ("https://[::ffff:10.0.0.1]/", "url-private"),
        ("https://example.org/a b", "url-characters"),
        ("https://example.org/\r\nX: y", "url-characters"),
        ("https://example.org\\@127.0.0.1/", "url-characters"),
        ("https://một-cửa.vn/", "url-characters"),
        ("https://example.org/" + "a" * 2048, "url-long"),
    ],
)
def test_a_url_that_may_not_be_called_says_why(url: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        target_of(url, HTTPS, ())

    assert refusal.value.reason == code
    assert "hunter2" not in refusal.value.sentence


def test_a_url_is_taken_apart() -> None:
    target = target_of("https://example.org:8443/hook?a=1&b=%20", HTTPS, ())

    assert (target.host, target.port, target.path) == ("example.org", 8443, "/hook?a=1&b=%20")
    assert target.host_header == "example.org:8443"
    assert target_of("https://example.org", HTTPS, ()).path == "/"
    assert target_of("https://[2606:4700::1111]/x", HTTPS, ()).host_header == "[2606:4700::1111]"

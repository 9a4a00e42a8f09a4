"""The guarded client against a real server."""

from __future__ import annotations

import socket
from collections.abc import Sequence

import pytest

from engine.adapters.outgoing import GuardedHttp
from engine.domain.outgoing import networks_of
from engine.ports.outgoing import Call, OutgoingFailed
from engine.settings import Settings
from tests.live.receiver import Answer, Receiver

LOOPBACK = networks_of(["127.0.0.0/8"])


def client(resolve: dict[str, Sequence[str]] | None = None) -> GuardedHttp:
    def answer(host: str, port: int) -> Sequence[str]:
        return (resolve or {}).get(host, [host])

    return GuardedHttp(("http",), LOOPBACK, answer)


def failure(guarded: GuardedHttp, call: Call) -> tuple[str, bool]:
    with pytest.raises(OutgoingFailed) as failed:
        guarded.send(call)
    return failed.value.reason, failed.value.may_repeat


def test_a_call_arrives_and_its_answer_comes_back(receiver: Receiver) -> None:
    receiver.answers["/hook?a=1"] = Answer(201, {"X-One": "1"}, "Đã nhận".encode())
    call = Call(
        url=receiver.url("/hook?a=1"),
        method="POST",
        headers={"content-type": "application/json"},
        body=b"{}",
    )

    reply = client().send(call)

    assert (reply.status, reply.body.decode()) == (201, "Đã nhận")
    assert reply.headers["x-one"] == "1"
    seen = receiver.seen[0]
    assert (seen.method, seen.path, seen.body) == ("POST", "/hook?a=1", b"{}")
    assert seen.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert seen.headers["content-type"] == "application/json"


def test_private_addresses_are_refused_without_a_connection(receiver: Receiver) -> None:
    closed = GuardedHttp(("http",), ())

    assert failure(closed, Call(url=receiver.url())) == ("address-refused", False)
    assert failure(closed, Call(url=receiver.url(host="localhost"))) == ("address-refused", True)
    assert receiver.seen == []


def test_one_private_address_among_public_ones_refuses_all(receiver: Receiver) -> None:
    guarded = client({"rebind.example": ["8.8.8.8", "10.0.0.1"]})

    assert failure(guarded, Call(url=receiver.url(host="rebind.example")))[0] == "address-refused"


def test_a_name_is_resolved_once_and_pinned(receiver: Receiver) -> None:
    receiver.answers["/"] = Answer(204)
    asked: list[str] = []

    def once(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    reply = GuardedHttp(("http",), LOOPBACK, once).send(Call(url=receiver.url(host="a.example")))

    assert reply.status == 204
    assert asked == ["a.example"]
    assert receiver.seen[0].headers["host"] == f"a.example:{receiver.port}"


def test_the_next_address_is_tried(receiver: Receiver) -> None:
    receiver.answers["/"] = Answer(200)
    guarded = client({"two.example": ["127.0.0.9", "127.0.0.1"]})

    assert guarded.send(Call(url=receiver.url(host="two.example"))).status == 200


def test_redirects_are_an_answer_unless_followed(receiver: Receiver) -> None:
    receiver.answers["/old"] = Answer(302, {"Location": "/new"})
    receiver.answers["/new"] = Answer(200, body=b"here")

    assert client().send(Call(url=receiver.url("/old"))).status == 302
    assert client().send(Call(url=receiver.url("/old"), redirects=2)).body == b"here"


def test_a_redirect_is_checked_like_a_first_url(receiver: Receiver) -> None:
    receiver.answers["/meta"] = Answer(302, {"Location": "http://169.254.169.254/latest"})
    receiver.answers["/file"] = Answer(302, {"Location": "file:///etc/passwd"})
    receiver.answers["/loop"] = Answer(302, {"Location": "/loop"})

    def go(path: str) -> tuple[str, bool]:
        return failure(client(), Call(url=receiver.url(path), redirects=3))

    assert go("/meta") == ("address-refused", False)
    assert go("/file") == ("url-refused", False)
    assert go("/loop") == ("redirects", False)
    assert len([seen for seen in receiver.seen if seen.path == "/loop"]) == 4


def test_credentials_stay_with_their_origin_and_a_post_becomes_a_get(receiver: Receiver) -> None:
    elsewhere = receiver.url("/b", host="other.example")
    receiver.answers["/a"] = Answer(303, {"Location": elsewhere})
    receiver.answers["/b"] = Answer(200)
    guarded = client({"other.example": ["127.0.0.1"]})
    headers = {"Authorization": "Bearer t", "Content-Type": "text/plain", "X-Keep": "1"}

    guarded.send(
        Call(url=receiver.url("/a"), method="POST", headers=headers, body=b"x", redirects=1)
    )

    first, second = receiver.seen
    assert first.headers["authorization"] == "Bearer t"
    assert (second.method, second.body) == ("GET", b"")
    assert "authorization" not in second.headers
    assert "content-type" not in second.headers
    assert second.headers["x-keep"] == "1"


def test_an_answer_over_the_limit_is_cut(receiver: Receiver) -> None:
    receiver.answers["/"] = Answer(200, body=b"x" * 5000)

    call = Call(url=receiver.url(), answer_limit=4999)

    assert failure(client(), call) == ("answer-too-large", True)


def test_a_slow_answer_and_a_dripping_one_end_in_time(receiver: Receiver) -> None:
    receiver.answers["/slow"] = Answer(200, before=5)
    receiver.answers["/drip"] = Answer(200, body=b"x" * 100, drip=0.1)

    for path in ("/slow", "/drip"):
        call = Call(url=receiver.url(path), seconds=0.5)
        assert failure(client(), call) == ("timed-out", True)


def test_a_broken_answer_and_no_answer_have_names(receiver: Receiver) -> None:
    receiver.answers["/short"] = Answer(200, {"Content-Length": "10"}, b"abc")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{taken.getsockname()[1]}/"

        assert failure(client(), Call(url=dead)) == ("unreachable", True)

    assert failure(client(), Call(url=receiver.url("/short"))) == ("answer-broken", True)


def test_a_plain_server_behind_https_is_a_tls_failure(receiver: Receiver) -> None:
    guarded = GuardedHttp(("https",), LOOPBACK)

    call = Call(url=receiver.url().replace("http:", "https:"))

    assert failure(guarded, call) == ("tls", True)


def test_an_unknown_name_says_so() -> None:
    call = Call(url="http://no-such-name.invalid/")

    assert failure(GuardedHttp(("http",), ()), call) == ("name-unknown", True)


@pytest.mark.parametrize(
    "headers",
    [{"X": "a\r\nY: b"}, {"Host": "evil"}, {"Content-Length": "1"}, {"X Y": "1"}, {"X": "ạ"}],
)
def test_headers_cannot_smuggle(receiver: Receiver, headers: dict[str, str]) -> None:
    call = Call(url=receiver.url(), headers=headers)

    assert failure(client(), call) == ("header-refused", False)
    assert receiver.seen == []


def test_settings_describe_the_client(receiver: Receiver) -> None:
    receiver.answers["/"] = Answer(200)
    env = {"MOTCUA_OUTGOING_SCHEMES": "https, http", "MOTCUA_OUTGOING_PRIVATE": "127.0.0.0/8"}

    opened = GuardedHttp.of(Settings.from_env(env))

    assert opened.send(Call(url=receiver.url())).status == 200
    assert failure(GuardedHttp.of(Settings()), Call(url=receiver.url())) == ("url-refused", False)

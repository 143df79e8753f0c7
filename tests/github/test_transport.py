"""What is sent again, what is not, and where a token never goes."""

import socket
import threading
from contextlib import contextmanager

import pytest

from graders.github.api import Api
from graders.github.failures import AmbiguousError, ApiError, SignInError
from graders.github.transport import MAX_ANSWER_BYTES, Transport

TOKEN = "ghs_a-workflows-own"
NOW = 1_800_000_000
PULL = "/repos/katas/class-of-2026/pulls/7"
USED_UP = {"X-RateLimit-Remaining": "0"}
COMMENTS = "/repos/katas/class-of-2026/issues/7/comments"


@pytest.fixture
def transport(github, waits):
    return Transport(TOKEN, github.url, sleep=waits.append, clock=lambda: NOW, jitter=lambda: 0.5)


@contextmanager
def a_server(reply: bytes):
    """Give the address of a server that says one thing, and what it was asked."""
    asked: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                asked.append(connection.recv(65536))
                connection.sendall(reply)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


PASSING = {
    "500": (500, {}, 1.5),
    "502": (502, {}, 1.5),
    "503 with a time": (503, {"retry-after": "7"}, 7.5),
    "a broken connection": (0, {}, 1.5),
    "429 with a time": (429, {"retry-after": "30"}, 30.5),
    "429 without": (429, {}, 61.5),
    "403 with a time": (403, {"retry-after": "60"}, 60.5),
    "403 with words": (403, {"Retry-After": "soon"}, 60.5),
    "the hour's requests are used up": (403, {**USED_UP, "X-RateLimit-Reset": f"{NOW + 90}"}, 90.5),
    "they were, and clocks differ": (403, {**USED_UP, "X-RateLimit-Reset": f"{NOW - 90}"}, 1.5),
}


@pytest.mark.parametrize("case", PASSING)
def test_what_passes_is_tried_again(transport, github, waits, case):
    status, headers, waited = PASSING[case]
    github.fail("GET", "/pulls/7", status, headers=headers)

    answer = transport.send("GET", PULL)

    assert answer.status == 200
    assert waits == [waited]


def test_pauses_grow_and_tries_end(transport, github, waits):
    github.fail("GET", "/pulls/7", 502, times=99)

    with pytest.raises(ApiError) as caught:
        transport.send("GET", PULL)

    assert waits == [1.5, 3.0, 6.0, 12.0]
    assert str(caught.value) == f"GET {PULL}: GitHub answered 502: made to fail"
    assert caught.value.fix


def test_nobody_waits_for_an_hour(transport, github, waits):
    github.fail("GET", "/pulls/7", 429, headers={"retry-after": "3600"})

    with pytest.raises(ApiError) as caught:
        transport.send("GET", PULL)

    assert waits == []
    assert caught.value.fix == "try again in 3600 seconds"


def test_who_has_the_patience_waits_for_an_hour(github, waits):
    github.fail("GET", "/pulls/7", 429, headers={"retry-after": "3600"})
    patient = Transport(TOKEN, github.url, sleep=waits.append, patience=4000, jitter=lambda: 0.0)

    assert patient.send("GET", PULL).status == 200
    assert waits == [3600]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422])
def test_a_refusal_is_not_asked_twice(transport, github, waits, status):
    github.fail("POST", "/comments", status, times=9)

    with pytest.raises(ApiError) as caught:
        transport.send("POST", COMMENTS, {"body": "hello"}, is_repeatable=False)

    assert caught.value.status == status
    assert caught.value.what == f"GitHub answered {status}: made to fail"
    assert caught.value.fix
    assert len(github.seen) == 1
    assert waits == []


def test_a_token_that_is_not_known_asks_to_sign_in(github):
    with pytest.raises(SignInError) as caught:
        Transport("another", github.url).send("GET", PULL)

    assert caught.value.exit_code == 4
    assert caught.value.fix == "sign in again, or give a token that is still valid"


@pytest.mark.parametrize("status", [500, 502, 0])
@pytest.mark.parametrize("is_done", [True, False], ids=["done", "not done"])
def test_what_creates_is_not_sent_again_when_nobody_knows(transport, github, pull, status, is_done):
    github.fail("POST", "/comments", status, is_done=is_done)

    with pytest.raises(AmbiguousError, match="it may have been done or not"):
        transport.send("POST", COMMENTS, {"body": "hello"}, is_repeatable=False)

    assert github.bodies(pull) == ["hello"] * is_done
    assert len(github.asked("POST")) == 1


def test_what_creates_is_sent_again_when_it_was_turned_away(transport, github, waits, pull):
    github.fail("POST", "/comments", 403, headers={"retry-after": "5"})

    transport.send("POST", COMMENTS, {"body": "hello"}, is_repeatable=False)

    assert github.bodies(pull) == ["hello"]
    assert waits == [5.5]


def test_an_answer_that_is_cut_off_is_no_answer(waits):
    cut = b'HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{"id": 1'

    with a_server(cut) as (url, asked):
        transport = Transport(TOKEN, url, sleep=waits.append)
        with pytest.raises(AmbiguousError, match="GitHub did not answer"):
            transport.send("POST", COMMENTS, {"body": "hello"}, is_repeatable=False)

    assert len(asked) == 1


def test_a_server_that_is_not_there_is_told(waits):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"

    with pytest.raises(ApiError) as caught:
        Transport(TOKEN, url, sleep=waits.append).send("GET", "/user")

    assert str(caught.value) == "GET /user: GitHub did not answer"
    assert "githubstatus" in caught.value.fix
    assert len(waits) == 4


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_leads_the_token_to_another_server(code, method):
    with a_server(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") as (elsewhere, asked):
        moved = f"HTTP/1.1 {code} X\r\nLocation: {elsewhere}/user\r\nContent-Length: 0\r\n\r\n"
        with a_server(moved.encode()) as (url, _), pytest.raises(ApiError) as caught:
            Transport(TOKEN, url).send(method, "/user", {} if method == "POST" else None)

    assert caught.value.status == code
    assert asked == []


def test_a_link_to_another_server_is_not_followed(pull):
    with a_server(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]") as (elsewhere, asked):
        link = f'Link: <{elsewhere}/comments?page=2>; rel="next"\r\n'
        page = f"HTTP/1.1 200 OK\r\n{link}Content-Length: 2\r\n\r\n[]"
        with a_server(page.encode()) as (url, _), pytest.raises(ApiError, match="another server"):
            Api(TOKEN, url).comments(pull.repository, pull.number)

    assert asked == []


def test_a_list_that_never_ends_is_given_up(pull):
    page = 'HTTP/1.1 200 OK\r\nLink: </comments>; rel="next"\r\nContent-Length: 2\r\n\r\n[]'
    with a_server(page.encode()) as (url, asked), pytest.raises(ApiError, match="does not end"):
        Api(TOKEN, url).comments(pull.repository, pull.number)

    assert len(asked) == 100


@pytest.mark.parametrize("token", ["secret\n", "se cret", "secr\u00e9t", "\x00", "x" * 2000])
def test_a_broken_token_is_not_shown(token):
    with pytest.raises(SignInError) as caught:
        Transport(token, "https://api.github.com")

    assert token not in str(caught.value) + caught.value.fix
    assert caught.value.exit_code == 4


def test_the_token_is_in_no_text_and_no_error(transport, github, api):
    github.fail("GET", "/pulls/7", 422)

    with pytest.raises(ApiError) as caught:
        transport.send("GET", PULL)

    assert TOKEN not in f"{transport!r} {api!r} {caught.value!r} {caught.value} {caught.value.fix}"


def test_no_proxy_stands_before_this_machine(github, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    assert Transport(TOKEN, github.url).send("GET", PULL).status == 200


def test_a_proxy_sees_where_it_leads_and_not_the_token(monkeypatch, waits):
    with a_server(b"HTTP/1.1 503 no\r\nContent-Length: 0\r\n\r\n") as (proxy, asked):
        monkeypatch.setenv("https_proxy", proxy)
        monkeypatch.setenv("no_proxy", "")
        transport = Transport(TOKEN, "https://api.github.com", sleep=waits.append)
        with pytest.raises(ApiError, match="GitHub did not answer"):
            transport.send("GET", "/user")

    assert asked[0].startswith(b"CONNECT api.github.com:443 ")
    assert TOKEN.encode() not in b"".join(asked)


def test_an_answer_without_words_is_told_by_its_number(waits):
    page = "HTTP/1.1 404 X\r\nContent-Length: 6\r\n\r\n<html>"
    with a_server(page.encode()) as (url, _), pytest.raises(ApiError) as caught:
        Transport(TOKEN, url, sleep=waits.append).send("GET", "/user")

    assert caught.value.what == "GitHub answered 404"
    assert caught.value.fix == "check the name, and that the token may see it"


def test_an_answer_beyond_all_bounds_is_not_kept(waits):
    length = MAX_ANSWER_BYTES + 1
    page = f"HTTP/1.1 200 X\r\nContent-Length: {length}\r\n\r\n".encode() + b"x" * length
    with (
        a_server(page) as (url, asked),
        pytest.raises(ApiError, match="holds more than 33,554,432"),
    ):
        Transport(TOKEN, url, sleep=waits.append).send("GET", "/user")

    assert len(asked) == 1

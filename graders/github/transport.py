"""One request to GitHub at a time: sent, tried again where that is safe, never led elsewhere."""

from __future__ import annotations

import http.client
import random
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message
from typing import IO, Final
from urllib.parse import urlsplit

import msgspec

from graders.errors import KataError
from graders.github.failures import Answer, ApiError, SignInError, ambiguous, refused

MAX_ANSWER_BYTES: Final = 32 * 1024 * 1024  # a page of a hundred of the longest comments
MAX_TRIES: Final = 5
PATIENCE_SECONDS: Final = 240.0
TIMEOUT_SECONDS: Final = 30.0
_FIRST_PAUSE_SECONDS: Final = 1.0
_LIMITED_PAUSE_SECONDS: Final = 60.0  # what GitHub's guide asks for where no header tells

_FORBIDDEN, _TOO_MANY, _SERVER = 403, 429, range(500, 600)
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_TOKEN = re.compile(r"[\x21-\x7e]{1,1024}")


class _SameServer(urllib.request.HTTPRedirectHandler):
    """Follows a renamed repository, and nobody to another server: the token would go along."""

    def redirect_request(  # noqa: PLR0913, PLR0917 - the signature is urllib's
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> urllib.request.Request | None:
        if req.get_method() != "GET" or _origin(req.full_url) != _origin(newurl):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


class Transport:
    """
    Sends requests in the name of a token.

    Args:
        token: Sent in a header and shown nowhere, not in an error either.
        base_url: Of the API; ``https``, but for this machine itself.
        sleep: Waits for some seconds.
        clock: Gives the seconds since 1970, as ``x-ratelimit-reset`` counts them.
        patience: The most seconds that one request may wait in all.
        jitter: Gives a number from 0 to 1, so that a class that was turned
            away does not come back as one.
    """

    def __init__(  # noqa: PLR0913 - the edges of the world come in one by one
        self,
        token: str,
        base_url: str,
        *,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.time,
        patience: float = PATIENCE_SECONDS,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._headers = _headers(token)
        self._base_url = _checked(base_url)
        self._sleep, self._clock, self._jitter = sleep, clock, jitter
        self._patience = patience
        self._opener = _opener(base_url)

    def send(
        self, method: str, path: str, body: object = None, *, is_repeatable: bool = True
    ) -> Answer:
        """
        Send a request, and give the answer when it is a good one.

        Args:
            method: Such as ``GET``.
            path: From the API's root, or a whole address on the same server.
            body: Sent as JSON.
            is_repeatable: Whether it may be sent again when no answer came; a
                request that was turned away may always.

        Raises:
            SignInError: 401.
            AmbiguousError: Something may have been created.
            ApiError: Every other answer but 2xx, or none.
        """
        where = f"{method} {urlsplit(path).path}"
        url = self._url(path, where)
        data = None if body is None else msgspec.json.encode(body)
        attempt, waited = 0, 0.0
        while True:
            attempt += 1
            answer = self._try(method, url, data)
            if answer is not None and answer.status in range(200, 300):
                return answer
            pause = self._pause(answer, attempt)
            if _is_unclear(answer) and not is_repeatable:
                raise ambiguous(answer, where)
            if pause is None or attempt == MAX_TRIES or waited + pause > self._patience:
                raise refused(answer, where, pause)
            waited += pause
            self._sleep(pause)

    def _url(self, path: str, where: str) -> str:
        url = path if "://" in path else f"{self._base_url}{path}"
        if _origin(url) != _origin(self._base_url):
            fix = "check GITHUB_API_URL"
            raise ApiError("GitHub sends us to another server", where=where, fix=fix)
        return url

    def _try(self, method: str, url: str, data: bytes | None) -> Answer | None:
        """Send it once; ``None`` when no whole answer came."""
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked in __init__
            url, data=data, headers=self._headers, method=method
        )
        try:
            with self._opener.open(request, timeout=TIMEOUT_SECONDS) as reply:
                return _answer(reply.status, reply.headers, reply)
        except urllib.error.HTTPError as error:
            with error:
                return _answer(error.code, error.headers, error)
        except (OSError, http.client.HTTPException):
            return None

    def _pause(self, answer: Answer | None, attempt: int) -> float | None:
        """Give the seconds to wait before the next try; ``None`` where there is to be none."""
        backoff = _FIRST_PAUSE_SECONDS * 2 ** (attempt - 1) * (1 + self._jitter())
        if answer is None or answer.status in _SERVER:
            asked = self._asked(answer)
            return backoff if asked is None else asked + self._jitter()
        if answer.status not in {_FORBIDDEN, _TOO_MANY}:
            return None
        asked = self._asked(answer)
        if asked is not None:
            return asked + self._jitter()
        return _LIMITED_PAUSE_SECONDS + backoff if answer.status == _TOO_MANY else None

    def _asked(self, answer: Answer | None) -> float | None:
        """Give the seconds that GitHub asks to wait; ``None`` when it does not ask."""
        headers = {} if answer is None else answer.headers
        after = headers.get("retry-after")
        if after is not None:
            return _number(after, else_=_LIMITED_PAUSE_SECONDS)
        if headers.get("x-ratelimit-remaining") == "0":
            now = self._clock()
            reset = _number(headers.get("x-ratelimit-reset", ""), else_=now)
            return max(1.0, reset - now)
        return None


def _headers(token: str) -> dict[str, str]:
    if not token:
        fix = "set GITHUB_TOKEN (in a workflow) or GH_TOKEN, or sign in with gh auth login"
        raise SignInError("there is no token", where="GitHub", fix=fix)
    if not _TOKEN.fullmatch(token):
        # http.client would show it in the error it raises.
        fix = "set it again, without spaces and line ends"
        raise SignInError("the token holds signs that no token has", where="GitHub", fix=fix)
    return {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "User-Agent": "ml-interview-katas",
        "X-GitHub-Api-Version": "2022-11-28",
    }


def _checked(base_url: str) -> str:
    parts = urlsplit(base_url)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not (is_safe and parts.hostname) or parts.username or parts.query or parts.fragment:
        fix = "set it to an https address such as https://api.github.com"
        raise KataError("this is no address to send a token to", where="GITHUB_API_URL", fix=fix)
    return base_url.rstrip("/")


def _opener(base_url: str) -> urllib.request.OpenerDirector:
    if urlsplit(base_url).hostname in _LOOPBACK:  # no proxy leads to this machine
        return urllib.request.build_opener(_SameServer, urllib.request.ProxyHandler({}))
    return urllib.request.build_opener(_SameServer)


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _answer(status: int, headers: Message, source: IO[bytes]) -> Answer | None:
    """Give the answer; ``None`` when the connection broke within it."""
    body = source.read(MAX_ANSWER_BYTES + 1)
    if len(body) > MAX_ANSWER_BYTES:
        what = f"the answer holds more than {MAX_ANSWER_BYTES:,} bytes"
        fix = "GITHUB_API_URL may not be GitHub's"
        raise ApiError(what, where="GITHUB_API_URL", fix=fix, status=status)
    if len(body) < _number(headers.get("content-length", ""), else_=0):
        return None  # read() gives what there is, and raises nothing
    return Answer(status, {key.lower(): value for key, value in headers.items()}, body)


def _number(text: str, *, else_: float) -> float:
    # The standard lets retry-after be a date; GitHub sends seconds.
    return float(text) if text.isascii() and text.isdigit() else else_


def _is_unclear(answer: Answer | None) -> bool:
    return answer is None or answer.status in _SERVER

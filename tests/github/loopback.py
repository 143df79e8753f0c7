"""
GitHub's API on this machine, for tests: small, strict and forgetful.

It keeps comments, statuses and pull requests, lets a token do only what its permissions allow,
fails when it is told to, and holds every request and every answer against GitHub's own
description. What does not fit is in ``problems``, and leaving the ``with`` block raises it.

    with Loopback() as github:
        github.add_token("t0ken", {"pull-requests": "write"})
        github.add_pull(pull)
        ... Api("t0ken", github.url) ...
        assert github.bodies(pull) == [...]
"""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qsl, urlsplit

from github import records
from github.contract import Asked, contract
from github.routes import Answer, Refusal, route

from graders.model.submission import Pull


@dataclass
class Token:
    """
    Who asks.

    Attributes:
        permissions: As in a workflow: ``{"pull-requests": "write"}``.
    """

    login: str
    permissions: dict[str, str]

    @property
    def is_a_workflows(self) -> bool:
        return self.login.endswith("[bot]")

    def may(self, *wanted: tuple[str, str]) -> bool:
        """Tell whether one of the permissions is there."""
        ranks = {"none": 0, "read": 1, "write": 2}
        return any(
            ranks[self.permissions.get(name, "none")] >= ranks[level] for name, level in wanted
        )


@dataclass
class Failure:
    """
    Something that goes wrong.

    Attributes:
        status: What is answered; 0 breaks the connection.
        is_done: Whether what was asked is done all the same.
    """

    method: str
    path: str
    status: int
    times: int = 1
    is_done: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    message: str = "made to fail"


class Seen(NamedTuple):
    """A request as it came, and what it was answered with."""

    method: str
    path: str
    status: int


class Loopback:
    """A server that listens while a ``with`` block runs."""

    def __init__(self) -> None:
        self.tokens: dict[str, Token] = {}
        self.repositories: dict[str, dict[str, Any]] = {}
        self.renamed: dict[str, str] = {}
        self.pulls: dict[tuple[str, int], dict[str, Any]] = {}
        self.comments: dict[tuple[str, int], list[dict[str, Any]]] = {}
        self.statuses: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.failures: list[Failure] = []
        self.seen: list[Seen] = []
        self.problems: list[str] = []
        self.lock = threading.RLock()
        self.last_number = 1000
        self._server: ThreadingHTTPServer | None = None

    # A test's side -------------------------------------------------------------

    @property
    def url(self) -> str:
        """Where it listens; what ``GITHUB_API_URL`` is set to."""
        assert self._server is not None, "it was not started"
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> Self:
        contract()  # read before the first request, which has a time limit
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.loopback = self
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: object, *_: object) -> None:
        self.stop()
        if kind is None:
            assert self.problems == []

    def add_token(
        self, token: str, permissions: dict[str, str], *, login: str = records.BOT
    ) -> None:
        """Let a token in; a login in brackets is a workflow's own."""
        self.tokens[token] = Token(login, permissions)

    def add_repository(self, full_name: str, *, parent: str = "") -> None:
        self.repositories[full_name] = records.repository(full_name, parent=parent)

    def add_pull(self, pull: Pull, *, state: str = "open", head_ref: str = "kata") -> None:
        """Add a pull request, or put what became of it in its place."""
        self.repositories.setdefault(pull.repository, records.repository(pull.repository))
        made = records.pull(pull, state=state, head_ref=head_ref)
        self.pulls[pull.repository, pull.number] = made

    def add_comment(self, pull: Pull, body: str, *, login: str = records.BOT) -> int:
        """Add a comment as it was there before; give its number."""
        made = self.make_comment(pull.repository, pull.number, body, login=login)
        return int(made["id"])

    def fail(self, method: str, path: str, status: int, **more: Any) -> None:
        """Make the next requests fail whose path holds a pattern; see ``Failure``."""
        self.failures.append(Failure(method=method, path=path, status=status, **more))

    def bodies(self, pull: Pull) -> list[str]:
        """Give the texts of the comments, the oldest first."""
        rows = self.comments.get((pull.repository, pull.number), [])
        return [row["body"] for row in rows]

    def statuses_of(self, pull: Pull) -> list[tuple[str, str, str]]:
        """Give context, state and description of a head's statuses, the oldest first."""
        rows = self.statuses.get((pull.repository, pull.head_sha), [])
        return [(row["context"], row["state"], row["description"]) for row in rows]

    def asked(self, method: str) -> list[str]:
        """Give the paths that were asked for with a method."""
        return [seen.path for seen in self.seen if seen.method == method]

    # The server's side ---------------------------------------------------------

    def next_number(self) -> int:
        self.last_number += 1
        return self.last_number

    def make_comment(self, repository: str, pull: int, body: str, *, login: str) -> dict[str, Any]:
        number = self.next_number()
        made = records.comment(number, body, login=login, repository=repository, pull=pull)
        self.comments.setdefault((repository, pull), []).append(made)
        return made

    def answer(self, asked: Asked) -> Answer | None:
        """Give the answer to a request; ``None`` breaks the connection."""
        failure = self._failure(asked)
        if failure is not None and not failure.is_done:
            return _failed(failure)
        asked.path = self._by_name(asked.path)
        try:
            made = self._answer(asked)
        except Refusal as refusal:
            made = refusal.answer
        wrong = contract().wrong_with_answer(asked, made.status, made.data)
        if wrong:
            self.problems.append(f"answer to {asked.method} {asked.path}: {wrong}")
        return made if failure is None else _failed(failure)

    def _answer(self, asked: Asked) -> Answer:
        bearer = asked.headers.get("authorization", "")
        token = self.tokens.get(bearer.removeprefix("Bearer "))
        if token is None:
            raise Refusal(401, "Bad credentials")
        wrong = contract().wrong_with_request(asked)
        if wrong:
            self.problems.append(f"request {asked.method} {asked.path}: {wrong}")
            raise Refusal(400, "Problems parsing JSON")
        return route(self, token, asked)

    def _by_name(self, path: str) -> str:
        """Give the path of a repository that is called by its number, as in links."""
        match = re.match(r"/repositories/(\d+)", path)
        for name, repository in self.repositories.items():
            if match and repository["id"] == int(match[1]):
                return f"/repos/{name}{path[match.end() :]}"
        return path

    def _failure(self, asked: Asked) -> Failure | None:
        for failure in self.failures:
            is_meant = failure.method.lower() == asked.method and re.search(
                failure.path, asked.path
            )
            if is_meant and failure.times > 0:
                failure.times -= 1
                return failure
        return None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    loopback: Loopback


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet: two would wait for each other
    server: _Server

    def _serve(self) -> None:
        github = self.server.loopback
        parts = urlsplit(self.path)
        asked = Asked(
            method=self.command,
            path=parts.path,
            query=parse_qsl(parts.query, keep_blank_values=True),
            headers={key.lower(): value for key, value in self.headers.items()},
            body=self.rfile.read(int(self.headers.get("Content-Length", 0))),
        )
        with github.lock:
            answer = github.answer(asked)
            github.seen.append(Seen(self.command, self.path, answer.status if answer else 0))
        self.close_connection = True
        if answer is None:
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.data:
            self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(answer.data)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.data)

    do_GET = do_POST = do_PATCH = do_DELETE = _serve

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def _failed(failure: Failure) -> Answer | None:
    if failure.status == 0:
        return None
    data = json.dumps(records.error(failure.message, failure.status)).encode()
    return Answer(failure.status, data, failure.headers)

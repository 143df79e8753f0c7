"""What GitHub does when it is asked: the ten operations, with their permissions and refusals."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from github import records
from github.contract import Asked

from graders.model.submission import Pull

if TYPE_CHECKING:
    from collections.abc import Callable

    from github.loopback import Loopback, Token

MAX_COMMENT = 65_536
MAX_DESCRIPTION = 140
READ_PULL = (("pull-requests", "read"),)
READ_COMMENTS = (("pull-requests", "read"), ("issues", "read"))
WRITE_PULL = (("pull-requests", "write"),)
WRITE_COMMENTS = (("pull-requests", "write"), ("issues", "write"))
WRITE_STATUS = (("statuses", "write"),)


@dataclass(frozen=True)
class Answer:
    status: int
    data: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


class Refusal(Exception):
    """An answer that is no good one."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        data = json.dumps(records.error(message, status)).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answer = Answer(status, data, named)


@dataclass(frozen=True)
class Call:
    """One request, understood."""

    github: Loopback
    token: Token
    asked: Asked
    repository: str
    number: int = 0
    sha: str = ""

    @property
    def document(self) -> dict[str, Any]:
        return dict(json.loads(self.asked.body))

    @property
    def key(self) -> tuple[str, int]:
        return self.repository, self.number


def route(github: Loopback, token: Token, asked: Asked) -> Answer:
    """Find who answers, ask whether the token may, and answer."""
    for method, pattern, wanted, answer in ROUTES:
        match = re.fullmatch(pattern, asked.path)
        if method != asked.method or match is None:
            continue
        found = match.groupdict()
        repository = found.get("repository", "")
        if repository in github.renamed:
            _moved(github, asked, repository)
        if repository and repository not in github.repositories:
            raise Refusal(404, "Not Found")
        if wanted and not token.may(*wanted):
            names = "; ".join(f"{n.replace('-', '_')}={level}" for n, level in wanted)
            raise Refusal(
                403,
                "Resource not accessible by integration",
                x_accepted_github_permissions=names,
            )
        number, sha = int(found.get("number", 0)), found.get("sha", "")
        return answer(Call(github, token, asked, repository, number, sha))
    raise Refusal(404, "Not Found")


def _moved(github: Loopback, asked: Asked, repository: str) -> None:
    path = asked.path.replace(repository, github.renamed[repository], 1)
    query = "&".join(f"{key}={value}" for key, value in asked.query)
    status = 301 if asked.method == "get" else 307
    raise Refusal(status, "Moved Permanently", location=f"{github.url}{path}?{query}".rstrip("?"))


def _get_me(call: Call) -> Answer:
    if call.token.is_a_workflows:
        raise Refusal(403, "Resource not accessible by integration")
    return _ok(records.private_user(call.token.login))


def _get_repository(call: Call) -> Answer:
    return _ok(call.github.repositories[call.repository])


def _get_pull(call: Call) -> Answer:
    return _ok(_pull(call))


def _list_pulls(call: Call) -> Answer:
    wanted = dict(call.asked.query)
    rows = [
        records.pull_in_a_list(pull)
        for (repository, _), pull in call.github.pulls.items()
        if repository == call.repository
        and wanted.get("state", "open") in {pull["state"], "all"}
        and wanted.get("head", pull["head"]["label"]) == pull["head"]["label"]
        and wanted.get("base", pull["base"]["ref"]) == pull["base"]["ref"]
    ]
    return _page(call, rows)


def _create_pull(call: Call) -> Answer:
    sent = call.document
    login, _, ref = sent["head"].partition(":")
    for (repository, _), pull in call.github.pulls.items():
        is_same = pull["head"]["label"] == sent["head"] and pull["state"] == "open"
        if repository == call.repository and is_same:
            raise Refusal(422, f"Validation Failed: a pull request already exists for {login}")
    about = Pull(
        repository=call.repository,
        number=call.github.next_number(),
        head_sha="c" * 40,
        base_ref=sent["base"],
        user_id=records.user(login)["id"],
        login=login,
    )
    call.github.add_pull(about, head_ref=ref)
    made = call.github.pulls[call.repository, about.number]
    made |= {"title": sent["title"], "body": sent.get("body")}
    made["maintainer_can_modify"] = sent.get("maintainer_can_modify", True)
    return _ok(made, 201)


def _list_comments(call: Call) -> Answer:
    _pull(call)
    return _page(call, call.github.comments.get(call.key, []))


def _create_comment(call: Call) -> Answer:
    _pull(call)
    body = _sound_body(call)
    login = call.token.login
    made = call.github.make_comment(call.repository, call.number, body, login=login)
    return _ok(made, 201)


def _update_comment(call: Call) -> Answer:
    row = _comment(call)
    row["body"] = _sound_body(call)
    return _ok(row)


def _delete_comment(call: Call) -> Answer:
    row = _comment(call)
    for rows in call.github.comments.values():
        if row in rows:
            rows.remove(row)
    return Answer(204)


def _create_status(call: Call) -> Answer:
    sent = call.document
    if len(sent.get("description") or "") > MAX_DESCRIPTION:
        raise Refusal(422, "Validation Failed: description is too long (maximum is 140 characters)")
    login = call.token.login
    made = records.status(call.github.next_number(), sent, login=login)
    call.github.statuses.setdefault((call.repository, call.sha), []).append(made)
    return _ok(made, 201)


def _pull(call: Call) -> dict[str, Any]:
    if call.key not in call.github.pulls:
        raise Refusal(404, "Not Found")
    return call.github.pulls[call.key]


def _comment(call: Call) -> dict[str, Any]:
    for (repository, _), rows in call.github.comments.items():
        for row in rows:
            if repository == call.repository and row["id"] == call.number:
                if row["user"]["login"] != call.token.login and call.token.is_a_workflows:
                    call.github.problems.append(f"{call.asked.method}: somebody else's comment")
                return row
    raise Refusal(404, "Not Found")


def _sound_body(call: Call) -> str:
    body = str(call.document["body"])
    if not body.strip():
        raise Refusal(422, "Validation Failed: body can't be blank")
    if len(body) > MAX_COMMENT:
        raise Refusal(422, "Validation Failed: body is too long (maximum is 65536 characters)")
    return body


def _page(call: Call, rows: list[dict[str, Any]]) -> Answer:
    """Give one page, and where the next one is, as GitHub does: by the repository's number."""
    query = dict(call.asked.query)
    size, page = min(int(query.get("per_page", 30)), 100), int(query.get("page", 1))
    last = max(1, -(-len(rows) // size))
    headers = {}
    if page < last:
        number = call.github.repositories[call.repository]["id"]
        path = call.asked.path.replace(f"/repos/{call.repository}", f"/repositories/{number}")
        links = [
            f'<{call.github.url}{path}?per_page={size}&page={to}>; rel="{word}"'
            for word, to in (("next", page + 1), ("last", last))
        ]
        headers["Link"] = ", ".join(links)
    return _ok(rows[(page - 1) * size : page * size], headers=headers)


def _ok(document: object, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    return Answer(status, json.dumps(document).encode(), headers or {})


REPOSITORY = r"/repos/(?P<repository>[^/]+/[^/]+)"
NUMBER = r"(?P<number>\d+)"
COMMENTS = rf"{REPOSITORY}/issues/{NUMBER}/comments"
A_COMMENT = rf"{REPOSITORY}/issues/comments/{NUMBER}"
ROUTES: tuple[tuple[str, str, tuple[tuple[str, str], ...], Callable[[Call], Answer]], ...] = (
    ("get", "/user", (), _get_me),
    ("get", REPOSITORY, (), _get_repository),
    ("get", f"{REPOSITORY}/pulls", READ_PULL, _list_pulls),
    ("post", f"{REPOSITORY}/pulls", WRITE_PULL, _create_pull),
    ("get", f"{REPOSITORY}/pulls/{NUMBER}", READ_PULL, _get_pull),
    ("get", COMMENTS, READ_COMMENTS, _list_comments),
    ("post", COMMENTS, WRITE_COMMENTS, _create_comment),
    ("patch", A_COMMENT, WRITE_COMMENTS, _update_comment),
    ("delete", A_COMMENT, WRITE_COMMENTS, _delete_comment),
    ("post", rf"{REPOSITORY}/statuses/(?P<sha>[0-9a-f]{{40}})", WRITE_STATUS, _create_status),
)

"""GitHub's own examples, filled with what a test is about."""

from __future__ import annotations

import zlib
from typing import Any

from github.contract import contract

from graders.model.submission import Pull

BOT = "github-actions[bot]"


def user(login: str, number: int | None = None) -> dict[str, Any]:
    """Give an account; the same login has the same number."""
    made = contract().example("issue-comment")["user"]
    number = zlib.crc32(login.encode()) if number is None else number
    kind = "Bot" if login.endswith("[bot]") else "User"
    return {**made, "login": login, "id": number, "type": kind}


def private_user(login: str) -> dict[str, Any]:
    made = contract().example("private-user-response-with-public-profile-information")
    return {**made, **user(login), "user_view_type": "public"}


def comment(number: int, body: str, *, login: str, repository: str, pull: int) -> dict[str, Any]:
    page = f"https://github.com/{repository}/pull/{pull}"
    issues = f"https://api.github.com/repos/{repository}/issues"
    return {
        **contract().example("issue-comment"),
        "id": number,
        "body": body,
        "user": user(login),
        "url": f"{issues}/comments/{number}",
        "html_url": f"{page}#issuecomment-{number}",
        "issue_url": f"{issues}/{pull}",
    }


def status(number: int, sent: dict[str, Any], *, login: str) -> dict[str, Any]:
    made = contract().example("status")
    filled = {
        "context": "default",
        "description": None,
        "target_url": None,
        "creator": user(login),
    }
    return {**made, **filled, **sent, "id": number}


def repository(full_name: str, *, parent: str = "") -> dict[str, Any]:
    """Give a repository, with what it was forked from."""
    made = contract().example("full-repository-default-response")
    made = {**made, **_named(full_name), "default_branch": "main", "language": "Python"}
    made["fork"] = bool(parent)
    for key in ("parent", "source"):
        forked_from = made.pop(key)
        if parent:
            made[key] = {**forked_from, **_named(parent), "default_branch": "main"}
            made[key]["language"] = "Python"
    return made


def pull(about: Pull, *, state: str = "open", head_ref: str = "kata") -> dict[str, Any]:
    """Give a pull request from its author's fork."""
    made = contract().example("pull-request")
    author = user(about.login, about.user_id)
    fork = f"{about.login}/{about.repository.partition('/')[2]}"
    made["head"] |= {
        "sha": about.head_sha,
        "ref": head_ref,
        "label": f"{about.login}:{head_ref}",
        "user": author,
    }
    made["head"]["repo"] |= {**_named(fork), "fork": True}
    made["base"] |= {"ref": about.base_ref, "label": f"{_owner(about.repository)}:{about.base_ref}"}
    made["base"]["repo"] |= _named(about.repository)
    return {
        **made,
        "number": about.number,
        "state": state,
        "user": author,
        "draft": about.draft,
        "html_url": f"https://github.com/{about.repository}/pull/{about.number}",
        "requested_teams": [],  # GitHub's example has one without its type
    }


def pull_in_a_list(whole: dict[str, Any]) -> dict[str, Any]:
    """Give what a list tells of a pull request: less than the pull request itself."""
    counted = ("additions", "changed_files", "comments", "commits", "deletions", "merged")
    others = ("maintainer_can_modify", "mergeable", "merged_by", "review_comments", "rebaseable")
    left_out = {*counted, *others, "mergeable_state"}
    return {key: value for key, value in whole.items() if key not in left_out}


def error(message: str, status_code: int) -> dict[str, Any]:
    documentation = "https://docs.github.com/rest"
    return {"message": message, "documentation_url": documentation, "status": str(status_code)}


def _named(full_name: str) -> dict[str, Any]:
    owner, _, name = full_name.partition("/")
    number = zlib.crc32(full_name.encode())
    return {"id": number, "full_name": full_name, "name": name, "owner": user(owner)}


def _owner(full_name: str) -> str:
    return full_name.partition("/")[0]

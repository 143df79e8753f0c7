"""What GitHub says of its own API, as something that judges requests and answers."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from werkzeug.datastructures import Headers, ImmutableMultiDict

SLICE = Path(__file__).parent / "openapi" / "github.json"
ERROR = {"$ref": "#/components/schemas/basic-error"}


@dataclass
class Asked:
    """A request, as the validator wants it."""

    method: str
    path: str
    query: list[tuple[str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    host_url: str = "https://api.github.com"

    def __post_init__(self) -> None:
        self.method = self.method.lower()
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(self.query), header=Headers(self.headers)
        )

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").lower()


@dataclass
class Answered:
    """An answer, as the validator wants it."""

    status_code: int
    data: bytes
    headers: Headers
    content_type: str = "application/json"


class Contract:
    """GitHub's description of the operations that are used here."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._api = OpenAPI.from_dict(document)

    def example(self, name: str) -> Any:
        """Give one of GitHub's own examples, to be changed at will."""
        return copy.deepcopy(self._document["components"]["examples"][name]["value"])

    def wrong_with_request(self, asked: Asked) -> str:
        """Say what is wrong with a request; nothing when it is right."""
        try:
            self._api.validate_request(asked)
        except OpenAPIError as error:
            return _said(error)
        return ""

    def wrong_with_answer(self, asked: Asked, status: int, data: bytes) -> str:
        """Say what is wrong with an answer; nothing when it is right."""
        content_type = "application/json" if data else ""
        answered = Answered(status, data, Headers(), content_type)
        try:
            self._api.validate_response(asked, answered)
        except OpenAPIError as error:
            return _said(error)
        return ""


@cache
def contract() -> Contract:
    """Give the contract; it takes half a second to read, so once."""
    document = json.loads(SLICE.read_text(encoding="utf-8"))
    # Not every operation lists the errors that it shares with all others.
    for operations in document["paths"].values():
        for operation in operations.values():
            operation["responses"].setdefault("default", _an_error())
    return Contract(document)


def _an_error() -> dict[str, Any]:
    return {"description": "", "content": {"application/json": {"schema": ERROR}}}


def _said(error: BaseException) -> str:
    """Give the reasons by the place they are about, without the values."""
    cause: BaseException = error
    while cause.__cause__ is not None:
        cause = cause.__cause__
    details = getattr(cause, "schema_errors", ()) or ()
    places = [_place(detail) for leaf in details for detail in _leaves(leaf)]
    return f"{type(error).__name__}: {'; '.join(places) or str(cause)[:300]}"


def _leaves(detail: Any) -> list[Any]:
    """Give what is wrong in the end: of alternatives, with each of them."""
    if not detail.context:
        return [detail]
    return [leaf for inner in detail.context for leaf in _leaves(inner)]


def _place(detail: Any) -> str:
    path = ".".join(map(str, detail.absolute_path))
    return f"{path or 'the body'}: {detail.message[-100:]}"

"""
The judge's side of the codec: turns handles into proxies and back.

One ``Peer`` belongs to one attempt. It owns the link, knows the record classes
of the tests and makes a proxy class for each class of the learner's.
"""

from __future__ import annotations

import builtins
import time
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from graders.model.result import Cause, CauseKind
from graders.sandbox import tags
from graders.sandbox.answering import Answering
from graders.sandbox.bounding import BadCellError
from graders.sandbox.classes import Proxies
from graders.sandbox.decoding import Decoder
from graders.sandbox.encoding import Encoder, UnsendableError
from graders.sandbox.exports import Exports
from graders.sandbox.faults import Naming, cause_of, make_error
from graders.sandbox.jail import Jail
from graders.sandbox.link import Budget, Link, Stopped
from graders.sandbox.referring import Records
from graders.sandbox.updating import apply_updates

# What an honest worker tells of an exception; the class is looked for in the source.
_LONGEST_NAME, _LONGEST_MESSAGE, _MOST_ARGUMENTS = 200, 2000, 8


class Settings(NamedTuple):
    """
    How a solution is loaded and what is believed of it.

    Attributes:
        source: The text of the learner's file.
        records: Record name to the tests' own class and its fields.
        trusts_operators: Forward operators, and hand over any object.
        upload_first: Load only when asked, so that arguments can go first.
    """

    source: str
    module: str = "solution"
    records: Records = {}  # noqa: RUF012 - read only
    trusts_operators: bool = False
    upload_first: bool = False


class Peer(Answering):
    """The learner's solution, as the judge's process can reach it."""

    def __init__(
        self,
        jail: Jail,
        budget: Budget,
        settings: Settings,
        *,
        proxies: Proxies,
        exports: Exports | None = None,
    ) -> None:
        self.settings = settings
        self.names: dict[str, Any] = {}
        super().__init__(settings.records, proxies, exports or Exports())
        self._naming = Naming(settings.source)
        self.link = Link(jail, budget, greet=self._greet, answer_callback=self._answer_callback)

    # Loading --------------------------------------------------------------

    def _greet(self, link: Link) -> None:
        self.classes.clear()
        self._live.clear()
        if not self.settings.upload_first:
            self.load(link)

    def load(self, link: Link) -> None:
        """
        Load the learner's file in the worker.

        Raises:
            Stopped: It cannot be loaded; the cause names the line.
        """
        settings = self.settings
        records = [[kind.name, list(kind.fields)] for kind in self._record_types.values()]
        head, buffers = link.ask(
            tags.LOAD,
            _sendable(settings.source),
            settings.module,
            records,
            settings.trusts_operators,
        )
        if head[0] == tags.RAISE:
            error = self._rebuild(head, buffers)
            cause = cause_of(error)
            kind = CauseKind.NOT_LOADED if cause.kind is CauseKind.RAISED else cause.kind
            raise Stopped(Cause(kind=kind, error=cause.error, line=cause.line, name=cause.name))
        names = self._read(head[2:], buffers)[0]
        try:
            self.names = {name: kind for name, kind in names.items() if type(name) is str}
            for kind in self.names.values():
                if kind[0] == "class":
                    self.classes.learn(kind[1])
        except (AttributeError, TypeError, ValueError, LookupError):
            raise link.stop(CauseKind.BAD_REPLY) from None

    def ensure_loaded(self) -> None:
        """
        Have a worker that has loaded the solution.

        Raises:
            Stopped: It cannot be had, and why.
        """
        self.link.ensure()

    # Asking ---------------------------------------------------------------

    def call(
        self,
        target: list[Any],
        positional: Sequence[Any],
        keywords: dict[str, Any],
        *,
        shared: Collection[int] = (),
        keep: bool = False,
    ) -> Any:
        """
        Call something in the jail and give its result.

        Args:
            target: ``["name", n]``, ``["handle", h]`` or ``["method", h, n]``.
            positional: The arguments; copies arrive.
            keywords: Those with a name.
            shared: Positions of arguments whose changes are mirrored.
            keep: Leave the result in the jail.

        Raises:
            Exception: What the learner's code raised, if that is an Exception.
            Stopped: No answer.
        """
        roots = [*positional, *keywords.values()]
        return self._ask(tags.CALL, (target, list(keywords), keep), roots, shared=shared)

    def apply(self, operation: str, *operands: Any) -> Any:
        """Do a named operation on values in the jail; see ``operations.py``."""
        return self._ask(tags.APPLY, (operation,), operands)

    def upload(self, values: Sequence[Any]) -> list[Any]:
        """Hand over values that stay in the jail; give their proxies."""
        result = self._ask(tags.UPLOAD, (), values, whole=True)
        return list(result)

    def upload_chain(
        self, cls: type, values: Sequence[Any], value: str, link: str, *, chunk: int
    ) -> Any:
        """Build a chain of records in the jail, little by little; give its first one kept."""
        kind = self.record_type(cls)
        if kind is None:
            raise UnsendableError(f"{cls.__name__} is not a record")
        head = None
        for start in range(0, len(values), chunk):
            part = list(values[start : start + chunk])
            spec = (kind.name, list(kind.fields), value, link, part)
            head = self._ask(tags.CHAIN, (*spec, start == 0), None)
        return head

    def walk(self, handle: int, value: str, link: str, count: int) -> tuple[list[Any], Any]:
        """Give up to `count` values along a chain, and a proxy of the rest."""
        values, rest = self._ask(tags.WALK, (handle, value, link, count), None, whole=True)
        return values, rest

    def scan(self, source: str) -> dict[str, Any]:
        """
        Give the facts of a source text, see ``scanning.py``.

        Raises:
            SyntaxError, ValueError: It does not compile.
            Stopped: It cannot even be parsed.
        """
        result: dict[str, Any] = self._ask(tags.SCAN, (_sendable(source),), None)
        return result

    def _ask(
        self,
        kind: str,
        rest: tuple[Any, ...],
        roots: Sequence[Any] | None,
        *,
        shared: Collection[int] = (),
        whole: bool = False,
    ) -> Any:
        with self.link.lock:
            if self.link.is_idle:
                self.exports.raised.clear()
            first_raised = len(self.exports.raised)
            for careful in (False, True):
                encoder = Encoder(self, careful=careful, makers=self.makers)
                parts = list(rest)
                if roots is not None:
                    parts.append(encoder.encode(roots, shared=shared).head())
                    if kind == tags.CALL:
                        parts.append(list(encoder.shared))
                try:
                    head, buffers = self.link.ask(kind, *parts, buffers=encoder.buffers)
                except (OverflowError, UnicodeEncodeError):
                    if careful:
                        raise
                    continue
                break
            self._raise_sticky()
            if head[0] == tags.RAISE:
                raise self._rebuild(
                    head, buffers, encoder if shared else None, first_raised=first_raised
                )
            roots = self._read(head[2:], buffers, encoder if shared else None)
            return roots if whole else roots[0]

    def _raise_sticky(self) -> None:
        error, self.sticky = self.sticky, None
        if error is not None:
            raise error

    def _read(
        self, told: list[Any], buffers: list[bytearray], encoder: Encoder | None = None
    ) -> list[Any]:
        """
        Give the roots of ``[table, updates, ...]``, with the updates carried out.

        The time this takes is the submission's: it chose what to send.
        """
        started = time.monotonic()

        def own(reference: int) -> Any:
            assert encoder is not None
            cells, records = encoder.shared
            if reference >= cells or -1 - reference >= records:
                raise BadCellError("an object that was not to be changed")
            return encoder.objects[reference] if reference >= 0 else encoder.records[-1 - reference]

        try:
            decoder = Decoder(self, own=own if encoder is not None else None)
            roots = decoder.decode(told[0], buffers).roots
            if not roots:
                raise BadCellError("no value at all")  # noqa: TRY301 - one way out for all
            if encoder is not None:
                apply_updates(told[1], decoder, own, self._record_types)
        except Exception as error:  # hostile data finds every kind
            raise self.link.stop(CauseKind.BAD_REPLY) from error
        finally:
            self.link.budget.spend(wall=time.monotonic() - started, cpu=0.0)
        return roots

    # Faults ---------------------------------------------------------------

    def _rebuild(
        self,
        head: list[Any],
        buffers: list[bytearray],
        encoder: Encoder | None = None,
        *,
        first_raised: int | None = None,
    ) -> BaseException:
        """Make the exception to raise here for one that was raised in the jail."""
        fault = head[2]
        try:
            if fault["class"] is not None:
                self.classes.learn(fault["class"])
            arguments, shown, *_ = self._read(head[3:], buffers, encoder)
            origin = fault["origin"]
            if first_raised is not None and first_raised <= origin < len(self.exports.raised):
                raised: BaseException = self.exports.raised[origin]
                return raised
            name, own_name = str(fault["error"])[:_LONGEST_NAME], str(fault["name"])[:_LONGEST_NAME]
            line, message = int(fault["line"]), str(fault["message"])[:_LONGEST_MESSAGE]
            arguments = arguments[:_MOST_ARGUMENTS]
        except (BadCellError, KeyError, TypeError, ValueError, OverflowError, IndexError):
            return self.link.stop(CauseKind.BAD_REPLY)
        refused = self.link.refusals[-1][1] if self.link.refusals else ""
        cause = self._naming.cause(
            name, own_name, line, refused=refused, is_flooded=self.link.flooded()
        )
        cls = getattr(builtins, name, None)
        if isinstance(shown, StopIteration) and not self.settings.trusts_operators:
            return Stopped(cause)  # `all(map(solution.f, xs))` would take it for the end
        if isinstance(shown, Exception):
            error: BaseException = shown
            vars(BaseException)["args"].__set__(error, tuple(arguments))  # not through the jail
        elif isinstance(cls, type) and issubclass(cls, Exception) and cls is not StopIteration:
            error = make_error(cls, arguments, message)
        else:
            return Stopped(cause)
        error.__dict__["_kata_cause"] = cause
        error.__dict__["_kata_message"] = message
        return error


def _sendable(source: str) -> str:
    """Give text that msgpack can carry; a lone surrogate cannot stand in a file anyway."""
    return source.encode("utf-8", "replace").decode()

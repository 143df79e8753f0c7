"""
The judge's side of the codec: turns handles into proxies and back.

One ``Peer`` belongs to one attempt. It owns the link, knows the record classes
of the tests and makes a proxy class for each class of the learner's.
"""

from __future__ import annotations

import builtins
import contextlib
import re
import time
import weakref
from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple, Protocol

from graders.errors import CannotGrade
from graders.model.result import Cause, CauseKind
from graders.sandbox import tags
from graders.sandbox.decoding import CONSTANTS, BadCellError, Decoder
from graders.sandbox.encoding import Encoder, RecordType, UnsendableError
from graders.sandbox.exports import Exports, RefusedCallbackError
from graders.sandbox.jail import Jail
from graders.sandbox.link import Budget, Link, Stopped
from graders.sandbox.updating import apply_updates

_MAX_CLASSES = 10_000
# A submission can choose where it fails; these keep what that can tell to a few bits.
_MOST_LINES = 1000
_MOST_CLASSES = 20
_MAX_ARGUMENT = 10_000
_ARGUMENT_TYPES = (bool, int, float, str, bytes, type(None))


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
    records: dict[str, tuple[type, tuple[str, ...]]] = {}  # noqa: RUF012 - read only
    trusts_operators: bool = False
    upload_first: bool = False


class Proxies(Protocol):
    """Makes what the tests see of a class or an object in the jail."""

    def new_class(
        self, peer: Peer, bases: tuple[type, ...], number: int, description: dict[str, Any]
    ) -> type:
        """Make a proxy class."""

    def new_instance(self, peer: Peer, cls: type | None, number: int) -> Any:
        """Make a proxy of an object of that class, or of a function."""


class Peer:
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
        self._proxies = proxies
        self._classes: dict[int, type] = {}
        self._descriptions: dict[int, Any] = {}
        self._live: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()
        self._record_types = {
            cls: RecordType(name, fields) for name, (cls, fields) in settings.records.items()
        }
        self.exports = exports or Exports()
        self.sticky: BaseException | None = None
        self.link = Link(jail, budget, greet=self._greet, answer_callback=self._answer_callback)

    # Loading --------------------------------------------------------------

    def _greet(self, link: Link) -> None:
        self._classes.clear()
        self._descriptions.clear()
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
            cause = self.cause_of(error)
            kind = CauseKind.NOT_LOADED if cause.kind is CauseKind.RAISED else cause.kind
            raise Stopped(Cause(kind=kind, error=cause.error, line=cause.line, name=cause.name))
        names = self._read(head[2:], buffers)[0]
        try:
            self.names = {name: kind for name, kind in names.items() if type(name) is str}
            for kind in self.names.values():
                if kind[0] == "class":
                    self._learn(kind[1])
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
            positional, keywords: The arguments; copies arrive.
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
                encoder = Encoder(self, careful=careful)
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
                raise BadCellError("no value at all")
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
                self._learn(fault["class"])
            arguments, shown, *_ = self._read(head[3:], buffers, encoder)
            origin = fault["origin"]
            if first_raised is not None and first_raised <= origin < len(self.exports.raised):
                return self.exports.raised[origin]
            name, line, message = str(fault["error"]), int(fault["line"]), str(fault["message"])
            own_name = str(fault["name"])
        except (BadCellError, KeyError, TypeError, ValueError, IndexError):
            return self.link.stop(CauseKind.BAD_REPLY)
        cause = self._cause(name, own_name, line)
        cls = getattr(builtins, name, None)
        if isinstance(shown, StopIteration) and not self.settings.trusts_operators:
            return Stopped(cause)  # `all(map(solution.f, xs))` would take it for the end
        if isinstance(shown, Exception):
            error: BaseException = shown
            BaseException.args.__set__(error, tuple(arguments))  # not by way of the jail
        elif isinstance(cls, type) and issubclass(cls, Exception) and cls is not StopIteration:
            error = _make_error(cls, arguments, message)
        else:
            return Stopped(cause)
        error.__dict__["_kata_cause"] = cause
        error.__dict__["_kata_message"] = message
        return error

    def _cause(self, name: str, own_name: str, line: int) -> Cause:
        line = line if self._holds_code(line) else 0
        if name == "MemoryError":
            return Cause(kind=CauseKind.OUT_OF_MEMORY, line=line)
        if name in ("SystemExit", "KeyboardInterrupt"):
            return Cause(kind=CauseKind.EXITED, line=line)
        if name == "NotImplementedError" and "TODO" in self._around(line):
            return Cause(kind=CauseKind.TODO, line=line)
        if own_name in ("RefusedImportError", "RefusedNameError", "UnsendableError"):
            kind = {
                "RefusedImportError": CauseKind.REFUSED_IMPORT,
                "RefusedNameError": CauseKind.REFUSED_NAME,
                "UnsendableError": CauseKind.REFUSED_VALUE,
            }[own_name]
            refused = self.link.refusals[-1][1] if self.link.refusals else ""
            return Cause(kind=kind, line=line, name=refused)
        if self.link.flooded() and name == "OSError":
            return Cause(kind=CauseKind.TOO_MUCH_OUTPUT, line=line)
        return Cause(kind=CauseKind.RAISED, error=self._safe_name(name, own_name), line=line)

    def _holds_code(self, line: int) -> bool:
        """Whether a line can be where something was raised; the jail may name any."""
        lines = self.settings.source.split("\n")
        return 0 < line <= min(len(lines), _MOST_LINES) and bool(
            lines[line - 1].split("#")[0].strip()
        )

    def _around(self, line: int) -> str:
        """Give the line and the few above it, where a stub says TODO."""
        return "\n".join(self.settings.source.split("\n")[max(0, line - 4) : line])

    def _safe_name(self, name: str, own_name: str) -> str:
        """Give the class name if it says nothing that the source did not say."""
        if isinstance(getattr(builtins, own_name, None), type):
            return own_name
        if self.settings.source.count("class ") > _MOST_CLASSES:  # one for each thing to tell
            return name
        pattern = rf"^[ \t]*class[ \t]+{re.escape(own_name)}\b"
        if re.search(pattern, self.settings.source, re.MULTILINE):
            return own_name
        return name if isinstance(getattr(builtins, name, None), type) else "Exception"

    def cause_of(self, error: BaseException) -> Cause:
        """Give the cause behind an exception, a wrong value when the jail did not raise it."""
        if isinstance(error, Stopped):
            return error.cause
        cause = getattr(error, "__dict__", {}).get("_kata_cause")
        return cause if isinstance(cause, Cause) else Cause(kind=CauseKind.WRONG_VALUE)

    # Callbacks ------------------------------------------------------------

    def _answer_callback(self, head: list[Any], buffers: list[bytearray]) -> Callable[[Link], None]:
        try:
            _, sequence, number, operation, names, table, *_ = head
            operands = Decoder(self).decode(table, buffers).roots
        except (BadCellError, ValueError) as error:
            raise self.link.stop(CauseKind.BAD_REPLY) from error
        try:
            result = self.exports.call(number, operation, operands, list(names))
        except RefusedCallbackError as error:
            raise self.link.stop(CauseKind.BAD_REPLY) from error
        except CannotGrade:
            raise
        except (Exception, SystemExit, GeneratorExit) as error:  # noqa: BLE001 - back to who called
            if self._is_sticky(error):
                self.sticky = self.sticky or error  # a failed assertion cannot be swallowed
            fault = self.exports.fault(error)
            return lambda link: link.send([tags.RAISE, sequence, fault], ())
        return lambda link: self._send_result(link, sequence, result)

    def _is_sticky(self, error: BaseException) -> bool:
        return isinstance(error, AssertionError) or not isinstance(error, Exception)

    def _send_result(self, link: Link, sequence: int, result: Any) -> None:
        for careful in (False, True):
            encoder = Encoder(self, careful=careful)
            table = encoder.encode([result]).head()
            try:
                link.send([tags.RETURN, sequence, table], encoder.buffers)
            except (OverflowError, UnicodeEncodeError):
                if careful:
                    raise
            else:
                return

    # What the codec asks --------------------------------------------------

    def record_type(self, cls: type) -> RecordType | None:
        """Give the record type of a class of the tests; any dataclass is one."""
        found = self._record_types.get(cls)
        if found is None and not self.settings.trusts_operators and _is_dataclass(cls):
            found = RecordType(cls.__name__, tuple(cls.__dataclass_fields__))  # type: ignore[attr-defined]
            self._record_types[cls] = found
        return found

    def refer(self, value: Any) -> list[Any] | None:
        """Give the cell of a proxy or of something the jail may call."""
        handle = getattr(type(value), "_kata_handle", None)
        if handle is not None:
            generation, number = handle(value)
            if generation != self.link.generation:
                raise Stopped(Cause(kind=CauseKind.KILLED))
            return [tags.HANDLE, number]
        name = _builtin_name(value)
        if name:
            return [tags.NAMED, "constant", name]
        if callable(value):
            return self.refer_last(value)
        return None

    def refer_last(self, value: Any) -> list[Any]:
        """Give an export cell."""
        cell = self.exports.cell(value)
        if cell is None:
            raise UnsendableError(f"a {type(value).__name__} cannot be handed to a solution")
        return cell

    def new_records(self, name: str, fields: Sequence[str], count: int) -> list[Any]:
        """Make empty records of the tests' class of that name."""
        for cls, kind in self._record_types.items():
            if kind.name == name and list(kind.fields) == list(fields):
                return [cls.__new__(cls) for _ in range(count)]
        raise BadCellError("a record the tests never declared")

    def resolve(self, cell: list[Any]) -> Any:
        """Give the proxy of a handle, or the object the jail hands back."""
        if cell[0] == tags.EXPORT:
            return self.exports.value(cell[1])
        if cell[0] != tags.HANDLE or type(cell[1]) is not int:
            raise BadCellError("an unknown cell")
        _, number, shape, details = cell
        if shape == "class":
            return self.class_of(details)
        found = self._live.get(number)
        if found is None:
            if number in self.link.pending_drops:
                self.link.pending_drops.remove(number)
            cls = self.class_of(details) if shape == "object" else None
            found = self._proxies.new_instance(self, cls, number)
            with contextlib.suppress(TypeError):  # a number or tuple cannot be weakly held
                self._live[number] = found
        return found

    def _learn(self, details: list[Any]) -> None:
        """Remember the description of a class, and of its bases."""
        waiting = [details]
        while waiting:
            number, description = waiting.pop()
            if description is not None and len(self._descriptions) < _MAX_CLASSES:
                self._descriptions.setdefault(number, description)
                waiting += description["bases"]

    def class_of(self, details: list[Any]) -> type:
        """Give the proxy class of a described class, made once."""
        self._learn(details)
        number = details[0]
        found = self._classes.get(number)
        if found is None:
            description = self._descriptions.pop(number, None)
            if description is None:
                raise BadCellError("a class never described")
            bases = tuple(self.class_of(base) for base in description["bases"])
            found = self._proxies.new_class(self, bases, number, description)
            self._classes[number] = found
        return found


def _sendable(source: str) -> str:
    """Give text that msgpack can carry; a lone surrogate cannot stand in a file anyway."""
    return source.encode("utf-8", "replace").decode()


def _is_dataclass(cls: type) -> bool:
    return isinstance(getattr(cls, "__dataclass_fields__", None), dict)


def _builtin_name(value: Any) -> str:
    if isinstance(value, type) or type(value) is type(len):
        name = getattr(value, "__name__", "")
        if CONSTANTS.get(name) is value:
            return str(name)
    return ""


def _make_error(cls: type[Exception], arguments: list[Any], message: str) -> Exception:
    """
    Make an exception whose text cannot hurt whoever prints it.

    Some built-in ones crash or hang when they are shown with arguments that
    their own constructor would never have been given: a UnicodeDecodeError with
    negative positions, a SyntaxError with an offset of 10**12.
    """
    is_plain = all(
        type(a) in _ARGUMENT_TYPES and len(str(a) if type(a) is int else repr(a)) <= _MAX_ARGUMENT
        for a in arguments
    )
    if not is_plain or issubclass(cls, SyntaxError | UnicodeError):
        arguments = [message]
    try:
        return cls(*arguments)
    except Exception:  # noqa: BLE001 - some constructors want more than was told
        return _texts_only(cls)(message)


def _texts_only(cls: type[Exception]) -> type[Exception]:
    """Give the nearest base whose constructor takes a text."""
    return next(base for base in cls.__mro__ if base in (ValueError, SyntaxError, Exception))

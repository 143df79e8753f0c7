"""
The judge's side where the tests trust the solution's operators (``kata isolate``).

Everything a test does with the solution is done in the jail, and every object
of a test may be handed over. Nothing here takes part in grading a kata.
"""

from __future__ import annotations

import collections
import datetime as dt
import decimal
import fractions
import sys
from collections.abc import Callable, Sequence
from typing import Any

from graders.model.result import Cause, CauseKind
from graders.sandbox import tags
from graders.sandbox.bounding import BadCellError
from graders.sandbox.containers import KEPT_DICTS, TRUSTED_MAKERS
from graders.sandbox.encoding import Encoder, RecordType
from graders.sandbox.faults import cause_of
from graders.sandbox.jail import Jail
from graders.sandbox.link import Budget, Link, Stopped
from graders.sandbox.open_exports import OpenExports
from graders.sandbox.peer import Peer, Settings
from graders.sandbox.trusted_members import RawHandle
from graders.sandbox.trusted_proxies import TrustedMeta, TrustedObject, TrustingProxies

# Classes that are the same on both sides; only such whose making does nothing.
_KNOWN: dict[tuple[str, str], type] = {
    (cls.__module__, cls.__qualname__): cls
    for cls in (
        collections.Counter,
        collections.OrderedDict,
        collections.defaultdict,
        collections.deque,
        dt.date,
        dt.datetime,
        dt.time,
        dt.timedelta,
        decimal.Decimal,
        fractions.Fraction,
    )
}
_FRAMES = 6  # where a callback's head names the solution's running functions
_ENDINGS = ("SystemExit", "StopIteration", "StopAsyncIteration", "GeneratorExit")


class TrustingPeer(Peer):
    """
    A solution whose operators are believed.

    Args:
        jail, budget, settings: As for a peer.
        path: The solution's file, for the frames under which callbacks run.
    """

    makers = TRUSTED_MAKERS  # an OrderedDict stays one

    def __init__(self, jail: Jail, budget: Budget, settings: Settings, *, path: str) -> None:
        self._open = OpenExports(path)
        self._fetched: dict[str, Any] = {}
        self.when_loaded: list[Callable[[], None]] = []
        super().__init__(jail, budget, settings, proxies=TrustingProxies(), exports=self._open)

    # Loading --------------------------------------------------------------

    def load(self, link: Link) -> None:
        """
        Load the solution; what was imported from an earlier worker's stands for it again.

        Raises:
            Stopped: It cannot be loaded.
        """
        super().load(link)
        for name, old in list(self._fetched.items()):
            if name in self.names:
                self._adopt(old, super().apply("module", name))
        for action in self.when_loaded:
            action()

    def _adopt(self, old: Any, new: Any) -> None:
        """Make a proxy from before a worker's end stand for the new worker's object."""
        if isinstance(old, TrustedMeta) and isinstance(new, TrustedMeta):
            for name in ("_number", "_generation", "_methods"):
                type.__setattr__(old, name, getattr(new, name))
            self.classes.replace(new._number, old)
        elif isinstance(old, TrustedObject) and isinstance(new, TrustedObject):
            number = new.__dict__.pop("_hid")
            old.__dict__.update(_hid=number, _generation=self.link.generation)
            self._live[number] = old

    def member(self, name: str) -> Any:
        """
        Give a name of the solution's module.

        Raises:
            AttributeError: There is no such name.
            Stopped: There is no worker.
        """
        value = self.apply("module", name)
        if isinstance(value, TrustedObject | TrustedMeta):
            self._fetched.setdefault(name, value)
        return value

    def run(self, module: str, name: str, *arguments: Any) -> None:
        """Call a function of a standard module in the jail."""
        self.apply("run", module, name, list(arguments))

    # Asking ---------------------------------------------------------------

    def call_owned(self, owner: Any, name: str | None, positional: Any, keywords: Any) -> Any:
        """
        Call an object or class in the jail, or a method of it, arguments mirrored.

        Raises:
            Stopped: The object was in a worker that has ended; or there is no answer.
        """
        with self.link.lock:
            self.link.ensure()
            generation, number = type(owner)._kata_handle(owner)
            if generation != self.link.generation:
                raise Stopped(Cause(kind=CauseKind.KILLED))
            target = ["handle", number] if name is None else ["method", number, name]
            return self.call(
                target, positional, keywords, shared=range(len(positional) + len(keywords))
            )

    def _ask(self, *words: Any, **options: Any) -> Any:
        with self.link.lock:
            self.link.ensure()
            return super()._ask(*words, **options)

    # Faults ---------------------------------------------------------------

    def _rebuild(
        self,
        head: list[Any],
        buffers: list[bytearray],
        encoder: Encoder | None = None,
        *,
        first_raised: int | None = None,
    ) -> BaseException:
        """Make the exception to raise here: the test's own, a known class, or a proxy."""
        fault = head[2]
        error = self._remade(head, buffers, encoder, first_raised)
        origin = fault["origin"] if isinstance(fault, dict) else None
        if isinstance(error, Stopped) or type(origin) is not int or origin >= 0:
            return error
        details = self._read(head[3:], buffers, encoder)[2:]
        if details and type(error).__module__ != self.settings.module:
            cause, notes, attributes = details[0]
            error.__dict__.update({k: v for k, v in attributes.items() if not k.startswith("_")})
            if notes:
                error.__dict__["__notes__"] = notes
            if isinstance(cause, BaseException):
                error.__cause__ = cause
        return error

    def _remade(
        self,
        head: list[Any],
        buffers: list[bytearray],
        encoder: Encoder | None,
        first_raised: int | None,
    ) -> BaseException:
        fault = head[2]
        plain = super()._rebuild(head, buffers, encoder, first_raised=first_raised and 0)
        try:
            origin, export = fault["origin"], fault["export"]
            message, own = str(fault["message"]), fault["class"]
            module, name = map(str, fault["qualified"])
        except (KeyError, TypeError, ValueError):
            return plain
        if type(origin) is int and 0 <= origin < len(self._open.raised):
            return self._open.raised[origin]
        if own is not None or (isinstance(plain, Stopped) and name not in _ENDINGS):
            return plain
        cls = self._open.value(export) if type(export) is int and export >= 0 else None
        cls = cls or known_error(module, name)
        if cls is None or type(plain) is cls:
            return plain
        cause = cause_of(plain)
        arguments = self._read(head[3:], buffers, encoder)[0]
        error = remade(cls, arguments, message)
        error.__dict__.update(_kata_cause=cause)
        return error

    def _is_sticky(self, error: BaseException) -> bool:
        return not isinstance(error, Exception)

    def _answer_callback(self, head: list[Any], buffers: list[bytearray]) -> Callable[[Link], None]:
        frames = head[_FRAMES] if len(head) > _FRAMES and isinstance(head[_FRAMES], list) else []
        outer, self._open.frames = self._open.frames, frames[:64]
        try:
            return super()._answer_callback(head, buffers)
        finally:
            self._open.frames = outer

    # What the codec asks --------------------------------------------------

    def record_type(self, cls: type) -> RecordType | None:  # noqa: ARG002 - the protocol
        """Give None: a test's objects are handed over themselves."""
        return None

    def refer(self, value: Any) -> list[Any] | None:
        """Give the cell of a proxy, or of an object that the jail is to see itself."""
        kind = type(value)
        if getattr(kind, "_kata_handle", None) is not None:
            return super().refer(value)
        if isinstance(value, type):
            is_known = _KNOWN.get((value.__module__, value.__qualname__)) is value
            return self._import_cell(value) if is_known else super().refer(value)
        is_file = (kind.__module__, kind.__qualname__) in (("_io", "StringIO"), ("_io", "BytesIO"))
        is_named_tuple = isinstance(value, tuple) and hasattr(kind, "_fields")
        if is_file or is_named_tuple or isinstance(value, BaseException):
            return self.refer_last(value)
        return super().refer(value)

    def _import_cell(self, cls: type) -> list[Any]:
        return [tags.EXPORT, -1, "known class", [cls.__module__, cls.__name__]]

    def resolve(self, cell: list[Any]) -> Any:
        """Give the proxy of a handle, or what is the same on both sides."""
        tag, _, *shape = cell
        if tag == tags.KEPT_DICT:
            return KEPT_DICTS[shape[1]]()
        if tag == tags.HANDLE and shape[0] == "known":
            module, name, details = shape[1]
            self.classes.learn(details)
            known = _KNOWN.get((module, name)) or known_error(module, name)
            return known or self.classes.of(details)
        if tag == tags.HANDLE and shape[0] == "error":
            module, name, arguments = shape[1]
            cls = known_error(module, name)
            if cls is None:
                raise BadCellError("an unknown error")
            return remade(cls, arguments, "")
        return super().resolve(cell)

    def plain_value(self, number: int) -> Any:
        """Give the plain data that an object of a derived class is."""
        return self.apply("plain", RawHandle(self.link.generation, number))


def known_error(module: str, name: str) -> type[BaseException] | None:
    """Give an exception class of the standard library that is loaded here."""
    package = module.partition(".")[0]
    if package not in sys.stdlib_module_names or package == "unittest":  # its SkipTest skips
        return None
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    is_error = isinstance(found, type) and issubclass(found, BaseException)
    return found if is_error and found is not KeyboardInterrupt else None


def remade(cls: type[BaseException], arguments: Sequence[Any], message: str) -> BaseException:
    """Make an exception of just that class, whatever its constructor wants."""
    try:
        return cls(*arguments)
    except Exception:  # noqa: BLE001 - some constructors want more than the arguments they keep
        error = cls.__new__(cls, *arguments)
        error.args = tuple(arguments) or (message,)
        return error

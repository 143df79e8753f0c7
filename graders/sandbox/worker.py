"""
Runs inside the jail: loads the learner's file and answers the judge.

Everything here shares a process with hostile code. It therefore decides
nothing: it returns values, and whoever forges a reply has only answered a
question wrongly.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import traceback
import types
from collections.abc import Callable
from typing import Any

from graders.sandbox import tags
from graders.sandbox.containers import MAKERS, TRUSTED_MAKERS
from graders.sandbox.decoding import Decoded
from graders.sandbox.encoding import Encoder, RecordType, Table, UnsendableError
from graders.sandbox.frames import Channel, ClosedError, receive_frame, send_frame
from graders.sandbox.holding import Holding, Kept
from graders.sandbox.hosting import error_details, host
from graders.sandbox.judged import frame_names
from graders.sandbox.operations import OPERATIONS
from graders.sandbox.scanning import scan

_MAX_REQUEST = 1 << 31  # requests come from the judge, whose memory is its own affair
SOURCE_NAME = "solution.py"


class Worker(Holding):
    """
    One attempt's process, seen from inside.

    Args:
        channel: The stream to the judge.
        arm: Puts the kata's rules in force before the load; gives the source's builtins, or none.
    """

    def __init__(
        self, channel: Channel, *, arm: Callable[[Worker], dict[str, Any]] | None = None
    ) -> None:
        super().__init__()
        self._channel = channel
        self._arm = arm
        self._lock = threading.RLock()
        self._sequence = 0
        self._mirrored: list[tuple[int, Any]] = []
        self._chain_head: Kept
        self._chain_tail: Any = None
        self._handlers = {
            tags.SCAN: self._scan,
            tags.LOAD: self._load,
            tags.UPLOAD: self._upload,
            tags.CALL: self._call,
            tags.APPLY: self._apply,
            tags.WALK: self._walk,
            tags.CHAIN: self._chain,
            tags.SAMPLES: self._samples,
        }
        self.refusals: list[list[Any]] = []

    def serve(self) -> None:
        """Answer requests until the judge hangs up."""
        with contextlib.suppress(ClosedError):
            while True:
                head, buffers = receive_frame(self._channel, max_bytes=_MAX_REQUEST)
                self._handle(head, buffers)

    def _handle(self, head: list[Any], buffers: list[bytearray]) -> None:
        kind, sequence, drops, *rest = head
        self._described.drop(drops)
        try:
            answer = self._handlers[kind](rest, buffers)
        except BaseException as error:  # noqa: BLE001 - SystemExit and its kin are answers too
            if isinstance(error, MemoryError):
                traceback.clear_frames(error.__traceback__)  # they hold what there is no room for
            _flush()
            self._send_fault(sequence, error)
        else:
            _flush()
            self._send_answer(sequence, answer)

    # Answers ------------------------------------------------------------

    def _send_answer(self, sequence: int, answer: Callable[[Encoder], list[Any]]) -> None:
        try:
            self._send_table(lambda encoder: [tags.RETURN, sequence, *answer(encoder)])
        except (UnsendableError, TypeError, ValueError, MemoryError, RecursionError) as error:
            self._send_fault(sequence, UnsendableError(str(error)))

    def _send_table(self, compose: Callable[[Encoder], list[Any]]) -> None:
        with self._lock:
            for careful in (False, True):
                makers = TRUSTED_MAKERS if self.trusts_operators else MAKERS
                encoder = Encoder(self, careful=careful, makers=makers)
                try:
                    head = compose(encoder)
                    send_frame(self._channel, [*head, self._take_refusals()], encoder.buffers)
                except BaseException as error:
                    self._described.untell()
                    if careful or not isinstance(error, OverflowError | UnicodeEncodeError):
                        raise
                else:
                    self._described.fresh.clear()
                    return

    def _take_refusals(self) -> list[list[Any]]:
        taken, self.refusals[:] = list(self.refusals), []
        return taken

    def _send_fault(self, sequence: int, error: BaseException) -> None:
        mirrored, self._mirrored = self._mirrored, []

        def compose(encoder: Encoder) -> list[Any]:
            fault = self._described.fault(error, SOURCE_NAME)
            shown = error if fault["handle"] else None
            roots = [list(error.args)[:8], shown]
            if self.trusts_operators:
                roots.append(error_details(error))
            return [tags.RAISE, sequence, fault, *_mirror(encoder, mirrored, roots)]

        try:
            self._send_table(compose)
        except Exception:  # noqa: BLE001 - the arguments are the learner's; say it without them
            fault = self._described.fault(error, SOURCE_NAME)
            bare: list[Any] = [[], None]
            self._send_table(lambda e: [tags.RAISE, sequence, fault, *_mirror(e, mirrored, bare)])

    # Requests -----------------------------------------------------------

    def _scan(self, rest: list[Any], _: list[bytearray]) -> Callable[[Encoder], list[Any]]:
        facts = scan(rest[0])
        return lambda encoder: [encoder.encode([facts]).head(), []]

    def _load(self, rest: list[Any], _: list[bytearray]) -> Callable[[Encoder], list[Any]]:
        source, module_name, records, trusts_operators = rest
        self.trusts_operators = trusts_operators
        self.module = types.ModuleType(module_name)
        self.module.__file__ = SOURCE_NAME
        sys.modules[module_name] = self.module
        for name, fields in records:
            self._record_types[name] = RecordType(name, tuple(fields))
        self._described.own = {module_name}
        if trusts_operators:
            host(self._described, source)
        code = compile(source, SOURCE_NAME, "exec", dont_inherit=True)
        own_builtins = self._arm(self) if self._arm is not None else None
        if own_builtins:
            self.module.__dict__["__builtins__"] = own_builtins
        exec(code, self.module.__dict__)  # noqa: S102 - this is the one place, inside the jail
        for name, kind in self._record_types.items():
            own = self.module.__dict__.get(name)
            if isinstance(own, type):
                self._record_classes[own] = kind
        public = {
            name: self._described.kind(value)
            for name, value in self.module.__dict__.items()
            if not name.startswith("__")
        }
        return lambda encoder: [encoder.encode([public]).head(), []]

    def _upload(self, rest: list[Any], buffers: list[bytearray]) -> Callable[[Encoder], list[Any]]:
        values = self._decoder().decode(rest[0], buffers).roots
        kept = [Kept(value) for value in values]
        return lambda encoder: [encoder.encode(kept).head(), []]

    def _call(self, rest: list[Any], buffers: list[bytearray]) -> Callable[[Encoder], list[Any]]:
        target, names, keep, table, shared = rest
        decoded = self._decoder().decode(table, buffers)
        roots = [value.value if type(value) is Kept else value for value in decoded.roots]
        positional = roots[: len(roots) - len(names)]
        keywords = dict(zip(names, roots[len(positional) :], strict=True))
        mirrored = _mutable(table[1], decoded, *shared)
        try:
            result = self._target(target)(*positional, **keywords)
        except BaseException:
            self._mirrored = mirrored  # what a failed call did to its arguments is seen too
            raise
        if keep:
            return lambda encoder: [encoder.encode([Kept(result)]).head(), []]
        return lambda encoder: _mirror(encoder, mirrored, [result])

    def _target(self, target: list[Any]) -> Any:
        how, *rest = target
        if how == "name":
            return getattr(self.module, rest[0])
        value = self._described.held(rest[0])
        return value if how == "handle" else getattr(value, rest[1])

    def _apply(self, rest: list[Any], buffers: list[bytearray]) -> Callable[[Encoder], list[Any]]:
        name, table = rest
        operands = self._decoder().decode(table, buffers).roots
        result: Any = None
        if name == "module":
            result = getattr(self.module, operands[0])
        elif name == "set":
            setattr(self.module, operands[0], operands[1])
        elif name == "del":
            delattr(self.module, operands[0])
        elif name == "fetch":
            result = operands[0].value
        else:
            result = OPERATIONS[name](*operands)
        return lambda encoder: [encoder.encode([result]).head(), []]

    def _walk(self, rest: list[Any], _: list[bytearray]) -> Callable[[Encoder], list[Any]]:
        """Give up to `count` values along a chain, and what comes after, kept."""
        handle, value_field, link_field, count = rest
        node = self._described.held(handle).value
        values: list[Any] = []
        while node is not None and len(values) < count:
            values.append(getattr(node, value_field))
            node = getattr(node, link_field)
        return lambda encoder: [encoder.encode([values, Kept(node)]).head(), []]

    def _chain(self, rest: list[Any], _: list[bytearray]) -> Callable[[Encoder], list[Any]]:
        """Append a piece to the chain that is being built; give its first record, kept."""
        name, fields, value_field, link_field, values, is_first = rest
        nodes = self.new_records(name, fields, len(values))
        for node, value, following in zip(nodes, values, [*nodes[1:], None], strict=True):
            setattr(node, value_field, value)
            setattr(node, link_field, following)
        if is_first:
            self._chain_head = Kept(nodes[0])
        else:
            setattr(self._chain_tail, link_field, nodes[0])
        self._chain_tail = nodes[-1]
        head = self._chain_head
        return lambda encoder: [encoder.encode([head]).head(), []]

    def _samples(self, rest: list[Any], _: list[bytearray]) -> Callable[[Encoder], list[Any]]:
        """Run pytest here, on the learner's own copy of the sample tests; it feeds no score."""
        import pytest

        folder, words = rest
        vars(os)["chdir"] = lambda _: (
            None
        )  # pytest goes back where it started; the jail refuses the call
        sys.dont_write_bytecode = True
        sys.path.insert(0, folder)
        code = int(pytest.main(words))
        return lambda encoder: [encoder.encode([code]).head(), []]

    # Callbacks ------------------------------------------------------------

    def call_back(self, export: int, operation: str, operands: list[Any], names: list[str]) -> Any:
        """
        Ask the judge, and answer what it asks meanwhile.

        Raises:
            Exception: What the judge's function raised.
        """
        frames = frame_names(SOURCE_NAME) if self.trusts_operators else []
        with self._lock:
            self._sequence += 1
            sequence = self._sequence

            def compose(encoder: Encoder) -> list[Any]:
                table: Table = encoder.encode(operands)
                return [tags.CALLBACK, sequence, export, operation, names, table.head(), frames]

            self._send_table(compose)
            while True:
                head, buffers = receive_frame(self._channel, max_bytes=_MAX_REQUEST)
                if head[0] == tags.RETURN:
                    return self._decoder().decode(head[2], buffers).roots[0]
                if head[0] == tags.RAISE:
                    raise self._described.rebuild(head[2])
                self._handle(head, buffers)


def _mutable(
    cells: list[Any], decoded: Decoded, most_cells: int, most_records: int
) -> list[tuple[int, Any]]:
    """Give reference and object of all that a call may change, in what is shared."""
    containers = [
        (index, decoded.values[index])
        for index in range(most_cells)
        if cells[index][0] in tags.MUTABLE
    ]
    return containers + [(-1 - index, decoded.records[index]) for index in range(most_records)]


def _mirror(encoder: Encoder, mirrored: list[tuple[int, Any]], roots: list[Any]) -> list[Any]:
    """Give the table of the roots, and what the mirrored objects hold now."""
    encoder.origins = {id(value): reference for reference, value in mirrored}
    table, updates = encoder.encode_updates([value for _, value in mirrored], roots)
    return [table.head(), updates]


def _flush() -> None:
    """Write out what was printed: after the answer, the judge may end this process."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()

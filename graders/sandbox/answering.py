"""Answers what the learner's code asks of the tests' functions and objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graders.errors import CannotGrade
from graders.model.result import CauseKind
from graders.sandbox import tags
from graders.sandbox.bounding import BadCellError
from graders.sandbox.containers import MAKERS, Maker
from graders.sandbox.decoding import Decoder
from graders.sandbox.encoding import Encoder
from graders.sandbox.exports import RefusedCallbackError
from graders.sandbox.link import Link
from graders.sandbox.referring import Referring


class Answering(Referring):
    """
    Carries callbacks out.

    Attributes:
        sticky: A failed assertion in a callback; raised again after the call.
        makers: Of the cells of containers.
    """

    sticky: BaseException | None = None
    makers: Mapping[type, Maker] = MAKERS

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
            encoder = Encoder(self, careful=careful, makers=self.makers)
            table = encoder.encode([result]).head()
            try:
                link.send([tags.RETURN, sequence, table], encoder.buffers)
            except (OverflowError, UnicodeEncodeError):
                if careful:
                    raise
            else:
                return

"""Bounds that no kata of this catalogue can show: on updates, on replies, on classes."""

from __future__ import annotations

import numpy as np
import pytest

from graders.model.limits import Limits
from graders.sandbox import tags
from graders.sandbox.classes import Classes
from graders.sandbox.decoding import BadCellError, Decoder
from graders.sandbox.link import Budget
from graders.sandbox.updating import apply_updates


def test_an_object_is_updated_once_by_a_reply() -> None:
    array = np.zeros(4)
    decoder = Decoder(None)
    decoder.buffers = [bytearray(np.ones(4).tobytes())]
    cell = [tags.ARRAY, "<f8", [4], 0]

    with pytest.raises(BadCellError, match="two updates"):
        apply_updates([[0, cell], [0, cell]], decoder, lambda _: array, {})

    assert not array.any()


def test_the_answers_of_one_test_are_bounded_together() -> None:
    budget = Budget(Limits(reply_mib=1))
    budget.start_test()
    large = {"head": 0, "buffers": 1 << 20}

    given = [budget.receive(**large) for _ in range(8)]
    budget.start_test()

    assert given == [True] * 6 + [False] * 2
    assert budget.receive(**large)


def test_answers_outside_of_a_test_are_not() -> None:
    budget = Budget(Limits(reply_mib=1))

    assert all(budget.receive(head=1 << 20, buffers=1 << 20) for _ in range(100))


def test_a_class_that_is_its_own_base_is_learnt_once() -> None:
    described = {"name": "A", "bases": []}
    described["bases"] = [[1, described]] * 3

    Classes(None, None).learn([1, described])


def test_a_class_of_thousands_of_bases_is_refused() -> None:
    described = {"name": "A", "bases": [[2, None]] * 1000}

    with pytest.raises(BadCellError, match="too many bases"):
        Classes(None, None).learn([1, described])

"""Many writers at once lose nothing."""

import time

import pytest

from graders.ledger.branch import DataBranch
from tests.ledger_branch.writing import git, numbered, write_all, write_at_once

pytestmark = pytest.mark.long


@pytest.mark.parametrize(("processes", "each"), [(12, 4), (16, 25)], ids=["48", "400"])
def test_nothing_is_lost_however_many_write(bare, processes, each):
    count = processes * each

    codes = write_at_once(bare, processes, each)

    assert codes == [0] * processes
    read = DataBranch(bare).read()
    assert read.damaged == ()
    assert {one.pull: one for one in read.entries} == {n + 1: numbered(n) for n in range(count)}
    assert git(bare, "rev-list", "--count", "kata-data") == str(count)
    assert git(bare, "rev-list", "--count", "--merges", "kata-data") == "0"


def test_two_hundred_in_sequence_take_less_than_a_minute(bare):
    began = time.monotonic()

    write_all(bare, 0, 200)

    assert time.monotonic() - began < 60
    assert len(DataBranch(bare).read().entries) == 200

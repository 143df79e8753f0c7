"""What a message may not make the judge do."""

import pytest

from graders.sandbox import tags
from graders.sandbox.bounding import BadCellError, bound

LIST = [tags.LIST, []]
TOO_MUCH = {
    "65 groups of records": ([], [["Node", [], [], []]] * 65, "too many records"),
    "500 001 records": ([], [["Node", [], range(500_001), []]], "too many records"),
    "500 001 containers": ([LIST] * 500_001, [], "500001 containers"),
    "20 001 arrays": ([[tags.ARRAY, "<f8", [0], 0]] * 20_001, [], "too many handles"),
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_too_much_is_refused(what):
    cells, groups, words = TOO_MUCH[what]

    with pytest.raises(BadCellError, match=words):
        bound(cells, groups)


def test_as_much_as_is_allowed_is_well():
    groups = [["Node", [], range(100), []]] * 64

    assert bound([LIST] * 30_000, groups) is None
    assert bound([[tags.ARRAY, "<f8", [0], 0]] * 20_000, []) is None

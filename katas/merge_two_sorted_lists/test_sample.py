"""What the statement shows; run it with `kata test`."""

import itertools

import pytest
from solution import ListNode, merge_k, merge_runs, merge_two_sorted_lists


def build(values):
    head = None
    for value in reversed(values):
        head = ListNode(value, head)
    return head


def nodes(head):
    found = []
    while head is not None and len(found) < 100:
        found.append(head)
        head = head.next
    return found


def values(head):
    return [node.val for node in nodes(head)]


@pytest.mark.parametrize(
    ("one", "other", "merged"),
    [
        ([1, 3, 5], [2, 4], [1, 2, 3, 4, 5]),
        ([1, 2], [7, 8, 9], [1, 2, 7, 8, 9]),
        ([], [4], [4]),
        ([], [], []),
    ],
    ids=str,
)
def test_two_lists(one, other, merged):
    assert values(merge_two_sorted_lists(build(one), build(other))) == merged


def test_ties_take_from_the_earlier_list():
    one, other = build([2, 2]), build([2])
    expected = [one, one.next, other]
    found = nodes(merge_two_sorted_lists(one, other))
    assert [id(node) for node in found] == [id(node) for node in expected]


@pytest.mark.parametrize(
    ("lists", "merged"),
    [
        ([[1, 4, 5], [1, 3, 4], [2, 6]], [1, 1, 2, 3, 4, 4, 5, 6]),
        ([[], [3], [], [1, 2]], [1, 2, 3]),
        ([], []),
    ],
    ids=str,
)
def test_many_lists(lists, merged):
    assert values(merge_k([build(one) for one in lists])) == merged


@pytest.mark.parametrize(
    ("runs", "merged"),
    [([[1, 4], [2, 3, 9]], [1, 2, 3, 4, 9]), ([[0, 5], [], [0]], [0, 0, 5]), ([], [])],
    ids=str,
)
def test_runs(runs, merged):
    assert list(merge_runs([iter(run) for run in runs])) == merged


def test_runs_without_end():
    items = merge_runs([itertools.count(0, 2), itertools.count(1, 2)])
    assert [next(items) for _ in range(5)] == [0, 1, 2, 3, 4]


def test_one_list_twice_is_refused():
    one = build([1, 2])
    with pytest.raises(ValueError):
        merge_two_sorted_lists(one, one)

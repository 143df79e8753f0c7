"""What the statement shows; run it with `kata test`."""

import pytest
from solution import ListNode, reverse_between, reverse_k_group, reverse_linked_list


def build(values):
    head = None
    for value in reversed(values):
        head = ListNode(value, head)
    return head


def values(head):
    found = []
    while head is not None and len(found) < 100:
        found.append(head.val)
        head = head.next
    return found


@pytest.mark.parametrize(
    ("before", "after"), [([1, 2, 3], [3, 2, 1]), ([7], [7]), ([], [])], ids=str
)
def test_the_whole_list(before, after):
    assert values(reverse_linked_list(build(before))) == after


def test_the_old_head_ends_the_list():
    head = build([1, 2, 3])
    reverse_linked_list(head)
    assert head.next is None


@pytest.mark.parametrize(
    ("before", "left", "right", "after"),
    [([1, 2, 3, 4, 5], 2, 4, [1, 4, 3, 2, 5]), ([1, 2, 3], 1, 2, [2, 1, 3]), ([1, 2, 3], 2, 2, [1, 2, 3])],
    ids=str,
)
def test_a_stretch(before, left, right, after):
    assert values(reverse_between(build(before), left, right)) == after


@pytest.mark.parametrize(
    ("before", "k", "after"),
    [([1, 2, 3, 4, 5], 2, [2, 1, 4, 3, 5]), ([1, 2, 3], 3, [3, 2, 1]), ([1, 2], 3, [1, 2])],
    ids=str,
)
def test_group_by_group(before, k, after):
    assert values(reverse_k_group(build(before), k)) == after


def test_a_group_of_none_is_refused():
    with pytest.raises(ValueError):
        reverse_k_group(build([1]), 0)

"""The nodes, and values that must never be seen outside."""

from graders.testing import record

SECRET_NUMBER = 48613
SECRET_LINE = 613
SECRET_TEXT = "halcyonquartz"


@record
class ListNode:
    def __init__(self, val=0, next=None):
        self.val = val
        self.next = next


def build(values):
    nodes = [ListNode(value) for value in values]
    for node, following in zip(nodes, nodes[1:]):
        node.next = following
    return nodes


def assert_is(head, expected):
    found = []
    while head is not None and len(found) <= len(expected):
        assert isinstance(head, ListNode)
        found.append(head)
        head = head.next
    assert [id(node) for node in found] == [id(node) for node in expected]

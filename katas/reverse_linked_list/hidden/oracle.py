"""The nodes of the tests, and the three operations on plain Python lists: slow, obvious, independent."""

from graders.testing import record


@record
class ListNode:
    def __init__(self, val=0, next=None):
        self.val = val
        self.next = next


def build(values):
    """Give the nodes of a new list, in order; the first is its head."""
    nodes = [ListNode(value) for value in values]
    for node, following in zip(nodes, nodes[1:]):
        node.next = following
    return nodes


def chain(head, most):
    """Give the nodes from head on, at most one more than `most`, so that a circle ends too."""
    nodes = []
    while head is not None and len(nodes) <= most:
        assert isinstance(head, ListNode)
        nodes.append(head)
        head = head.next
    return nodes


def links(nodes):
    """Give what each node links to and holds, to compare before and after."""
    return [(id(node.next), node.val) for node in nodes]


def reversed_between(items, left, right):
    return items[: left - 1] + items[left - 1 : right][::-1] + items[right:]


def reversed_groups(items, k):
    groups = [items[i : i + k] for i in range(0, len(items), k)]
    return [x for group in groups for x in (group[::-1] if len(group) == k else group)]


def assert_is(head, expected):
    """The very same nodes in the expected order, and then the end."""
    found = chain(head, len(expected))
    assert [id(node) for node in found] == [id(node) for node in expected]

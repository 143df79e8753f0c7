"""The classes of the tests, sources that note what is read, and merging by its definition: slow, obvious."""

from graders.testing import record


@record
class ListNode:
    def __init__(self, val=0, next=None):
        self.val = val
        self.next = next


@record
class Run:
    def __init__(self, read):
        self.read = read

    def __iter__(self):
        return self

    def __next__(self):
        return self.read()


class Source:
    """What a run reads from; notes how often it was asked, and how often in vain."""

    def __init__(self, items, failure=None):
        self._items = iter(items)
        self._failure = failure
        self.read = 0
        self.ends = 0

    def __call__(self):
        for item in self._items:
            self.read += 1
            return item
        if self._failure is not None:
            raise self._failure
        self.ends += 1
        raise StopIteration


class Key:
    """A key that notes which lists were compared with each other."""

    def __init__(self, value, place, noted):
        self.value = value
        self.place = place
        self.noted = noted

    def _other(self, other):
        self.noted.append((self.place, other.place))
        return other.value

    def __lt__(self, other):
        return self.value < self._other(other)

    def __le__(self, other):
        return self.value <= self._other(other)

    def __gt__(self, other):
        return self.value > self._other(other)

    def __ge__(self, other):
        return self.value >= self._other(other)

    def __eq__(self, other):
        return self.value == self._other(other)

    __hash__ = None


def build(values):
    """Give the nodes of a new list, in order; the first is its head."""
    nodes = [ListNode(value) for value in values]
    for node, following in zip(nodes, nodes[1:]):
        node.next = following
    return nodes


def head(nodes):
    return nodes[0] if nodes else None


def chain(node, most):
    """Give the nodes from here on, at most one more than `most`, so that a circle ends too."""
    nodes = []
    while node is not None and len(nodes) <= most:
        assert isinstance(node, ListNode)
        nodes.append(node)
        node = node.next
    return nodes


def links(lists):
    """Give what each node links to and holds, to compare before and after."""
    return [(id(node.next), id(node.val)) for nodes in lists for node in nodes]


def merged(lists, key=lambda item: item):
    """Give all items ordered by value, then by list, then by place in the list."""
    tagged = [(key(x), i, j, x) for i, xs in enumerate(lists) for j, x in enumerate(xs)]
    return [x for *_, x in sorted(tagged, key=lambda entry: entry[:3])]


def merged_nodes(lists):
    return merged(lists, key=lambda node: node.val)


def assert_is(node, expected):
    """The very same nodes in the expected order, and then the end."""
    found = chain(node, len(expected))
    assert [id(x) for x in found] == [id(x) for x in expected]

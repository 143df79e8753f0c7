"""
Mistake: the run that gave the last item of all is read again by every later next
Fails: lazy
Say: After the end of the answer, each next asks the run once more that gave the last item. How do you note that it
  owes you nothing?
Ask: What does an iterator owe to those who ask again after StopIteration?
"""

import heapq


class ListNode:
    """A node of a singly linked list; leave this class as it is."""

    def __init__(self, val=0, next=None):
        self.val = val
        self.next = next


class Run:
    """A sorted run that is read item by item; leave this class as it is."""

    def __init__(self, read):
        self.read = read

    def __iter__(self):
        return self

    def __next__(self):
        return self.read()


def merge_two_sorted_lists(l1, l2):
    if l1 is not None and l1 is l2:
        raise ValueError("the same list twice")
    before = tail = ListNode()
    while l1 is not None and l2 is not None:
        if l2.val < l1.val:
            tail.next, l2 = l2, l2.next
        else:
            tail.next, l1 = l1, l1.next
        tail = tail.next
    tail.next = l1 if l1 is not None else l2
    return before.next


def _refuse_twins(heads):
    seen = set()
    for head in heads:
        if head is not None:
            if id(head) in seen:
                raise ValueError("the same list twice")
            seen.add(id(head))


def merge_k(lists):
    _refuse_twins(lists)
    row = list(lists)
    while len(row) > 1:
        pairs = [merge_two_sorted_lists(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)]
        row = pairs + ([row[-1]] if len(row) % 2 else [])
    return row[0] if row else None


class _Front:
    __slots__ = ("item", "place")

    def __init__(self, item, place):
        self.item = item
        self.place = place

    def __lt__(self, other):
        if self.place < other.place:
            return not other.item < self.item
        return self.item < other.item


class _Merger:
    """Reads a run again only when another item is asked for."""

    def __init__(self, runs):
        self.runs = list(runs)
        self.fronts = None
        self.owed = None
        self.errors = {}

    def __iter__(self):
        return self

    def __next__(self):
        if self.fronts is None:
            self.fronts = []
            self.start()
        if self.owed is not None:
            self.read(self.owed)
        if self.fronts:
            front = heapq.heappop(self.fronts)
            self.owed = front.place
            return front.item
        raise StopIteration

    def start(self):
        for place in range(len(self.runs)):
            self.read(place)

    def read(self, place):
        try:
            item = next(self.runs[place])
        except StopIteration:
            return
        heapq.heappush(self.fronts, _Front(item, place))


def merge_runs(runs):
    return _Merger(runs)

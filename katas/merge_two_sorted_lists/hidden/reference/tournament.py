"""A third way: two lists stretch by stretch, many by a tournament in which the winner's path alone is played again."""

from __future__ import annotations


class ListNode:
    def __init__(self, val=0, next=None):
        self.val = val
        self.next = next


class Run:
    def __init__(self, read):
        self.read = read

    def __iter__(self):
        return self

    def __next__(self):
        return self.read()


class Tournament:
    """The smallest of k values; a value that leaves is replaced in log2(k) comparisons."""

    def __init__(self, values):
        """Take the values, one a place; a place without one is not in the dict."""
        self.values = dict(values)
        self.leaves = 1
        while self.leaves <= max(self.values, default=0):
            self.leaves *= 2
        self.winners = [None] * self.leaves + [
            place if place in self.values else None for place in range(self.leaves)
        ]
        for at in range(self.leaves - 1, 0, -1):
            self._play(at)

    def winner(self):
        """Give the place of the smallest value, the first of several, or None."""
        return self.winners[1]

    def replace(self, place, value):
        self.values[place] = value
        self._replay(place)

    def remove(self, place):
        self.winners[self.leaves + place] = None
        self._replay(place)

    def _replay(self, place):
        at = (self.leaves + place) // 2
        while at >= 1:
            self._play(at)
            at //= 2

    def _play(self, at):
        left, right = self.winners[2 * at], self.winners[2 * at + 1]
        if left is None or right is None:
            self.winners[at] = right if left is None else left
        else:
            is_upset = self.values[right] < self.values[left]
            self.winners[at] = right if is_upset else left


def merge_two_sorted_lists(l1, l2):
    if l1 is None or l2 is None:
        return l2 if l1 is None else l1
    if l1 is l2:
        raise ValueError("the same list twice")
    head = l2 if l2.val < l1.val else l1
    tail = ListNode()
    while True:
        tail.next = l1
        while l1 is not None and l1.val <= l2.val:
            tail, l1 = l1, l1.next
        tail.next = l2
        if l1 is None:
            return head
        while l2 is not None and l2.val < l1.val:
            tail, l2 = l2, l2.next
        if l2 is None:
            tail.next = l1
            return head


def merge_k(lists):
    seen = set()
    for node in lists:
        if node is not None and node in seen:
            raise ValueError("the same list twice")
        seen.add(node)
    heads = {place: node for place, node in enumerate(lists) if node is not None}
    tournament = Tournament((place, node.val) for place, node in heads.items())
    head = tail = None
    while (place := tournament.winner()) is not None:
        node = heads[place]
        if tail is None:
            head = node
        else:
            tail.next = node
        tail, heads[place] = node, node.next
        if node.next is None:
            tournament.remove(place)
        else:
            tournament.replace(place, node.next.val)
    return head


def merge_runs(runs):
    return _Merged(runs)


class _Merged:
    def __init__(self, runs):
        self.runs = runs
        self.tournament = None
        self.last = None

    def __iter__(self):
        return self

    def __next__(self):
        if self.tournament is None:
            self.tournament = Tournament(self._first_items())
        elif self.last is not None:
            place, self.last = self.last, None
            for item in self.runs[place]:
                self.tournament.replace(place, item)
                break
            else:
                self.tournament.remove(place)
        self.last = self.tournament.winner()
        if self.last is None:
            raise StopIteration
        return self.tournament.values[self.last]

    def _first_items(self):
        for place, run in enumerate(self.runs):
            for item in run:
                yield place, item
                break

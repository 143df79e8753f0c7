"""The plain way."""


class ListNode:
    def __init__(self, val=0, next=None):
        self.val = val
        self.next = next


def reverse_linked_list(head):
    done = None
    while head is not None:
        head.next, done, head = done, head, head.next
    return done


def total(values):
    if not values:
        raise ValueError("nothing to add up")
    return sum(values)


def backwards(text):
    return text[::-1]


def tally(words):
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts


def upwards(n):
    yield from range(n)


def scaled(array):
    return array * 2


def positive(array):
    return array > 0


def smallest(values, key):
    return min(values, key=key)


def smallest_of(items):
    return min(items)


def distinct(values):
    return len(set(values))

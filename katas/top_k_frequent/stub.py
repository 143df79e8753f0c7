"""The most frequent values, the k largest items, and the heavy hitters of a stream."""


def top_k_frequent(nums: list, k: int) -> list:
    """Give the k most frequent values, most frequent first; ties by first appearance."""
    # TODO: part 1
    raise NotImplementedError


def k_largest(items: list, k: int) -> list:
    """Give the k largest items, largest first; equal items in the order in which they appear."""
    # TODO: part 2
    raise NotImplementedError


def space_saving(stream: list, k: int) -> list[tuple]:
    """Count a stream with at most k counters; give (value, count, error), largest count first."""
    # TODO: part 3
    raise NotImplementedError

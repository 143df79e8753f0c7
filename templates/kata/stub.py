"""$title: write your solution here."""


def $slug(numbers: list[int]) -> int:
    """Give the sum of the squares."""
    # TODO: write this
    raise NotImplementedError

"""The truth, slow and obvious."""


def sum_of_squares(numbers: list[int]) -> int:
    """Count it out: n squared is n added n times."""
    return sum(abs(n) for n in numbers for _ in range(abs(n)))

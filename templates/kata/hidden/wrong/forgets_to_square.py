"""
Mistake: The numbers are added as they are.
Fails: solves
Say: The numbers are summed, not their squares. What happens to each number before it is added?
Ask: How would you test this without writing the same loop again?
"""


def $slug(numbers: list[int]) -> int:
    if any(not isinstance(number, int) for number in numbers):
        raise TypeError("whole numbers only")
    return sum(numbers)

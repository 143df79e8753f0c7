"""
Mistake: Numbers below zero are passed over.
Fails: solves
Say: Numbers below zero are left out. What is the square of -2?
Ask: Which inputs would you try first, and why?
"""


def $slug(numbers: list[int]) -> int:
    if any(not isinstance(number, int) for number in numbers):
        raise TypeError("whole numbers only")
    return sum(number**2 for number in numbers if number > 0)

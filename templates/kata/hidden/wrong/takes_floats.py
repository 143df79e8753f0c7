"""
Mistake: Any number is taken, whole or not.
Fails: errors
Say: Numbers that are not whole are accepted. Which check does the statement ask for?
Ask: Where do you check arguments, and where do you trust the caller?
"""


def $slug(numbers: list[int]) -> int:
    return sum(number**2 for number in numbers)

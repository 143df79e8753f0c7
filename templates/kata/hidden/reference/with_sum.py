"""Another way: check first, then sum."""


def $slug(numbers: list[int]) -> int:
    if any(not isinstance(number, int) for number in numbers):
        raise TypeError("whole numbers only")
    return sum(number**2 for number in numbers)

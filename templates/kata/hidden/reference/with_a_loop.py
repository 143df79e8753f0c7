"""One way: a loop."""


def $slug(numbers: list[int]) -> int:
    total = 0
    for number in numbers:
        if type(number) is not int:
            raise TypeError("whole numbers only")
        total += number * number
    return total

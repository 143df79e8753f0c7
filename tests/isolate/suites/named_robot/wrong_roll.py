import random
import string

_TAKEN = set()


class Robot:
    prefix_length = 2

    def __init__(self):
        self._name = None

    @property
    def name(self):
        if self._name is None:
            self.reset()
        return self._name

    def reset(self):
        while True:
            name = "".join(random.choices(string.ascii_uppercase, k=2))
            name += f"{random.randint(0, 999):03}"
            if name not in _TAKEN:
                break
        _TAKEN.add(name)
        self._name = name


def roll(sides=6, *, dice=1):
    return [random.randint(0, sides - 1) for _ in range(dice)]


def greet():
    name = input("name? ")
    print(f"Hello, {name}!")

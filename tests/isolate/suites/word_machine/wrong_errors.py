import functools
import operator
import sys

DEFAULTS = {"limit": 10}
WORDS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.floordiv}


class StackError(Exception):
    """Too few numbers on the stack."""

    def __init__(self, wanted):
        super().__init__(f"wanted {wanted} numbers")
        self.wanted = wanted


class UnknownWordError(ValueError):
    def __init__(self, word):
        Exception.__init__(self, "unknown word", word)


class Machine:
    """Runs words on a stack of numbers."""

    def __init__(self, **options):
        self.options = {**DEFAULTS, **options}
        self.stack = []

    def run(self, text):
        for word in text.split():
            if word.lstrip("-").isdigit():
                self.stack.append(int(word))
            elif word in WORDS:
                self._apply(WORDS[word])
            else:
                raise UnknownWordError(word)
        return list(self.stack)

    def _apply(self, operation):
        if len(self.stack) < 2:
            raise StackError(2)
        right, left = self.stack.pop(), self.stack.pop()
        self.stack.append(operation(left, right))

    def __call__(self, text):
        return self.run(text)[-1]

    def __getattr__(self, name):
        if name.startswith("run_"):
            return functools.partial(self.run, WORD_TEXTS[name[4:]])
        raise AttributeError(name)


WORD_TEXTS = {"answer": "6 7 *"}


def noisy(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        inner.calls += 1
        return function(*args, **kwargs)

    inner.calls = 0
    return inner


@noisy
def double(number: int) -> int:
    """Twice a number."""
    return 2 * number


def leave(code):
    sys.exit(code)


def deep(number):
    return number and deep(number + 1)


def spin():
    while True:
        pass


def decode(data):
    return data.decode("ascii")

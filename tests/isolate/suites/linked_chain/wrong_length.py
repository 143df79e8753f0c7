class EmptyChainError(KeyError):
    pass


class Link:
    def __init__(self, value, after=None):
        self.value = value
        self.after = after


class Chain:
    def __init__(self, values=()):
        self._first = None
        self._length = 0
        for value in values:
            self.push(value)

    def push(self, value):
        self._first = Link(value, self._first)
        self._length += 1

    def pop(self):
        if self._first is None:
            raise EmptyChainError("nothing to take")
        link, self._first = self._first, self._first.after
        return link.value

    @property
    def first(self):
        if self._first is None:
            raise EmptyChainError("nothing to see")
        return self._first

    def turned(self):
        return Chain(list(self))

    def __iter__(self):
        link = self._first
        while link is not None:
            yield link.value
            link = link.after

    def __len__(self):
        return self._length

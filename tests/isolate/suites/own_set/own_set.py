class OwnSet:
    def __init__(self, elements=()):
        self._elements = {}
        for element in elements:
            self.add(element)

    def add(self, element):
        self._elements[element] = True

    def __contains__(self, element):
        return element in self._elements

    def __iter__(self):
        return iter(self._elements)

    def __len__(self):
        return len(self._elements)

    def __eq__(self, other):
        return len(self) == len(other) and self <= other

    def __le__(self, other):
        return all(element in other for element in self)

    def __and__(self, other):
        return OwnSet(element for element in self if element in other)

    def __or__(self, other):
        return OwnSet([*self, *other])

    def __sub__(self, other):
        return OwnSet(element for element in self if element not in other)

    def __ior__(self, other):
        for element in other:
            self.add(element)
        return self

    def isdisjoint(self, other):
        return not self & other


def fold(function, items, start):
    for item in items:
        start = function(start, item)
    return start


def mapped(function, items):
    return [function(item) for item in items]

from dataclasses import dataclass


class Tree:
    def __init__(self, name, children=()):
        self.name = name
        self.children = list(children)

    def __eq__(self, other):
        return self.name == other.name and self.children == other.children

    def __lt__(self, other):
        return self.name < other.name

    def __iter__(self):
        return iter(self.children)

    def __str__(self):
        inner = "".join(f" {child}" for child in self.children)
        return f"({self.name}{inner})"

    def add(self, child):
        self.children.append(child)
        return self

    def walk(self):
        yield self
        for child in self.children:
            yield child

    def path_to(self, name):
        for child in [self, *self.children]:
            if child.name == name:
                return [self] if child is self else [self, child]
        for child in self.children:
            found = child.path_to(name) if child.children else None
            if found:
                return [self, *found]
        raise ValueError("no such person")


@dataclass
class Record:
    number: int
    parent: int


class Node:
    def __init__(self, number):
        self.number = number
        self.children = []


def build(records):
    if not records:
        return None
    records = sorted(records, key=lambda record: record.number)
    if [record.number for record in records] != list(range(len(records))):
        raise ValueError("numbers have gaps")
    nodes = [Node(record.number) for record in records]
    for record in records[1:]:
        if record.parent >= record.number:
            raise ValueError("a parent must come first")
        nodes[record.parent].children.append(nodes[record.number])
    return nodes[0]


def from_pairs(data):
    if not isinstance(data, list):
        raise TypeError("a list of pairs is wanted")
    tree = Tree(data[0])
    for pair in data[1:]:
        tree.add(from_pairs(pair))
    return tree

"""The truth, slow and plain: everything is compared with everything, and nothing is remembered."""

import unicodedata


def uniques(items):
    """Give the indices of the items that equal none of the others."""
    items = list(items)
    return [
        i
        for i, mine in enumerate(items)
        if not any(mine == other for j, other in enumerate(items) if j != i)
    ]


def first_index(items):
    """Give the index of the first unique item, or -1."""
    return min(uniques(items), default=-1)


def first_item(items):
    """Give the first unique item, or None."""
    at = first_index(items)
    return None if at == -1 else list(items)[at]


def units(text):
    """Cut a text in front of each character that is not a mark."""
    cuts = [i for i, c in enumerate(text) if i > 0 and unicodedata.combining(c) == 0]
    ends = [*cuts, len(text)]
    return [text[start:end] for start, end in zip([0, *cuts], ends) if start < end]


def first_unit(text):
    """Give the first unique unit as it stands, or None; compared in NFD, which says the same."""
    cut = units(text)
    at = first_index([unicodedata.normalize("NFD", unit) for unit in cut])
    return None if at == -1 else cut[at]


def words(rng, alphabet, sizes):
    """Give a random text for each size, over an alphabet."""
    return ["".join(rng.choice(list(alphabet), size).tolist()) for size in sizes]

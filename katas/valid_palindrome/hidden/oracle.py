"""The truth, slow and plain: everything is written out in a list and every possibility is tried."""

import unicodedata


def kept(s):
    """Give place and folded text of the characters that count."""
    return [(at, c.casefold()) for at, c in enumerate(s) if c.isalnum()]


def mirrors(items):
    """Whether a list is the same from both ends."""
    return all(items[i] == items[len(items) - 1 - i] for i in range(len(items)))


def palindrome(s):
    return mirrors([folded for _, folded in kept(s)])


def almost(s):
    """Whether s itself, or s without one of its characters, is a palindrome."""
    return palindrome(s) or any(palindrome(s[:i] + s[i + 1 :]) for i in range(len(s)))


def longest(s):
    """Try all stretches, long ones first, and those of one length from the left."""
    items = kept(s)
    for size in range(len(items), 0, -1):
        for first in range(len(items) - size + 1):
            stretch = items[first : first + size]
            if mirrors([folded for _, folded in stretch]):
                return s[stretch[0][0] : stretch[-1][0] + 1]
    return ""


def words(rng, alphabet, sizes):
    """Give a random text in NFC for each size, over an alphabet."""
    made = ["".join(rng.choice(list(alphabet), size).tolist()) for size in sizes]
    assert all(unicodedata.is_normalized("NFC", s) for s in made)
    return made


def mirrored(rng, alphabet, size):
    """Give a text that is the same from both ends, of letters that are all kept."""
    (half,) = words(rng, alphabet, [size // 2])
    (middle,) = words(rng, alphabet, [size % 2])
    return half + middle + half[::-1]


def sprinkled(rng, s, skipped, count):
    """Give s with characters in between that do not count."""
    for _ in range(count):
        at = int(rng.integers(0, len(s) + 1))
        s = s[:at] + skipped[int(rng.integers(0, len(skipped)))] + s[at:]
    assert unicodedata.is_normalized("NFC", s)
    return s

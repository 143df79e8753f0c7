"""
Mistake: part 1 takes the short way over a cleaned copy when the text is ASCII
Fails: memory
Say: A text of ASCII characters only is cleaned and turned round. What does that hold for a million of them?
Ask: What does the special case gain, and who has to keep its two ways the same?
"""


def _check(s):
    if not isinstance(s, str):
        raise TypeError("s must be a str")


def _mismatch(s, low, high):
    """Give the first pair of places from outside that differ, or None."""
    while low < high:
        if not s[low].isalnum():
            low += 1
        elif not s[high].isalnum():
            high -= 1
        elif s[low].casefold() != s[high].casefold():
            return low, high
        else:
            low += 1
            high -= 1
    return None


def is_palindrome(s: str) -> bool:
    _check(s)
    if s.isascii():
        kept = "".join(filter(str.isalnum, s)).lower()
        return kept == kept[::-1]
    return _mismatch(s, 0, len(s) - 1) is None


def is_almost_palindrome(s: str) -> bool:
    _check(s)
    pair = _mismatch(s, 0, len(s) - 1)
    if pair is None:
        return True
    low, high = pair
    return _mismatch(s, low + 1, high) is None or _mismatch(s, low, high - 1) is None


def longest_palindrome(s: str) -> str:
    _check(s)
    places = [i for i, c in enumerate(s) if c.isalnum()]
    folded = [s[i].casefold() for i in places]
    n = len(places)
    best, start = 0, 0
    for centre in range(2 * n - 1):
        low, high = centre // 2, (centre + 1) // 2
        while low >= 0 and high < n and folded[low] == folded[high]:
            low -= 1
            high += 1
        if high - low - 1 > best:
            best, start = high - low - 1, low + 1
    if best == 0:
        return ""
    return s[places[start] : places[start + best - 1] + 1]

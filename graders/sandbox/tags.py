"""Names of the cells and messages that cross the wire."""

from __future__ import annotations

from typing import Final

# Cells: containers that are filled in place, so that cycles work.
LIST: Final = 0
DICT: Final = 1
SET: Final = 2
DEQUE: Final = 3
COUNTER: Final = 4
BYTEARRAY: Final = 5
NUMBERS: Final = 22
# Cells that are built once their members stand.
TUPLE: Final = 6
FROZENSET: Final = 7
RANGE: Final = 16
SLICE: Final = 17
# Cells without members.
BIG_INT: Final = 8
COMPLEX: Final = 9
SURROGATES: Final = 10
ARRAY: Final = 11
SCALAR: Final = 12
GENERATOR: Final = 13
NAMED: Final = 14
STAMP: Final = 15
TEXT_FILE: Final = 18
# A dict that keeps its class, where the tests trust: an OrderedDict, a defaultdict.
KEPT_DICT: Final = 21
# Cells that stand for something on the other side.
HANDLE: Final = 19
EXPORT: Final = 20

MUTABLE: Final = frozenset({LIST, DICT, SET, DEQUE, COUNTER, BYTEARRAY, NUMBERS, ARRAY, KEPT_DICT})

# What costs a kibibyte or some microseconds to build, each.
HEAVY: Final = frozenset({DEQUE, COUNTER, ARRAY, GENERATOR, STAMP, TEXT_FILE, HANDLE, EXPORT})

# Messages from the judge.
SCAN: Final = "scan"
LOAD: Final = "load"
UPLOAD: Final = "upload"
CALL: Final = "call"
APPLY: Final = "apply"
WALK: Final = "walk"
CHAIN: Final = "chain"
SAMPLES: Final = "samples"
# Messages in both directions: answers.
RETURN: Final = "return"
RAISE: Final = "raise"
# Messages from the worker.
CALLBACK: Final = "callback"
# The exit status of a worker that had no room left even to say so.
NO_MEMORY_LEFT: Final = 71

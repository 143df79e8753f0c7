"""
Class: crashes
Aim: overflow the stack of C.
"""

def reverse_linked_list(*_):
    deep = []
    for _ in range(10**6):
        deep = (deep,)
    return hash(deep)


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list

"""
Class: replies
Aim: answer with half characters.
"""

def reverse_linked_list(*_):
    return {"\ud800": ["\udfff"], "x": "\ud83d"}


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list

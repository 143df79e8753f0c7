"""
Class: replies
Aim: answer with a list that is 200,000 deep.
"""

def reverse_linked_list(*_):
    deep = []
    for _ in range(200_000):
        deep = [deep]
    return deep


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list

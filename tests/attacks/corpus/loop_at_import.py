"""
Class: loops
Aim: never finish loading.
"""

while True:
    pass

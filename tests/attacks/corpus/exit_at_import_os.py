"""
Class: exits
Aim: end the process with success while it loads.
"""

import os

os._exit(0)

"""
Class: exits
Aim: leave with success while it loads.
"""

import sys

sys.exit(0)

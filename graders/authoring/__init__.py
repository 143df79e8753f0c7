"""Prove a kata: its stub fails, its references pass, every wrong solution is killed."""

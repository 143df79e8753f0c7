"""Multiply matrices: the product, the order of the work, and where a chain begins."""

from __future__ import annotations


def matmul(A: list[list], B: list[list]) -> list[list]:
    """Give the product of two matrices, as a new list of new rows."""
    # TODO: part 1
    raise NotImplementedError


def count_fetches(order: list[tuple[int, int, int]], room: int) -> int:
    """Give how many tiles are fetched when the steps (i, j, k) are done one after the other."""
    # TODO: part 2
    raise NotImplementedError


def tile_order(m: int, n: int, p: int, room: int) -> list[tuple[int, int, int]]:
    """Give all steps (i, j, k) of the product, in an order that fetches few tiles."""
    # TODO: part 2
    raise NotImplementedError


def matrix_chain_order(dims: list[int]) -> tuple[int, object]:
    """Give the smallest number of multiplications of a chain, and the tree that gets by with it."""
    # TODO: part 3
    raise NotImplementedError

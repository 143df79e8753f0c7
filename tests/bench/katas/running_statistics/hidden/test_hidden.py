"""Twenty tests; they also run under plain pytest, where `solution` is the module itself."""

import numpy as np
import pytest


@pytest.mark.criterion("values", "fixed")
@pytest.mark.parametrize("n", [1, 2, 3, 5, 8])
def test_means(solution, n):
    x = np.arange(n, dtype=float)
    assert solution.running_mean(x).tolist() == [i / 2 for i in range(n)]


@pytest.mark.criterion("values", "fixed")
@pytest.mark.parametrize("n", [1, 2, 3, 5, 8])
def test_greatest_values(solution, n):
    x = np.arange(n, dtype=float)[::-1]
    assert solution.running_max(x).tolist() == [n - 1.0] * n


@pytest.mark.criterion("values", "random")
@pytest.mark.parametrize("n", [1, 10, 100, 1000, 10_000])
def test_random_means(solution, n):
    x = np.random.default_rng(n).normal(size=n)
    means = solution.running_mean(x)
    assert means.shape == (n,)
    assert abs(means[-1] - x.mean()) < 1e-9


@pytest.mark.criterion("shapes", "matrices")
@pytest.mark.parametrize("d", [1, 2, 3, 5, 8])
def test_columns(solution, d):
    X = np.random.default_rng(d).normal(size=(20, d))
    Z = solution.standardise(X)
    assert Z.shape == X.shape
    assert np.abs(Z.mean(axis=0)).max() < 1e-9

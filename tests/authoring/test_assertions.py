"""Assertions that let a wrong answer through are found in a test's source."""

import pytest

from graders.authoring.assertions import weak_assertions


def lines(text):
    return [found.what for found in weak_assertions(text, "test_hidden.py")]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("assert f(1) == 0.5", "compares with a float by =="),
        ("assert -0.5 != f(1)", "compares with a float by =="),
        ("assert f(1) == 1 and g(1) == 2.0", "compares with a float by =="),
        ("assert f(1) == np.array([1])", "compares with an array by =="),
        ("assert (f(1) == np.zeros(3)).all()", "compares with an array by =="),
        ("assert np.ones(3)", "asserts that an array is true"),
        ("assert np.allclose(f(1), 2)", "compares by allclose"),
        ("assert math.isclose(f(1), 2)", "compares by isclose"),
        ("np.testing.assert_allclose(f(1), 2)", "compares by assert_allclose"),
        ("assert f(1) == pytest.approx(2)", "compares by approx"),
        ("assert np.array_equal(f(1), x)", "compares by array_equal"),
    ],
)
def test_a_weak_assertion_is_found(text, what):
    assert lines(f"def test():\n    {text}\n") == [f"a weak assertion: line 2 {what}"]


@pytest.mark.parametrize(
    "text",
    [
        "assert f(1) == 2",
        "assert f(1) < 0.5",
        "check.close(f(1), 0.5)",
        "check.equal(f(1), np.array([1]))",
        "x = 1.0 == y",
        "assert f(1) is None",
    ],
)
def test_a_strict_one_is_not(text):
    assert lines(f"def test():\n    {text}\n") == []

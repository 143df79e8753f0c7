"""What the statement shows; run it with `kata test`."""

import pytest
from solution import CycleError, critical_path, rerun, topo_order, waves


@pytest.mark.parametrize(
    ("deps", "expected"),
    [
        ({"train": ["clean"], "clean": ["load"]}, ["load", "clean", "train"]),
        ({"a": ["z"], "b": []}, ["b", "z", "a"]),
        ({"a": [], "b": ["a"], "c": []}, ["a", "b", "c"]),
        ({"a": ["b", "b"]}, ["b", "a"]),
        ({}, []),
    ],
    ids=str,
)
@pytest.mark.states("Of all such orders give the lexicographically smallest")
def test_one_after_another(deps, expected):
    assert topo_order(deps) == expected


@pytest.mark.parametrize(
    ("deps", "circles"),
    [
        ({"a": ["b"], "b": ["c"], "c": ["a"]}, [["a", "b", "c"], ["b", "c", "a"], ["c", "a", "b"]]),
        ({"x": ["y"], "y": ["y"]}, [["y"]]),
    ],
    ids=str,
)
@pytest.mark.states("each step needs the next one in the list, and the last one needs the first.")
def test_a_circle(deps, circles):
    with pytest.raises(CycleError) as caught:
        topo_order(deps)
    assert caught.value.cycle in circles


@pytest.mark.parametrize(
    ("deps", "expected"),
    [({"c": ["a", "b"], "b": ["a"], "d": []}, [["a", "d"], ["b"], ["c"]]), ({}, [])],
    ids=str,
)
def test_side_by_side(deps, expected):
    assert waves(deps) == expected


@pytest.mark.parametrize(
    ("minutes", "answers"),
    [
        (
            {"load": 5, "clean": 10, "labels": 12, "train": 20},
            [(35, ["load", "clean", "train"])],
        ),
        (
            {"load": 1, "clean": 10, "labels": 12, "train": 0},
            [(12, ["labels", "train"]), (12, ["labels"])],
        ),
    ],
    ids=str,
)
def test_how_long_it_takes(minutes, answers):
    deps = {"train": ["clean", "labels"], "clean": ["load"]}
    assert critical_path(deps, minutes) in answers


@pytest.mark.states("only for an empty pipeline the answer is `(0, [])`")
def test_nothing_takes_no_time():
    assert critical_path({}, {}) == (0, [])


@pytest.mark.parametrize(
    ("deps", "changed", "expected"),
    [
        (
            {"train": ["clean"], "clean": ["load"], "plot": ["load"]},
            ["clean"],
            ["clean", "train"],
        ),
        ({"a": ["z"], "b": []}, ["a", "b"], ["b", "a"]),
        ({"a": ["z"], "b": []}, [], []),
    ],
    ids=str,
)
def test_what_to_run_again(deps, changed, expected):
    assert rerun(deps, changed) == expected

"""Fixed cases first, then random ones; a circle is verified need by need."""

import pytest
from graders.testing import check, inout
from oracle import (
    is_chain,
    is_circle,
    is_order,
    longest,
    needs,
    random_pipeline,
    reached,
    smallest_order,
    steps,
)
from oracle import waves as oracle_waves

states = pytest.mark.states
SHARES = (0.1, 0.3, 0.6)


# Part 1: order --------------------------------------------------------------


def order(*args):
    return pytest.mark.criterion("order", *args)


@order("chain")
@pytest.mark.parametrize(
    ("deps", "expected"),
    [
        ({"b": ["a"], "a": []}, ["a", "b"]),
        ({"a": ["b"], "b": ["c"], "c": []}, ["c", "b", "a"]),
        ({"b": ["d"], "c": ["b"], "a": ["c"], "d": []}, ["d", "b", "c", "a"]),
    ],
    ids=str,
)
@states("an order in which every step comes after all that it needs")
def test_a_chain(solution, deps, expected):
    check.equal(solution.topo_order(deps), expected)


@order("smallest")
@pytest.mark.parametrize(
    ("deps", "expected"),
    [
        ({"a": ["z"], "b": [], "z": []}, ["b", "z", "a"]),
        ({"a": ["y"], "c": ["x"], "b": [], "x": [], "y": []}, ["b", "x", "c", "y", "a"]),
    ],
    ids=str,
)
def test_a_small_name_that_has_to_wait(solution, deps, expected):
    check.equal(solution.topo_order(deps), expected)


@order("smallest")
@pytest.mark.parametrize(
    ("deps", "expected"),
    [
        ({"a": [], "b": ["a"], "c": []}, ["a", "b", "c"]),
        ({"d": [], "a": ["b"], "b": [], "c": ["a"], "e": ["d"]}, ["b", "a", "c", "d", "e"]),
    ],
    ids=str,
)
@states(
    "at the first place where two orders differ, the one with the smaller name there is smaller."
)
def test_a_small_name_that_becomes_free(solution, deps, expected):
    check.equal(solution.topo_order(deps), expected)


@order("diamond")
@pytest.mark.parametrize(
    ("deps", "expected"),
    [
        ({"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]}, ["a", "b", "c", "d"]),
        ({"d": ["c", "b", "a"], "c": ["b", "a"], "b": ["a"], "a": []}, ["a", "b", "c", "d"]),
        ({"b": ["d"], "c": ["d"], "d": []}, ["d", "b", "c"]),
    ],
    ids=str,
)
def test_a_step_that_two_others_need(solution, deps, expected):
    check.equal(solution.topo_order(deps), expected)


@order("mentioned")
@pytest.mark.parametrize(
    ("deps", "expected"),
    [({"a": ["b"]}, ["b", "a"]), ({"c": ["b", "a"], "d": ["b"]}, ["a", "b", "c", "d"])],
    ids=str,
)
@states("is a step like any other. It needs nothing.")
def test_a_step_that_only_stands_in_a_list(solution, deps, expected):
    check.equal(solution.topo_order(deps), expected)


@order("alone")
@pytest.mark.parametrize(
    ("deps", "expected"),
    [
        ({"b": []}, ["b"]),
        ({"c": [], "a": [], "b": []}, ["a", "b", "c"]),
        ({"c": ["a"], "a": [], "b": []}, ["a", "b", "c"]),
    ],
    ids=str,
)
@states("A step may need nothing and be needed by nobody.")
def test_a_step_on_its_own(solution, deps, expected):
    check.equal(solution.topo_order(deps), expected)


@order("alone")
@pytest.mark.spec
@states("Give all steps, each once")
def test_no_step_at_all(solution):
    check.equal(solution.topo_order({}), [])


@order("twice")
@pytest.mark.parametrize(
    ("deps", "expected"),
    [
        ({"b": ["a", "a"], "a": []}, ["a", "b"]),
        ({"c": ["a", "b", "a"], "a": [], "b": []}, ["a", "b", "c"]),
        ({"a": ["b", "b", "b"], "b": ["c"], "c": [], "d": ["c", "c"]}, ["c", "b", "a", "d"]),
    ],
    ids=str,
)
@states("A list may name the same step twice. That means no more than naming it once.")
def test_a_step_that_is_named_twice(solution, deps, expected):
    check.equal(solution.topo_order(deps), expected)


@order("names")
@pytest.mark.spec
@pytest.mark.parametrize(
    ("deps", "expected"),
    [
        ({"a": [], "B": [], "": []}, ["", "B", "a"]),
        ({"step2": [], "step10": []}, ["step10", "step2"]),
        ({"ä": [], "z": [""], "": []}, ["", "z", "ä"]),
        ({"None": ["0"], "0": []}, ["0", "None"]),
    ],
    ids=str,
)
@states(
    '`"B"` comes before `"a"`, and `"step10"` before `"step2"`. The empty string is a name too.'
)
def test_names_of_every_kind(solution, deps, expected):
    check.equal(solution.topo_order(deps), expected)


@order("long")
@states("A chain may run through all its steps.")
def test_a_long_chain(solution):
    names = [f"s{i:04}" for i in range(2_500)]
    deps = {step: [need] for step, need in zip(names[1:], names)}
    check.equal(solution.topo_order(deps), names)
    deps = dict(reversed(deps.items()))
    check.equal(solution.topo_order(deps), names)


@order("random")
def test_random_pipelines(solution, rng):
    for share in SHARES:
        for size in (2, 3, 4, 5, 6, 6, 7):
            deps = random_pipeline(rng, size, share)
            check.equal(solution.topo_order(deps), smallest_order(deps))


@order("random")
def test_every_need_is_respected(solution, rng):
    for share in SHARES:
        deps = random_pipeline(rng, 10, share)
        assert is_order(deps, solution.topo_order(deps))


# Part 1: a circle -----------------------------------------------------------


def cycle(*args):
    return pytest.mark.criterion("cycle", *args)


def assert_circle(solution, deps, ask):
    with pytest.raises(solution.CycleError) as caught:
        ask()
    found = caught.value.cycle
    check.equal(type(found), list)
    assert all(type(step) is str for step in found), "not a list of names"
    assert is_circle(deps, found), "not a circle"


def ring(names):
    """Give a pipeline in which each step needs the next and the last the first."""
    return {step: [need] for step, need in zip(names, [*names[1:], names[0]], strict=True)}


CIRCLES = {
    "two": ring("ab"),
    "three": ring("abc"),
    "itself": {"a": ["a"]},
    "tail": {**ring("bcd"), "a": ["b"], "e": []},
}


@cycle("circle")
@pytest.mark.parametrize("names", ["abc", "cba", "bdac", "fbdace"])
@states("each step needs the next one in the list, and the last one needs the first.")
def test_a_circle_of_several(solution, names):
    deps = ring(names)
    assert_circle(solution, deps, lambda: solution.topo_order(deps))


@cycle("itself")
@pytest.mark.parametrize("deps", [{"a": ["a"]}, {"b": ["a"], "a": ["c", "a"], "c": []}], ids=str)
@states("A step that needs itself is a circle of one.")
def test_a_step_that_needs_itself(solution, deps):
    assert_circle(solution, deps, lambda: solution.topo_order(deps))


@cycle("around")
@pytest.mark.parametrize(
    "deps",
    [
        {"a": ["b"], **ring("bcd")},
        {"a": ["b"], "b": ["c"], **ring("cd")},
        {**ring("cd"), "b": ["d"], "a": ["b"], "e": ["a"]},
        {"z": ["y"], "y": ["x"], "x": ["x"]},
    ],
    ids=str,
)
@states("`cycle` is a list of steps that form one circle")
def test_steps_that_need_a_circle_are_not_in_it(solution, deps):
    assert_circle(solution, deps, lambda: solution.topo_order(deps))


@cycle("around")
@pytest.mark.parametrize(
    "deps",
    [
        {"b": ["a", "c"], "c": ["b"], "a": []},
        {"c": ["a", "d"], "d": ["b", "e"], "e": ["c"], "a": ["b"]},
    ],
    ids=str,
)
def test_steps_that_a_circle_needs_are_not_in_it(solution, deps):
    assert_circle(solution, deps, lambda: solution.topo_order(deps))


@cycle("around")
@pytest.mark.parametrize(
    "deps",
    [
        {**ring("abc"), **ring("xy")},
        {"a": ["b", "c"], "b": ["a"], "c": ["a"]},
        {"a": ["b"], "b": ["c", "a"], "c": ["d", "b"], "d": ["a"]},
    ],
    ids=str,
)
@states("where there are several circles, any of them will do.")
def test_one_of_several_circles(solution, deps):
    assert_circle(solution, deps, lambda: solution.topo_order(deps))


@cycle("apart")
@pytest.mark.parametrize(
    "deps", [{"a": [], "b": ["a"], **ring("xy")}, {**ring("ab"), "d": ["c"]}], ids=str
)
def test_a_circle_apart_from_the_rest(solution, deps):
    assert_circle(solution, deps, lambda: solution.topo_order(deps))


@cycle("others")
@pytest.mark.parametrize("deps", CIRCLES.values(), ids=CIRCLES)
@states("All four functions raise `CycleError` when there is a circle anywhere in the pipeline")
def test_the_waves_of_a_circle(solution, deps):
    assert_circle(solution, deps, lambda: solution.waves(deps))


@cycle("others")
@pytest.mark.parametrize("deps", CIRCLES.values(), ids=CIRCLES)
def test_the_critical_path_of_a_circle(solution, deps):
    minutes = dict.fromkeys(steps(deps), 1)
    assert_circle(solution, deps, lambda: solution.critical_path(deps, minutes))


@cycle("others")
@pytest.mark.parametrize("changed", [[], ["e"], ["a"], ["c"]], ids=str)
@states("whatever else they are asked")
def test_what_to_run_again_where_there_is_a_circle(solution, changed):
    deps = CIRCLES["tail"]
    assert_circle(solution, deps, lambda: solution.rerun(deps, changed))


@cycle("others")
@states("also where `minutes` or `changed` alone would be a `ValueError`.")
def test_a_circle_comes_before_other_errors(solution):
    deps = CIRCLES["tail"]
    for minutes in ({}, dict.fromkeys(steps(deps), -1)):
        assert_circle(solution, deps, lambda minutes=minutes: solution.critical_path(deps, minutes))
    assert_circle(solution, deps, lambda: solution.rerun(deps, ["x"]))


@cycle("random")
def test_one_need_back_makes_a_circle(solution, rng):
    for share in SHARES:
        for size in (2, 4, 6, 8):
            deps = random_pipeline(rng, size, share)
            deps.update({step: list(deps.get(step, [])) for step in steps(deps)})
            names = steps(deps)
            last = names[int(rng.integers(len(names)))]
            first = sorted(s for s in names if last in reached(deps, [s]))[0]
            deps[first] = [*deps[first], last]
            assert_circle(solution, deps, lambda deps=deps: solution.topo_order(deps))


# Part 2: waves --------------------------------------------------------------


def waves(*args):
    return pytest.mark.criterion("waves", *args)


@waves("small")
@pytest.mark.parametrize(
    ("deps", "expected"),
    [
        ({}, []),
        ({"a": []}, [["a"]]),
        ({"a": ["b"], "b": ["c"]}, [["c"], ["b"], ["a"]]),
        ({"d": ["b", "c"], "b": ["a"], "c": ["a"]}, [["a"], ["b", "c"], ["d"]]),
        ({"b": ["a", "a"], "c": []}, [["a", "c"], ["b"]]),
    ],
    ids=str,
)
def test_the_waves_of_a_few_steps(solution, deps, expected):
    check.equal(solution.waves(deps), expected)


@waves("uneven")
@pytest.mark.parametrize(
    ("deps", "expected"),
    [
        ({"c": ["a", "b"], "b": ["a"]}, [["a"], ["b"], ["c"]]),
        (
            {"d": ["a", "c"], "c": ["b"], "b": ["a"], "e": ["d"]},
            [["a"], ["b"], ["c"], ["d"], ["e"]],
        ),
    ],
    ids=str,
)
def test_the_long_way_decides(solution, deps, expected):
    check.equal(solution.waves(deps), expected)


@waves("uneven")
@pytest.mark.parametrize(
    ("deps", "expected"),
    [
        ({"c": ["b"], "b": ["a"], "d": []}, [["a", "d"], ["b"], ["c"]]),
        ({"d": ["c", "x"], "c": ["b"], "b": ["a"]}, [["a", "x"], ["b"], ["c"], ["d"]]),
    ],
    ids=str,
)
@states("Every step is in the earliest wave that comes after the waves of all that it needs")
def test_no_step_waits_without_a_reason(solution, deps, expected):
    check.equal(solution.waves(deps), expected)


@waves("names")
@pytest.mark.spec
@pytest.mark.parametrize(
    ("deps", "expected"),
    [
        ({"c": [], "a": [], "b": []}, [["a", "b", "c"]]),
        ({"a": ["z"], "c": ["x"], "b": ["y"]}, [["x", "y", "z"], ["a", "b", "c"]]),
        ({"b": [], "": [], "B": []}, [["", "B", "b"]]),
    ],
    ids=str,
)
@states("Within a wave, the names are in ascending order.")
def test_names_ascend_within_a_wave(solution, deps, expected):
    check.equal(solution.waves(deps), expected)


@waves("random")
def test_random_waves(solution, rng):
    for share in SHARES:
        for size in (2, 4, 6, 8):
            deps = random_pipeline(rng, size, share)
            check.equal(solution.waves(deps), oracle_waves(deps))


# Part 3: the critical path --------------------------------------------------


def critical(*args):
    return pytest.mark.criterion("critical", *args)


def assert_critical(solution, deps, minutes):
    found = solution.critical_path(deps, minutes)
    check.equal(type(found), tuple)
    check.equal(len(found), 2)
    total, path = found
    check.equal(total, longest(deps, minutes))
    check.equal(type(path), list)
    assert path, "a chain of no steps"
    assert set(path) <= set(steps(deps)), "other names"
    assert is_chain(deps, path), "not a chain"
    check.equal(sum(minutes[step] for step in path), total)


@critical("small")
@pytest.mark.parametrize(
    ("deps", "minutes", "expected"),
    [
        ({"a": []}, {"a": 4}, (4, ["a"])),
        ({"b": ["a"]}, {"a": 4, "b": 3}, (7, ["a", "b"])),
        ({"c": ["a", "b"]}, {"a": 4, "b": 5, "c": 1}, (6, ["b", "c"])),
        ({"c": ["b", "a"], "b": ["a"]}, {"a": 1, "b": 1, "c": 1}, (3, ["a", "b", "c"])),
    ],
    ids=str,
)
@states("each step but the first needs the one right before it")
def test_the_path_of_a_few_steps(solution, deps, minutes, expected):
    check.equal(solution.critical_path(deps, minutes), expected)


@critical("small")
@pytest.mark.spec
@states("only for an empty pipeline the answer is `(0, [])`")
def test_the_path_of_nothing(solution):
    check.equal(solution.critical_path({}, {}), (0, []))


@critical("time")
@pytest.mark.parametrize(
    ("deps", "minutes", "expected"),
    [
        (
            {"e": ["c", "d"], "c": ["b"], "b": ["a"]},
            {"a": 1, "b": 1, "c": 1, "d": 9, "e": 1},
            (10, ["d", "e"]),
        ),
        ({"b": ["a"], "c": ["b"], "x": []}, {"a": 2, "b": 2, "c": 2, "x": 50}, (50, ["x"])),
    ],
    ids=str,
)
def test_minutes_count_and_not_steps(solution, deps, minutes, expected):
    check.equal(solution.critical_path(deps, minutes), expected)


@critical("time")
@pytest.mark.parametrize(
    ("deps", "minutes", "expected"),
    [
        (
            {"e": ["b", "c"], "b": ["a"], "c": []},
            {"a": 9, "b": 1, "c": 5, "e": 2},
            (12, ["a", "b", "e"]),
        ),
        (
            {"d": ["x", "c"], "c": ["b"], "b": ["a"]},
            {"a": 3, "b": 3, "c": 3, "d": 1, "x": 8},
            (10, ["a", "b", "c", "d"]),
        ),
    ],
    ids=str,
)
@states("Every step starts as soon as all that it needs is done.")
def test_the_need_that_is_done_last_decides(solution, deps, minutes, expected):
    check.equal(solution.critical_path(deps, minutes), expected)


@critical("large")
@states("as large as Python's integers may be")
def test_minutes_beyond_what_a_float_holds(solution):
    deps, most = {"c": ["a", "b"]}, 2**53
    assert_critical(solution, deps, {"a": most, "b": most + 1, "c": 2})
    assert_critical(solution, deps, {"a": most + 1, "b": most, "c": 2})


@critical("ends")
@pytest.mark.parametrize(
    ("deps", "minutes", "expected"),
    [
        ({"b": ["a"], "z": []}, {"a": 5, "b": 5, "z": 1}, (10, ["a", "b"])),
        ({"b": ["a"], "c": ["a"]}, {"a": 1, "b": 7, "c": 2}, (8, ["a", "b"])),
    ],
    ids=str,
)
@states("after how many minutes the last step is done")
def test_the_last_of_the_order_is_not_always_done_last(solution, deps, minutes, expected):
    check.equal(solution.critical_path(deps, minutes), expected)


@critical("zero")
@pytest.mark.parametrize(
    ("deps", "minutes"),
    [
        ({"a": []}, {"a": 0}),
        ({"c": ["b"], "b": ["a"]}, {"a": 3, "b": 0, "c": 2}),
        ({"b": ["a"]}, {"a": 0, "b": 0}),
        ({"train": ["clean", "labels"]}, {"clean": 10, "labels": 12, "train": 0}),
    ],
    ids=str,
)
@states("an integer, 0 or more")
def test_steps_that_take_no_time(solution, deps, minutes):
    assert_critical(solution, deps, minutes)


@critical("names")
@pytest.mark.parametrize(
    ("deps", "minutes", "expected"),
    [
        ({"a": [""]}, {"": 2, "a": 3}, (5, ["", "a"])),
        ({"b": [""], "": ["a"]}, {"a": 1, "": 1, "b": 1}, (3, ["a", "", "b"])),
    ],
    ids=str,
)
@states("The empty string is a name too.")
def test_an_empty_name_on_the_path(solution, deps, minutes, expected):
    check.equal(solution.critical_path(deps, minutes), expected)


@critical("names")
@pytest.mark.spec
@states("`minutes` may hold names that are no steps of the pipeline. They do not matter.")
def test_minutes_of_names_that_are_no_steps(solution):
    minutes = {"x": 99, "a": 1, "b": 2, "y": -1}
    check.equal(solution.critical_path({"b": ["a"]}, minutes), (3, ["a", "b"]))


@critical("random")
def test_random_critical_paths(solution, rng):
    for share in SHARES:
        for size in (2, 3, 5, 7, 9):
            deps = random_pipeline(rng, size, share)
            minutes = {step: int(rng.integers(0, 6)) for step in steps(deps)}
            assert_critical(solution, deps, minutes)


# Part 4: what to run again --------------------------------------------------


def rerun(*args):
    return pytest.mark.criterion("rerun", *args)


@rerun("reach")
@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (["a"], ["a", "b", "c", "d"]),
        (["b"], ["b", "c", "d"]),
        (["d"], ["d"]),
        (["e"], ["e", "f"]),
        (["e", "c"], ["c", "d", "e", "f"]),
    ],
    ids=str,
)
@states("and every step that needs one of them, directly or by way of others.")
def test_a_change_reaches_all_that_need_it(solution, changed, expected):
    deps = {"d": ["c"], "c": ["b"], "b": ["a"], "f": ["e"]}
    check.equal(solution.rerun(deps, changed), expected)


@rerun("order")
@pytest.mark.parametrize(
    ("deps", "changed", "expected"),
    [
        ({"a": ["z"], "b": []}, ["a", "b"], ["b", "a"]),
        ({"a": ["y"], "b": ["a"], "c": ["x"], "d": []}, ["d", "c", "a"], ["d", "c", "a", "b"]),
    ],
    ids=str,
)
@states("they stand in the order in which `topo_order(deps)` has them")
def test_the_order_is_that_of_the_whole_pipeline(solution, deps, changed, expected):
    check.equal(solution.rerun(deps, changed), expected)


@rerun("changed")
@pytest.mark.spec
@pytest.mark.parametrize("deps", [{}, {"a": []}, {"b": ["a"]}], ids=str)
@states("those in `changed`, and every step that needs one of them")
def test_nothing_changed(solution, deps):
    check.equal(solution.rerun(deps, []), [])


@rerun("changed")
@pytest.mark.spec
@states("`changed` may name a step twice.")
def test_a_change_that_is_named_twice(solution):
    deps = {"c": ["b"], "b": ["a"]}
    check.equal(solution.rerun(deps, ["b", "b"]), ["b", "c"])
    check.equal(solution.rerun(deps, ["c", "b", "c"]), ["b", "c"])


@rerun("random")
def test_random_changes(solution, rng):
    for share in SHARES:
        for size in (3, 4, 5, 6, 7):
            deps = random_pipeline(rng, size, share)
            changed = [step for step in steps(deps) if rng.random() < 0.35]
            again = reached(deps, changed)
            expected = [step for step in smallest_order(deps) if step in again]
            check.equal(solution.rerun(deps, changed), expected)


# Errors ---------------------------------------------------------------------


def errors(*args):
    return pytest.mark.criterion("errors", *args)


@errors("missing")
@pytest.mark.parametrize(
    ("deps", "minutes"),
    [
        ({"a": []}, {}),
        ({"b": ["a"], "a": []}, {"b": 1}),
        ({"b": ["a"]}, {"b": 1, "c": 1}),
        ({"b": ["a"], "c": []}, {"a": 1, "b": 1}),
    ],
    ids=str,
)
@states("`critical_path` raises `ValueError` when a step of the pipeline has no minutes")
def test_a_step_without_minutes_is_refused(solution, deps, minutes):
    with pytest.raises(ValueError):
        solution.critical_path(deps, minutes)


@errors("negative")
@pytest.mark.spec
@pytest.mark.parametrize("minutes", [{"a": -1, "b": 5}, {"a": 5, "b": -2}], ids=str)
@states("or has fewer than 0")
def test_fewer_than_no_minutes_are_refused(solution, minutes):
    with pytest.raises(ValueError):
        solution.critical_path({"b": ["a"]}, minutes)


@errors("unknown")
@pytest.mark.spec
@pytest.mark.parametrize("changed", [["x"], ["a", "x"], [""]], ids=str)
@states(
    "`rerun` raises `ValueError` when `changed` names something that is no step of the pipeline."
)
def test_a_change_of_no_step_is_refused(solution, changed):
    with pytest.raises(ValueError):
        solution.rerun({"b": ["a"]}, changed)


# Laws -----------------------------------------------------------------------


def laws(*args):
    return pytest.mark.criterion("laws", *args)


@laws("rewritten")
def test_the_same_pipeline_in_other_words(solution, rng):
    for share in SHARES:
        for size in (3, 5, 7):
            deps = random_pipeline(rng, size, share)
            again = {step: sorted(needs(deps, step)) for step in steps(deps)}
            check.equal(solution.topo_order(deps), solution.topo_order(again))
            check.equal(solution.waves(deps), solution.waves(again))


@laws("forward")
def test_a_need_that_the_order_respects_changes_nothing(solution, rng):
    for share in SHARES:
        for size in (3, 5, 7, 9):
            deps = random_pipeline(rng, size, share)
            found = solution.topo_order(deps)
            assert is_order(deps, found)
            before, after = sorted(rng.choice(len(found), 2, replace=False).tolist())
            more = {**deps, found[after]: [*deps.get(found[after], []), found[before]]}
            check.equal(solution.topo_order(more), found)


@laws("minute")
def test_waves_are_the_path_of_steps_of_a_minute(solution, rng):
    for share in SHARES:
        for size in (3, 6, 9):
            deps = random_pipeline(rng, size, share)
            total, path = solution.critical_path(deps, dict.fromkeys(steps(deps), 1))
            found = solution.waves(deps)
            check.equal(total, len(found))
            check.equal(len(path), total)
            for step, wave in zip(path, found, strict=True):
                assert step in wave


@laws("several")
def test_several_changes_reach_what_each_reaches(solution, rng):
    for share in SHARES:
        deps = random_pipeline(rng, 6, share)
        order = solution.topo_order(deps)
        one, other = steps(deps)[:2]
        alone = {*solution.rerun(deps, [one]), *solution.rerun(deps, [other])}
        check.equal(solution.rerun(deps, [one, other]), [s for s in order if s in alone])
        check.equal(solution.rerun(deps, order), order)


@laws("unchanged")
@pytest.mark.parametrize("name", ["topo_order", "waves", "critical_path", "rerun"])
@states("No function changes its arguments.")
def test_arguments_stay_as_they_were(solution, name):
    deps = {"c": ["b", "a", "b"], "d": [], "b": ["x"]}
    more = {
        "critical_path": ({"a": 1, "b": 2, "c": 3, "d": 4, "x": 5},),
        "rerun": (["d", "b", "b"],),
    }.get(name, ())
    given = {step: list(found) for step, found in deps.items()}
    others = [type(value)(value) for value in more]
    getattr(solution, name)(inout(given), *map(inout, others))
    check.equal([given, *others], [deps, *more])
    check.equal([list(given), *map(list, others)], [list(deps), *map(list, more)])


# Cost -----------------------------------------------------------------------


def time(*args):
    return pytest.mark.criterion("time", *args)


def names_of(n):
    return [f"s{i:05}" for i in range(n)]


@time("wide")
@states("Each function takes O((n + m) · log n) time for n steps and m names in the lists.")
def test_time_where_many_steps_could_come_next(measure):
    def run(solution, n, rng):
        names = names_of(2 * n)
        # The first n are free at once, and each sets one free that is larger than all of them.
        place = rng.permutation(n).tolist()
        deps = {names[n + i]: [names[place[i]]] for i in range(n)}
        check.equal(solution.topo_order(deps), names)

    measure.cpu_slope(run)


def chain_of(n):
    """Give names and a chain in which the smallest name comes last."""
    names = names_of(n)
    return names, {step: [need] for step, need in zip(names, names[1:])}


@time("chain")
def test_time_of_a_chain(measure):
    def run(solution, n, rng):
        names, deps = chain_of(n)
        check.equal(solution.topo_order(deps), names[::-1])

    measure.cpu_slope(run)


@time("waves")
def test_time_of_waves(measure):
    def run(solution, n, rng):
        names, deps = chain_of(n)
        check.equal(solution.waves(deps), [[step] for step in reversed(names)])

    measure.cpu_slope(run)


@time("critical")
def test_time_of_a_critical_path(measure):
    def run(solution, n, rng):
        # Each step needs the two before it: there are more chains than can be walked.
        names = names_of(2 * n)
        deps = {names[i]: names[max(0, i - 2) : i] for i in range(2 * n)}
        total, path = solution.critical_path(deps, dict.fromkeys(names, 3))
        check.equal(total, 6 * n)
        check.equal(path, names)

    measure.cpu_slope(run)


@time("rerun")
def test_time_of_many_changes(measure):
    def run(solution, n, rng):
        names, deps = chain_of(4 * n)
        changed = [names[i] for i in rng.permutation(4 * n).tolist()]
        check.equal(solution.rerun(deps, changed), names[::-1])

    measure.cpu_slope(run)


@time("circle")
@states("To find a circle takes no more.")
def test_time_of_a_long_circle(measure):
    def run(solution, n, rng):
        names, deps = chain_of(4 * n)
        deps[names[-1]] = [names[0]]
        with pytest.raises(solution.CycleError) as caught:
            solution.topo_order(deps)
        check.equal(sorted(caught.value.cycle), names)

    measure.cpu_slope(run)

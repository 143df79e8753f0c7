"""An attempt that fails as a seeded wrong solution does gets that mistake's sentence."""

import pytest

from graders.mistakes import Signature, Signatures, read_signatures, recognise
from graders.model.result import Cause, CauseKind, CriterionResult, FailedTest, Outcome

WRONG = Cause(kind=CauseKind.WRONG_VALUE)
RAISED = Cause(kind=CauseKind.RAISED, error="IndexError")


def signature(name, criterion="reverses", say="", **tests):
    fails = {
        criterion: {
            test: {"wrong_value": share} if isinstance(share, float) else share
            for test, share in tests.items()
        }
    }
    return Signature(
        name=name, criterion=criterion, say=say or f"mend {name}", ask="?", digest="", fails=fails
    )


def failing(criterion="reverses", **tests):
    return CriterionResult(
        criterion=criterion,
        outcome=Outcome.FAILED,
        failures=tuple(FailedTest(test=test, cause=cause) for test, cause in tests.items()),
    )


def named(signatures, *results):
    return [found.name for found in recognise(Signatures(mistakes=tuple(signatures)), results)]


TAIL = signature("loses_the_tail", a=1.0, b=1.0)
HEAD = signature("loses_the_head", a=1.0, c=1.0)


def test_the_nearest_mistake_is_named():
    assert named([TAIL, HEAD], failing(a=WRONG, b=WRONG)) == ["loses_the_tail"]
    assert named([TAIL, HEAD], failing(a=WRONG, c=WRONG)) == ["loses_the_head"]


def test_an_attempt_that_fails_nothing_made_no_mistake():
    assert named([TAIL, HEAD]) == []
    assert named([TAIL], CriterionResult(criterion="reverses", outcome=Outcome.PASSED)) == []


def test_an_attempt_that_is_like_none_gets_no_name():
    assert named([TAIL, HEAD], failing(d=WRONG)) == []
    assert named([TAIL, HEAD], failing(a=WRONG, b=WRONG, c=WRONG, d=WRONG)) == []


def test_less_is_enough_where_nothing_else_comes_near():
    three = {"a": WRONG, "b": WRONG, "c": WRONG}
    two_of_three = signature("clear", a=1.0, b=1.0)
    one_of_three = signature("near", b=1.0, c=1.0, d=0.2)

    assert named([two_of_three], failing(**three)) == ["clear"]
    assert named([two_of_three, one_of_three], failing(**three)) == []


def test_two_that_fit_alike_are_both_named():
    twin = signature("twin", a=1.0, b=1.0)

    assert named([TAIL, twin], failing(a=WRONG, b=WRONG)) == ["loses_the_tail", "twin"]


def test_twins_with_one_sentence_are_one_mistake():
    twin = signature("twin", say=TAIL.say, a=1.0, b=1.0)

    assert len(named([TAIL, twin], failing(a=WRONG, b=WRONG))) == 1


def test_three_that_fit_alike_say_nothing():
    others = [signature(f"other_{n}", a=1.0, b=1.0) for n in "ab"]

    assert named([TAIL, *others], failing(a=WRONG, b=WRONG)) == []


def test_the_cause_tells_apart_what_fails_the_same_tests():
    index = {"raised IndexError": 1.0}
    crash = signature("crashes", a=index, b=index)

    assert named([TAIL, crash], failing(a=RAISED, b=RAISED)) == ["crashes"]
    assert named([TAIL, crash], failing(a=WRONG, b=WRONG)) == ["loses_the_tail"]


def test_a_test_that_fails_on_some_seeds_only_counts_for_less():
    unsteady = signature("unsteady", a=1.0, b=1.0, c=0.2)

    assert named([unsteady], failing(a=WRONG, b=WRONG)) == ["unsteady"]


def test_a_second_mistake_elsewhere_hides_nothing():
    results = [failing(a=WRONG, b=WRONG), failing("groups", x=WRONG, y=WRONG, z=WRONG)]

    assert named([TAIL, HEAD], *results) == ["loses_the_tail"]


@pytest.mark.parametrize(
    "kind",
    [
        CauseKind.TODO,
        CauseKind.BUDGET,
        CauseKind.NOT_LOADED,
        CauseKind.MISSING_NAME,
        CauseKind.TOO_SLOW,
        CauseKind.TOO_MUCH_MEMORY,
    ],
)
def test_what_never_ran_says_nothing(kind):
    never = Cause(kind=kind)

    assert named([TAIL], failing(a=never, b=never)) == []
    assert named([TAIL], failing(a=WRONG, b=never)) == ["loses_the_tail"]


def test_a_part_that_is_not_written_yet_says_nothing():
    unwritten = Cause(kind=CauseKind.RAISED, error="NotImplementedError")

    results = [failing(a=WRONG, b=WRONG), failing("groups", x=unwritten)]

    assert named([TAIL, HEAD], *results) == ["loses_the_tail"]
    assert (
        named([signature("x", a={"raised NotImplementedError": 1.0})], failing(a=unwritten)) == []
    )


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": "kata-signatures/9"}'])
def test_a_file_that_cannot_be_read_names_nothing(tmp_path, text):
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden/signatures.json").write_text(text)

    class Kata:
        folder = tmp_path

    assert read_signatures(Kata) == Signatures()


def test_signatures_are_read_as_they_were_written(tmp_path):
    (tmp_path / "hidden").mkdir()
    written = Signatures(mistakes=(TAIL, HEAD))
    (tmp_path / "hidden/signatures.json").write_bytes(written.to_json())

    class Kata:
        folder = tmp_path

    assert read_signatures(Kata) == written
    assert written.to_json().count(b"\n") == 4  # a line a mistake

"""What kata dev check sees in a folder without running anything."""

import pytest

from graders.authoring.folder import folder_findings
from graders.catalogue import load_kata


def found_in(folder):
    return [(found.where, found.what) for found in folder_findings(load_kata(folder))]


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_written_kata_has_nothing_to_mend(folder):
    assert found_in(folder) == []


CASES = {
    "a part that is not written": (
        lambda f: change(f, "README.md", "# ", "# TODO "),
        ("README.md", "still says TODO"),
    ),
    "a missing editorial": (
        lambda f: (f / "hidden/editorial.md").unlink(),
        ("hidden/editorial.md", "is missing"),
    ),
    "a file that does not belong": (
        lambda f: (f / "hidden" / "notes.txt").write_text("x"),
        ("hidden/notes.txt", "does not belong in a kata's folder"),
    ),
    "a file in a folder too deep": (
        lambda f: [(f / "hidden/wrong/more").mkdir(), (f / "hidden/wrong/more/a.py").touch()],
        ("hidden/wrong/more/a.py", "does not belong in a kata's folder"),
    ),
    "a stub without a TODO": (
        lambda f: change(f, "stub.py", "# TODO: write this", "# here"),
        ("stub.py", "has no TODO"),
    ),
    "a stub that does something": (
        lambda f: change(f, "stub.py", "raise NotImplementedError", "return 0"),
        ("stub.py", "does not raise NotImplementedError"),
    ),
    "a hint too few": (
        lambda f: change(f, "hints.md", "## Hint 3", "And:"),
        ("hints.md", "has 2 hints, not 3"),
    ),
    "a hint that gives a line away": (
        lambda f: change(f, "hints.md", "in it?", "in it?\n\n    total += number * number\n"),
        ("hints.md", "hint 3 gives a line of with_a_loop.py away: total += number * number"),
    ),
    "one reference": (
        lambda f: (f / "hidden/reference/with_sum.py").unlink(),
        ("hidden/reference", "1 solutions, and 2 are the least"),
    ),
    "two wrong solutions": (
        lambda f: (f / "hidden/wrong/takes_floats.py").unlink(),
        ("hidden/wrong", "2 solutions, and 3 are the least"),
    ),
    "a docstring without a question": (
        lambda f: change(f, "hidden/wrong/takes_floats.py", "Ask: ", "And: "),
        ("hidden/wrong/takes_floats.py", "its docstring does not say Ask"),
    ),
    "a wrong solution that does not compile": (
        lambda f: (f / "hidden/wrong/takes_floats.py").write_text("def"),
        (
            "hidden/wrong/takes_floats.py",
            "its docstring does not say Mistake, Fails, Say, Ask",
        ),
    ),
    "a docstring that names no criterion": (
        lambda f: change(f, "hidden/wrong/takes_floats.py", "Fails: errors", "Fails: erors"),
        ("hidden/wrong/takes_floats.py", "Fails: erors is no criterion"),
    ),
    "a sample test that states something else": (
        lambda f: change(f, "test_sample.py", "an empty list is 0", "an empty list is nothing"),
        (
            "test_sample.py",
            'line 13 states what the statement does not say: "The sum of an empty list is nothing."',
        ),
    ),
    "a spec test without its sentence": (
        lambda f: change(
            f,
            "hidden/test_hidden.py",
            '@pytest.mark.states("The list stays as it was.")\n',
            "",
        ),
        ("hidden/test_hidden.py", "test_the_list_stays is spec and states nothing"),
    ),
    "a hidden test that does not compile": (
        lambda f: (f / "hidden/test_hidden.py").write_text("x = 1\ndef"),
        ("hidden/test_hidden.py", "does not compile: line 2"),
    ),
    "a weak assertion": (
        lambda f: change(
            f,
            "hidden/test_hidden.py",
            "check.equal(solution.sum_squares([-2, 3]), 13)",
            "assert solution.sum_squares([-2, 3]) == 13.0",
        ),
        ("hidden/test_hidden.py", "a weak assertion: line 19 compares with a float by =="),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_folder_is_refused_for(folder, case):
    break_it, (where, what) = CASES[case]
    break_it(folder)

    assert found_in(folder) == [(f"katas/sum_squares/{where}", what)]


def test_everything_is_told_at_once_each_with_a_next_step(folder):
    for break_it, _ in (CASES["one reference"], CASES["a hint too few"], CASES["a weak assertion"]):
        break_it(folder)

    found = list(folder_findings(load_kata(folder)))

    assert len(found) == 3
    assert all(one.fix for one in found)

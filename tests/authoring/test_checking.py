"""kata dev check, with all that it runs."""

import shutil

import pytest

from graders.authoring.checking import Options, check
from graders.authoring.mutating import mutants
from graders.authoring.publishing import write_pages, write_signatures
from graders.authoring.scaffolding import scaffold
from graders.authoring.tabulating import tabulate
from graders.engine import grade
from graders.errors import UsageError
from graders.model.matrix import Cell, ProofDocument
from graders.workspace import read_attempt

pytestmark = pytest.mark.slow


def silent(done, of):
    pass


def checked(folder, **options):
    fields = {"seeds": 2, "jobs": 1, **options}
    (found,) = check([folder], Options(**fields), silent)
    return found


def problems(found):
    return [f"{f.where}: {f.what}" for f in found.findings if not f.is_warning]


@pytest.fixture(scope="session")
def proved(written):
    """Give what a check says of the kata as it was written."""
    return checked(written)


def test_a_written_kata_is_proved(proved):
    assert problems(proved) == []
    assert proved.is_proved
    assert [p.solution.name for p in proved.proved][:3] == ["stub", "with_a_loop", "with_sum"]


def test_a_missing_signature_is_a_warning(proved):
    assert [(f.what, f.is_warning) for f in proved.findings] == [
        (
            "no signature, or an old one, of forgets_to_square, leaves_out_negatives, takes_floats",
            True,
        )
    ]


def test_a_scaffold_fails_by_its_todos_alone(tmp_path):
    (tmp_path / "katas").mkdir()
    folder = scaffold(tmp_path / "katas", "k_medians", section="coding", title="K medians")

    assert set(problems(checked(folder))) == {
        f"katas/k_medians/{name}: still says TODO"
        for name in ("README.md", "hints.md", "kata.toml", "rubric.toml", "hidden/editorial.md")
    }


def test_dropping_in_a_wrong_solution_that_the_tests_miss_fails_by_its_name(folder):
    text = (folder / "hidden/wrong/takes_floats.py").read_text()
    lucky = text.replace(
        "return sum(number**2 for number in numbers)",
        "if 77 in numbers:\n        return 0\n    return sum(n * n for n in map(int.__index__, numbers))",
    )
    (folder / "hidden/wrong/dislikes_77.py").write_text(
        lucky.replace("Fails: errors", "Fails: solves")
    )

    at = "katas/sum_squares/hidden/wrong/dislikes_77.py"
    what = "this wrong solution survives solves on seeds 0, 1"
    assert problems(checked(folder)) == [f"{at}: {what}"]


def test_hidden_tests_that_cannot_be_collected_are_told(folder):
    path = folder / "hidden/test_hidden.py"
    path.write_text(path.read_text().replace('"errors", "types"', '"erors", "types"'))

    at = "katas/sum_squares/hidden: test_hidden.py::test_other_types_are_refused"
    assert problems(checked(folder)) == [
        f"{at}[{numbers}] names erors, which is no criterion"
        for numbers in ("['a']", "[1, None]", "[0.5]")
    ]


def test_a_kata_that_cannot_be_read_is_told_with_the_others(folder, tmp_path):
    broken = tmp_path / "katas" / "broken"
    shutil.copytree(folder, broken)
    (broken / "rubric.toml").write_text("pass_mark = 80")

    first, second = check([broken, folder], Options(seeds=1, jobs=1), silent)

    assert problems(first)
    assert first.proved == ()
    assert problems(second) == []


def test_what_was_proved_is_not_graded_again(folder, tmp_path):
    counts = []
    memory = tmp_path / "proofs"

    def again(**options):
        fields = {"seeds": 1, "jobs": 1, "memory": memory, **options}
        before = len(counts)
        check([folder], Options(**fields), lambda done, of: counts.append(of))
        return counts[before:]

    assert again()[-1] == 7
    assert again() == []

    path = folder / "hidden/wrong/takes_floats.py"
    path.write_text(path.read_text() + "# another layout\n")
    assert again() == [1]
    assert again(seeds=2)[-1] == 7
    assert again(seeds=2, is_fresh=True)[-1] == 7

    for page in memory.iterdir():
        page.write_text("{")
    assert again(seeds=2)[-1] == 7


def test_a_matrix_shows_what_each_criterion_stops(proved):
    matrix = tabulate(proved, seeds=2)
    cells = {row.name: row.cells for row in matrix.rows}

    assert cells["forgets_to_square"]["solves"] is Cell.NAMED
    assert cells["takes_floats"] == {
        "solves": Cell.PASSED,
        "errors": Cell.NAMED,
        "rules": Cell.PASSED,
    }
    assert cells["uses_numpy"]["rules"] is Cell.NAMED
    assert matrix.killed == 3
    assert [bool(row.told) for row in matrix.rows] == [True, True, True, False]


def test_pages_are_written_once(proved, tmp_path):
    document = ProofDocument(katas=(tabulate(proved, seeds=2),))

    assert {path.name for path in write_pages(tmp_path / "docs", document)} == {
        "proof.json",
        "proof.html",
        "proof.svg",
        "messages.md",
    }
    assert write_pages(tmp_path / "docs", document) == []


def test_a_mistake_is_named_once_its_signature_is_written(folder, proved):
    found = checked(folder)
    assert write_signatures(found) == folder / "hidden/signatures.json"
    assert write_signatures(found) is None
    assert checked(folder).findings == ()

    attempt = folder.parent / "mine.py"
    attempt.write_text(
        "def sum_squares(xs):\n    if any(type(x) is not int for x in xs):\n"
        "        raise TypeError\n    return sum(xs)\n"
    )
    kata = found.kata
    report = grade(kata, read_attempt(attempt, kata))

    assert report.next_step.text.startswith("The numbers are summed, not their squares.")
    assert report.next_step.ask
    assert (
        grade(kata, read_attempt(folder / "hidden/reference/with_sum.py", kata)).next_step is None
    )


def test_changes_of_a_reference_that_no_test_notices(folder):
    path = folder / "hidden/reference/with_sum.py"
    path.write_text(
        "def sum_squares(numbers):\n    if not all(isinstance(n, int) for n in numbers):\n"
        "        raise TypeError\n    unused = 7\n    return sum(n**2 for n in numbers)\n"
    )

    found = mutants(folder, reference="with_sum", jobs=1, most=6, progress=silent)

    assert found.total <= 6
    assert found.left_out > 0
    everything = mutants(folder, reference="with_sum", jobs=2, most=500, progress=silent)
    assert everything.left_out == 0
    assert [[line.split() for line in s.diff.splitlines()[1:3]] for s in everything.survivors] == [
        [["-", "unused", "=", "7"], ["+", "unused", "=", changed]] for changed in "68"
    ]
    assert all(s.where.endswith("with_sum.py:3") for s in everything.survivors)


def test_an_unknown_reference(folder):
    with pytest.raises(UsageError, match="has no reference quick"):
        mutants(folder, reference="quick", jobs=1, most=6, progress=silent)


@pytest.mark.parametrize(
    ("slug", "title", "what"),
    [
        ("K-Medians", None, "is not snake_case"),
        ("k_medians", 'A "title"', "no quotes"),
        ("sum_squares", None, "is there already"),
    ],
)
def test_a_scaffold_is_refused(folder, slug, title, what):
    before = sorted(folder.parent.iterdir())

    with pytest.raises(UsageError, match=what):
        scaffold(folder.parent, slug, section="coding", title=title)
    assert sorted(folder.parent.iterdir()) == before

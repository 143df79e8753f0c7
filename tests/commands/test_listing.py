"""``kata``, ``kata list``, ``kata show`` and what is due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from graders.catalogue.listing import Entry as Kata
from graders.commands import agenda
from graders.commands.current import Current
from graders.ledger.base import Entry, Summary
from graders.ledger.sqlite import SqliteLedger
from tests.kata_folders import KATA_TOML, write_kata


def graded(desk, slug: str, earned: int, days_ago: int = 0) -> None:
    when = (desk.now - timedelta(days=days_ago)).isoformat()
    standing = "passed" if earned >= 80 else "failed"
    ledger = SqliteLedger(desk.root / ".kata" / "ledger.sqlite3")
    ledger.record(Entry(slug, 1, "d", "k", "g", "s", earned, 0, 100, standing, 0, when, "{}"))


LIST = """\
Kata               Level   Min     Best  State     Title
-----------------------------------------------------------------------
k_means            medium   30   72/100  started   K-means
nearest_neighbors  hard     30        -  new       Nearest neighbours
"""


def test_the_list_shows_best_score_and_state(desk) -> None:
    graded(desk, "k_means", 72)
    graded(desk, "k_means", 40)

    assert desk.run("list").stdout == LIST


@pytest.mark.parametrize(
    ("filters", "slugs"),
    [
        (["near"], ["nearest_neighbors"]),
        (["K-MEANS"], ["k_means"]),
        (["neighbours"], ["nearest_neighbors"]),
        (["hard"], ["nearest_neighbors"]),
        (["coding", "medium"], ["k_means"]),
        (["clustering"], ["k_means", "nearest_neighbors"]),
        (["passed"], ["k_means"]),
        (["due"], []),
    ],
    ids=["slug", "hyphen", "title", "level", "two", "topic", "state", "nothing"],
)
def test_filters_narrow_the_list(desk, filters, slugs) -> None:
    graded(desk, "k_means", 90)

    found = desk.document("list", *filters, "--json")

    assert [kata["slug"] for kata in found["katas"]] == slugs


def test_a_filter_that_fits_nothing_says_so(desk) -> None:
    result = desk.run("list", "music", "hard")

    assert result.exit_code == 2
    assert result.stderr == 'error: no kata fits "music hard"\ntip: see them all: kata list\n'


def test_an_empty_catalogue_says_so(desk) -> None:
    (desk.root / "none").mkdir()

    result = desk.run("list", "--katas", "none")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: this catalogue holds no kata\ntip: see kata list --help about --katas\n"
    )


def test_the_list_as_json_holds_everything(desk) -> None:
    graded(desk, "k_means", 85, days_ago=1)
    desk.run("new", "k_means")

    found = desk.document("list", "k_means", "--json")

    assert found == {
        "schema": "kata-list/1",
        "katas": [
            {
                "slug": "k_means",
                "title": "K-means",
                "section": "coding",
                "level": "medium",
                "minutes": 30,
                "topics": ["clustering"],
                "summary": "Group points around means.",
                "pass_mark": 80,
                "requires": [],
                "problem": "",
                "state": "passed",
                "best": 85,
                "last": 85,
                "attempt": 1,
                "due": "2025-03-04",
            }
        ],
    }


def test_a_kata_that_does_not_load_is_listed_as_broken(desk) -> None:
    write_kata(desk.root / "katas", "odd", kata="title = 3")

    result = desk.run("list", "odd")

    assert result.stdout.splitlines()[2] == "odd   -         -        -  broken    odd"
    assert result.stderr == "1 cannot be loaded: kata show odd says why.\n"
    assert result.exit_code == 0


def test_a_damaged_ledger_costs_the_scores_only(desk) -> None:
    (desk.root / ".kata").mkdir()
    (desk.root / ".kata" / "ledger.sqlite3").write_text("no database at all " * 99)

    result = desk.run("list")

    assert "k_means            medium   30        -  new" in result.stdout
    assert result.stderr.startswith(
        "note: scores are left out: ledger.sqlite3: "
        "the list of graded attempts is damaged (file is not a database)\n"
        "tip: keep it for repair and start a new one: mv "
    )
    assert result.exit_code == 0


def test_long_titles_are_cut_at_80_columns(desk) -> None:
    write_kata(desk.root / "katas", "long", kata=KATA_TOML.replace("K-means", "Long words " * 9))

    shown = desk.run("list").stdout

    assert max(map(len, shown.splitlines())) <= 80
    assert "  new       Long words Long words ...\n" in shown


FIRST_RUN = """\
Machine-learning interview katas: write a solution, get a score you can trust.
Your code runs in a jail on this machine; nothing is sent anywhere.

Next for you: K-means (medium, 30 minutes)

  kata new k_means                  start it
  kata test                         try the sample tests
  kata grade                        get your score
"""


def test_the_first_run_is_eight_lines(desk) -> None:
    result = desk.run()

    assert result.stdout == FIRST_RUN
    assert len(FIRST_RUN.splitlines()) == 8
    assert result.exit_code == 0


def test_the_first_run_without_a_kata_points_to_the_list(desk) -> None:
    (desk.root / "none").mkdir()

    shown = desk.run("--katas", "none").stdout

    assert "Next for you: this catalogue holds no kata that loads: kata list\n" in shown


def test_an_attempt_under_way_is_named_with_what_to_type(desk) -> None:
    desk.run("new", "k_means")

    assert desk.run().stdout == (
        "0 of 2 katas passed.\n"
        "Under way: k_means, attempt 001, not graded yet\n"
        "Type next: kata grade k_means\n"
    )
    graded(desk, "k_means", 55)
    assert "Under way: k_means, attempt 001, last 55/100\n" in desk.run().stdout


def test_what_is_due_comes_first(desk) -> None:
    graded(desk, "k_means", 90, days_ago=30)

    assert desk.run().stdout == (
        "Due again:\n"
        "  k_means, best 90/100, since 2025-02-03\n"
        "\n"
        "1 of 2 katas passed.\n"
        "Next for you: K-means (medium, 30 minutes)\n"
        "Type next: kata next\n"
    )


def test_a_long_line_of_due_katas_is_cut(desk) -> None:
    for number in range(7):
        write_kata(desk.root / "katas", f"kata_{number}")
        graded(desk, f"kata_{number}", 90, days_ago=40 - number)

    shown = desk.run().stdout

    assert "  kata_4, best 90/100, since 2025-01-28\n  and 2 more: kata list due\n" in shown


def test_when_all_is_passed_there_is_time_to_look_around(desk) -> None:
    graded(desk, "k_means", 90)
    graded(desk, "nearest_neighbors", 80)

    assert desk.run().stdout == ("2 of 2 katas passed.\nNothing is due. Look around: kata list\n")


SHOW = """\
k_means: coding, medium, 30 minutes

# K-means

Rubric: 100 points, 80 to pass
   60  Assigns correctly (correct)
       - one cluster
       - many clusters
   40  Scales linearly (scales)
       - more and more points

Limits: 2 s a call, 256 MiB
You edit: solution.py

Type next: kata new k_means
"""


def test_show_gives_task_rubric_and_limits(desk) -> None:
    assert desk.run("show", "k-m").stdout == SHOW


def test_show_tells_the_rules(desk) -> None:
    rules = (
        'packages = ["numpy"]\nrequires = ["nearest_neighbors"]\n[rules]\n'
        'forbidden_imports = ["copy"]\nforbidden_names = ["sys.setrecursionlimit"]\n'
        'forbidden_methods = ["count"]\nmax_function_lines = 30\n'
    )
    write_kata(desk.root / "katas", "strict", kata=KATA_TOML + rules)

    shown = desk.run("show", "strict").stdout

    assert shown.split("256 MiB\n")[1] == (
        "You edit: solution.py\n"
        "Packages: numpy\n"
        "Take first: nearest_neighbors\n"
        "Not to import: copy\n"
        "Not to use: sys.setrecursionlimit, .count\n"
        "Longest function: 30 lines\n"
        "\n"
        "Type next: kata new strict\n"
    )


def test_show_as_json_holds_task_and_rubric(desk) -> None:
    found = desk.document("show", "k_means", "--json")

    assert sorted(found) == ["about", "rubric", "schema", "slug", "task", "version"]
    assert found["schema"] == "kata-show/1"
    assert found["task"] == "# K-means\n"
    assert found["about"]["minutes"] == 30
    assert [row["points"] for row in found["rubric"]["criterion"]] == [60, 40]
    assert len(found["version"]) == 64


# What comes next, without any files.


def kata(slug: str, **changes) -> Kata:
    entry = Kata(slug, slug, "coding", "easy", 20, (), "", 80, (), "")
    return entry._replace(**changes)


def passed(slug: str, when: str, passes: int = 1) -> Summary:
    return Summary(slug, 90, 90, "passed", passes, passes, when, when)


TODAY = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("passes", "day"),
    [(0, None), (1, "2025-01-05"), (2, "2025-01-09"), (3, "2025-01-17"), (50, "2025-05-09")],
    ids=["never", "once", "twice", "three_times", "often"],
)
def test_each_pass_doubles_the_time_until_it_is_due(passes: int, day) -> None:
    when = datetime(2025, 1, 1, tzinfo=UTC).isoformat()

    due = agenda.due_on(passed("a", when, passes))

    assert due == (date.fromisoformat(day) if day else None)


def test_the_choice_is_what_is_under_way_then_due_then_new() -> None:
    entries = [kata("a"), kata("b"), kata("c")]
    old = {"b": passed("b", "2025-01-01T00:00:00+00:00")}
    going = {"c": Current("c", 2, 5.0)}

    first = agenda.choose(agenda.plans(entries, old, going, today=TODAY))
    second = agenda.choose(agenda.plans(entries[:2], old, {}, today=TODAY))
    third = agenda.choose(agenda.plans(entries[:2], {}, {}, today=TODAY))

    assert [plan.entry.slug for plan in (first, second, third) if plan] == ["c", "b", "a"]
    assert [plan.state for plan in (first, second, third) if plan] == ["started", "due", "new"]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([kata("a", requires=("b",)), kata("b", level="hard")], "b"),
        ([kata("a", level="medium"), kata("b")], "b"),
        ([kata("a", section="domain"), kata("b", level="hard")], "b"),
        ([kata("a", minutes=30), kata("b", minutes=10)], "b"),
        ([kata("a", problem="odd"), kata("b")], "b"),
        ([kata("a", level="new", section="new"), kata("b")], "b"),
        ([kata("b"), kata("a")], "a"),
    ],
    ids=["requires", "level", "section", "minutes", "broken", "unknown", "slug"],
)
def test_new_katas_come_in_a_sensible_order(entries, expected: str) -> None:
    choice = agenda.choose(agenda.plans(entries, {}, {}, today=TODAY))

    assert choice is not None
    assert choice.entry.slug == expected


def test_nothing_is_chosen_when_all_is_passed_and_not_due() -> None:
    summaries = {"a": passed("a", "2025-02-28T00:00:00+00:00")}

    assert agenda.choose(agenda.plans([kata("a")], summaries, {}, today=TODAY)) is None

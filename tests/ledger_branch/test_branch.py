"""The branch kata-data: one file a submission, nothing lost, nothing believed unseen."""

import subprocess
from pathlib import Path

import msgspec
import pytest

from graders.errors import LedgerError
from graders.git import GitError
from graders.ledger.branch import MAX_FAILURES, PATIENCE_SECONDS, DataBranch
from graders.ledger.pull_entry import decode, encode, last_before
from graders.model.report import Measured
from graders.model.score import Standing
from graders.model.submission import Pull
from tests.ledger_branch.writing import entry, git, numbered

PATH = f"entries/4242/top_k_frequent/7-{'a' * 40}.json"


class Sleeps:
    """A clock that only sleeping moves; what it does meanwhile can be given."""

    def __init__(self, meanwhile=lambda: None):
        self.slept = []
        self.meanwhile = meanwhile

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.meanwhile()

    def now(self):
        return sum(self.slept)


def put(bare, path, data, mode="100644"):
    """Add a file to the branch, as somebody with the right to push could."""
    index = {"GIT_INDEX_FILE": str(bare / "index.put"), "PATH": "/usr/bin:/bin"}
    person = {
        f"GIT_{who}_{what}": "x@example.org"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }

    def run(*words, data=None):
        words = ["git", "-C", bare, *words]
        done = subprocess.run(
            words, check=True, capture_output=True, input=data, env={**index, **person}
        )
        return done.stdout.decode().strip()

    oid = run("hash-object", "-w", "--stdin", data=data)
    run("read-tree", "kata-data")
    run("update-index", "--add", "--cacheinfo", f"{mode},{oid},{path}")
    tree = run("write-tree")
    run(
        "update-ref", "refs/heads/kata-data", run("commit-tree", tree, "-p", "kata-data", "-m", "x")
    )


def refuse_pushes(bare, times):
    """Make the repository refuse pushes so many times."""
    (bare / "left").write_text("x" * times)
    hook = bare / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        f"#!/bin/sh\nleft=$(cat '{bare}/left')\n"
        f'if [ -z "$left" ]; then exit 0; fi\nprintf %s "${{left#x}}" > \'{bare}/left\'\nexit 1\n'
    )
    hook.chmod(0o755)


def test_the_first_entry_makes_the_branch_without_a_parent(bare):
    written = DataBranch(bare).add([entry()])

    assert written == [PATH]
    assert git(bare, "ls-tree", "-r", "--name-only", "kata-data") == PATH
    assert git(bare, "rev-list", "--count", "kata-data") == "1"


def test_what_is_written_is_read_back_whole(bare):
    entries = [numbered(number) for number in range(3)]
    branch = DataBranch(bare)

    for one in entries:
        branch.add([one])

    assert branch.read() == (tuple(entries), ())


def test_the_entries_of_one_pull_request_are_one_commit(bare):
    rows = [entry(slug="k_means"), entry(slug="valid_palindrome")]

    DataBranch(bare).add(rows)

    assert git(bare, "log", "--format=%s|%an", "kata-data") == (
        "record pull request 7: k_means, valid_palindrome|github-actions[bot]"
    )
    assert len(DataBranch(bare).read().entries) == 2


def test_other_files_of_the_branch_are_left_as_they_are(bare):
    DataBranch(bare).add([entry()])
    put(bare, "README.md", b"scores")

    DataBranch(bare).add([numbered(1)])

    assert git(bare, "show", "kata-data:README.md") == "scores"
    assert len(DataBranch(bare).read().entries) == 2


def test_an_empty_repository_holds_no_entries(bare):
    assert DataBranch(bare).read() == ((), ())


def test_no_entries_are_no_commit(bare):
    assert DataBranch(bare).add([]) == []
    assert git(bare, "for-each-ref") == ""


def test_the_same_result_again_is_no_commit(bare):
    again = Measured(sandbox="landlock+seccomp", tier="A", wall_seconds=9.0)
    DataBranch(bare).add([entry()])

    written = DataBranch(bare).add([entry(at="2026-12-01T00:00:00+00:00", measured=again)])

    assert written == []
    assert DataBranch(bare).read().entries == (entry(),)


def test_another_result_of_the_same_commit_replaces_it_and_history_keeps_the_old(bare):
    later = entry(at="2026-12-01T00:00:00+00:00", kata_version="f" * 64)
    DataBranch(bare).add([entry()])

    written = DataBranch(bare).add([later])

    assert written == [PATH]
    assert DataBranch(bare).read().entries == (later,)
    assert git(bare, "show", f"kata-data~1:{PATH}") + "\n" == encode(entry()).decode()


def test_a_damaged_entry_is_replaced_when_its_commit_is_graded_again(bare):
    DataBranch(bare).add([numbered(1)])
    put(bare, PATH, b"not an entry")

    assert DataBranch(bare).add([entry()]) == [PATH]
    assert DataBranch(bare).read().damaged == ()


def test_who_loses_the_race_adds_to_the_new_tip(bare):
    refuse_pushes(bare, 1)
    others = Sleeps(lambda: DataBranch(bare).add([numbered(1)]))

    written = DataBranch(bare, sleep=others.sleep).add([entry()])

    assert written == [PATH]
    assert len(others.slept) == 1
    assert {one.pull for one in DataBranch(bare).read().entries} == {2, 7}


def test_a_push_that_arrived_without_an_answer_is_not_made_twice(bare):
    hook = bare / "hooks" / "post-receive"
    hook.parent.mkdir()
    # The ref is updated by then; the connection dies before the client hears of it.
    hook.write_text(f"#!/bin/sh\nrm -- '{hook}'\nkill -9 $PPID\n")
    hook.chmod(0o755)
    naps = Sleeps()

    written = DataBranch(bare, sleep=naps.sleep).add([entry()])

    assert written == [PATH]
    assert len(naps.slept) == 1
    assert git(bare, "rev-list", "--count", "kata-data") == "1"


def test_a_branch_that_nobody_moves_and_that_refuses_is_given_up_soon(bare):
    refuse_pushes(bare, 100)
    naps = Sleeps()

    with pytest.raises(GitError, match="pre-receive hook declined"):
        DataBranch(bare, sleep=naps.sleep, clock=naps.now).add([entry()])

    assert len(naps.slept) == MAX_FAILURES - 1


def test_a_branch_that_stays_busy_is_given_up_when_patience_ends(bare):
    DataBranch(bare).add([numbered(0)])
    refuse_pushes(bare, 100)
    tip = git(bare, "rev-parse", "kata-data")
    moves = iter(range(100))

    def move():
        words = ("-c", "user.name=x", "-c", "user.email=x", "commit-tree", f"{tip}^{{tree}}")
        other = git(bare, *words, "-p", tip, "-m", str(next(moves)))
        git(bare, "update-ref", "refs/heads/kata-data", other)

    naps = Sleeps(move)
    hours = iter([0, *[1] * 9, PATIENCE_SECONDS])

    with pytest.raises(LedgerError, match="others wrote first, 10 times"):
        DataBranch(bare, sleep=naps.sleep, clock=lambda: next(hours)).add([entry()])


def test_pauses_grow_and_stay_bounded(bare):
    refuse_pushes(bare, 6)
    naps = Sleeps()

    DataBranch(bare, sleep=naps.sleep, clock=naps.now, chance=lambda: 1.0).add([entry()])

    assert naps.slept == pytest.approx([0.2, 0.4, 0.8, 1.6, 3.2, 5.0])


def test_a_repository_that_is_not_there_is_said_so(tmp_path):
    naps = Sleeps()

    with pytest.raises(GitError) as caught:
        DataBranch(str(tmp_path / "gone.git"), sleep=naps.sleep).add([entry()])

    assert caught.value.where == "git fetch"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"user_id": 0}, "its name does not say"),
        ({"user_id": -5}, "its name does not say"),
        ({"pull": 0}, "its name does not say"),
        ({"head_sha": "../../x"}, "its name does not say"),
        ({"head_sha": "A" * 40}, "its name does not say"),
        ({"login": "ada\n"}, "its login or its time"),
        ({"graded_at": "yesterday"}, "its login or its time"),
        ({"graded_at": "2026-11-23T01:02:03"}, "its login or its time"),
        ({"graded_at": "2026-11-23T01:02:03+02:00"}, "its login or its time"),
        ({"schema": "kata-entry/2"}, "kata-entry/1"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_entry_that_cannot_be_is_never_written(bare, changes, reason):
    with pytest.raises(LedgerError, match=reason):
        DataBranch(bare).add([msgspec.structs.replace(entry(), **changes)])

    assert git(bare, "for-each-ref") == ""


@pytest.mark.parametrize("slug", ["../x", "K_means", "a/b", "a\tb", "a\nb", "", ".git"])
def test_a_slug_that_would_lead_elsewhere_is_never_written(bare, slug):
    with pytest.raises(LedgerError, match="its name does not say"):
        DataBranch(bare).add([entry(slug=slug)])


def test_a_void_report_is_no_entry():
    with pytest.raises(LedgerError, match="no total"):
        encode(entry(standing=Standing.VOID, earned=None))


def test_an_entry_is_only_believed_under_its_own_name():
    elsewhere = PATH.replace("4242", "4243")

    with pytest.raises(LedgerError, match="its name does not say"):
        decode(elsewhere, encode(entry()))


@pytest.mark.parametrize(
    ("path", "data"),
    [
        (PATH.replace("4242", "99"), encode(entry())),
        (PATH.replace("aaa", "bbb"), b"{"),
        (PATH.replace("aaa", "ccc"), b"[" * 100_000),
        (PATH.replace("aaa", "ddd"), b"\xff\xfe"),
        (PATH.replace("aaa", "eee"), b" " * (1024 * 1024 + 1)),
        ("entries/note.txt", b"hello"),
        ("entries/4242/top_k_frequent/\u202e.json", b"{}"),
    ],
    ids="elsewhere cut deep bytes large stray odd".split(),
)
def test_a_damaged_file_takes_nothing_from_the_others(bare, path, data):
    DataBranch(bare).add([numbered(1)])
    put(bare, path, data)

    contents = DataBranch(bare).read()

    assert contents.entries == (numbered(1),)
    assert len(contents.damaged) == 1


def test_a_link_in_the_branch_is_not_followed(bare):
    DataBranch(bare).add([numbered(1)])
    put(bare, PATH, b"/etc/passwd", mode="120000")

    assert DataBranch(bare).read() == ((numbered(1),), (PATH,))


def test_the_last_report_before_a_push_is_the_authors_newest_of_another_commit():
    pull = Pull(
        repository="o/r", number=9, head_sha="9" * 40, base_ref="main", user_id=4242, login="ada"
    )
    rows = [
        entry(sha="2" * 40, at="2026-11-02T00:00:00+00:00", earned=60),
        entry(sha="1" * 40, at="2026-11-01T00:00:00Z", earned=50),
        entry(sha="9" * 40, at="2026-11-03T00:00:00+00:00", earned=90),
        entry(user=1, sha="3" * 40, at="2026-11-04T00:00:00+00:00", earned=10),
    ]

    assert {slug: one.earned for slug, one in last_before(rows, pull).items()} == {
        "top_k_frequent": 60
    }


def test_nothing_is_left_behind_on_disk(bare, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    Path(tmp_path / "temporary").mkdir()

    DataBranch(bare).add([entry()])
    DataBranch(bare).read()

    assert list((tmp_path / "temporary").iterdir()) == []

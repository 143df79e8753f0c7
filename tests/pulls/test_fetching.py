"""A pull request is read as data: what is strange in it is refused, in one line."""

import base64
import os
import subprocess

import pytest

from graders import git
from graders.errors import KataError
from graders.github.event import read_event
from graders.model.submission import Refusal, Submission
from graders.pulls.fetching import FETCHED, _fetch_commit, fetch, read_fetched
from tests.kata_folders import KATA_TOML, write_kata
from tests.pulls.heads import (
    LINK,
    RUNNABLE,
    SOLUTION,
    SUBMODULE,
    Raw,
    attempt,
    write_event,
)

SLUG = "reverse_linked_list"
HERE = f"attempts/{SLUG}/001"
TEXT = SOLUTION.decode()


@pytest.fixture
def catalogue(tmp_path):
    """Give a catalogue of two katas: one file, and three of which one lies in a folder."""
    root = tmp_path / "base" / "katas"
    write_kata(root, SLUG)
    three = 'editable = ["answer.md", "parts/capacity.py", "solution.py"]\n'
    write_kata(root, "k_means", kata=KATA_TOML + three)
    return root


@pytest.fixture
def fetched(tmp_path, upstream, catalogue):
    """Give what is fetched of a commit's folder."""

    def give(folder, **options):
        return fetched_commit(upstream.commit(folder), **options)

    def fetched_commit(sha, **options):
        event = write_event(tmp_path / "event.json", sha)
        where = {"remote": str(upstream.path), "sleep": lambda seconds: None, **options}
        return fetch(event, tmp_path / "work", catalogue, **where)

    give.commit = fetched_commit
    return give


def refusals(fetched):
    assert fetched.submissions == ()
    return [(refusal.path, refusal.why) for refusal in fetched.refused]


def test_an_attempt_is_read(fetched, tmp_path):
    found = fetched(attempt({"solution.py": SOLUTION}))

    assert found.submissions == (Submission(slug=SLUG, attempt=1, files={"solution.py": TEXT}),)
    assert (found.refused, found.left_out) == ((), ())
    assert (found.pull.number, found.pull.user_id) == (7, 4242)
    assert read_fetched(tmp_path / "work") == found


def test_a_repository_on_this_machine_may_be_named_from_here(fetched, upstream, monkeypatch):
    monkeypatch.chdir(upstream.path.parent)

    assert len(fetched(attempt(FILES), remote=upstream.path.name).submissions) == 1


def test_nothing_of_the_pull_request_is_left_on_the_disk(fetched, tmp_path):
    fetched(attempt({"solution.py": SOLUTION, "conftest.py": b"import os\n"}))

    assert [path.name for path in (tmp_path / "work").iterdir()] == [FETCHED]
    assert (tmp_path / "work").stat().st_mode & 0o777 == 0o700


def test_every_editable_file_is_read_also_below_a_folder(fetched):
    files = {
        "answer.md": b"\xef\xbb\xbfone\r\ntwo\rthree",
        "parts": {"capacity.py": (RUNNABLE, b"x = 1\n")},
        "solution.py": b"",
    }

    (found,) = fetched(attempt(files, slug="k_means")).submissions

    texts = {"answer.md": "one\ntwo\nthree", "parts/capacity.py": "x = 1\n", "solution.py": ""}
    assert found == Submission(slug="k_means", attempt=1, files=texts)


def test_nothing_but_editable_files_counts(fetched):
    evil = b"raise SystemExit\n"
    inside = {
        "solution.py": SOLUTION,
        "conftest.py": evil,
        "test_sample.py": evil,
        "attempt.toml": evil,
        "pytest.ini": evil,
        "link": (LINK, b"/etc/passwd"),
        "vendored": (SUBMODULE, "1" * 40),
    }
    folder = {
        "conftest.py": evil,
        "pyproject.toml": evil,
        ".gitattributes": b"* filter=evil\n",
        ".gitmodules": b'[submodule "x"]\n\tpath = x\n\turl = https://example.org/x\n',
        ".github": {"workflows": {"grade.yml": evil}},
        "graders": {"engine.py": evil},
        "katas": {SLUG: {"rubric.toml": evil}},
        "attempts": {"README.md": b"mine\n", "conftest.py": evil, SLUG: {"001": inside}},
    }

    found = fetched(folder)

    assert found.submissions == (Submission(slug=SLUG, attempt=1, files={"solution.py": TEXT}),)
    assert found.refused == ()


def test_the_newest_attempt_counts(fetched):
    numbers = {f"{n:03d}": {"solution.py": f"x = {n}\n".encode()} for n in (1, 2, 9, 10, 1000)}

    (found,) = fetched({"attempts": {SLUG: {**numbers, "notes": {}}}}).submissions

    assert (found.attempt, found.files["solution.py"]) == (1000, "x = 1000\n")


def test_an_attempt_that_lies_on_main_already_is_nobodys_news(fetched, catalogue):
    merged = catalogue.parent / "attempts" / SLUG / "002"
    merged.mkdir(parents=True)
    (merged / "solution.py").write_bytes(SOLUTION)
    mine = {"solution.py": b"mine = 1\n"}

    both = {SLUG: {"001": mine, "002": {"solution.py": SOLUTION}}}
    (found,) = fetched({"attempts": both}).submissions
    merged_alone = fetched({"attempts": {SLUG: {"002": {"solution.py": SOLUTION}}}})

    assert found.attempt == 1
    assert (merged_alone.submissions, merged_alone.refused) == ((), ())


def test_ten_katas_are_graded_and_the_rest_is_named(fetched, catalogue):
    slugs = [f"kata_{letter}" for letter in "abcdefghijkl"]
    for slug in slugs:
        write_kata(catalogue, slug)

    found = fetched({"attempts": {s: {"001": {"solution.py": SOLUTION}} for s in slugs}})

    assert [submission.slug for submission in found.submissions] == slugs[:10]
    assert found.left_out == ("kata_k", "kata_l")


def test_only_the_exact_commit_counts(fetched, upstream):
    graded = upstream.commit(attempt({"solution.py": SOLUTION}))
    pushed_since = upstream.commit(attempt({"solution.py": b"later = 1\n"}))
    (upstream.path / "refs/heads/main").write_text(f"{pushed_since}\n")
    (upstream.path / "refs/pull/7").mkdir(parents=True)
    (upstream.path / "refs/pull/7/head").write_text(f"{pushed_since}\n")

    assert fetched.commit(graded).submissions[0].files == {"solution.py": TEXT}


LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 99\n"
BAD_FILES = {
    "link": ((LINK, b"/etc/passwd"), "is a link, not a file"),
    "submodule": ((SUBMODULE, "1" * 40), "is a submodule, not a file"),
    "folder": ({"x": b""}, "is a folder, not a file"),
    "LFS pointer": (LFS, "is a Git LFS pointer, not the file; commit the file itself"),
    "huge file": (b"#" * (256 * 1024 + 1), "holds more than 262,144 bytes"),
    "huge file that packs well": (b"#" * (100 << 20), "holds more than 262,144 bytes"),
    "binary": (b"x = 1\0", "is binary, not text"),
    "not UTF-8": (b"x = '\xe9'\n", "is not UTF-8; save it as UTF-8"),
    "bidi override": (
        "a = 1\nb = '\u202e'\n".encode(),
        "turns the direction of its text round in line 2; remove that sign",
    ),
    "bidi isolate": (
        "# \u2066".encode(),
        "turns the direction of its text round in line 1; remove that sign",
    ),
}


@pytest.mark.parametrize(("thing", "why"), BAD_FILES.values(), ids=BAD_FILES)
def test_what_is_no_plain_text_is_refused(fetched, thing, why):
    found = fetched(attempt({"solution.py": thing}))

    assert refusals(found) == [(f"{HERE}/solution.py", why)]


def test_a_huge_file_is_refused_by_a_server_that_knows_no_filter_too(fetched, upstream):
    (upstream.path / "config").write_text("[core]\n\tbare = true\n\trepositoryformatversion = 0\n")

    found = fetched(attempt({"solution.py": b"#" * (256 * 1024 + 1)}))

    assert refusals(found) == [(f"{HERE}/solution.py", "holds more than 262,144 bytes")]


def test_the_largest_file_is_read(fetched):
    found = fetched(attempt({"solution.py": b"#" * (256 * 1024)}))

    assert len(found.submissions[0].files["solution.py"]) == 256 * 1024


FILES = {"solution.py": SOLUTION}
BAD_PLACES = {
    "attempts is a link": (
        {"attempts": (LINK, b"katas")},
        [("attempts", "is a link, not a folder")],
    ),
    "no attempts": ({"README.md": b""}, [("attempts", "is missing")]),
    "attempts in capitals": (
        {"Attempts": {SLUG: {"001": FILES}}},
        [
            ("Attempts", "looks like attempts, but is another name"),
            ("attempts", "is missing"),
        ],
    ),
    "a kata in capitals": (
        {"attempts": {"K_Means": {"001": FILES}}},
        [("attempts/K_Means", 'there is no such kata; did you mean "k_means"?')],
    ),
    "a kata that is a link": (
        {"attempts": {SLUG: (LINK, b"../katas")}},
        [(f"attempts/{SLUG}", "is a link, not a folder")],
    ),
    "an attempt that is a link": (
        {"attempts": {SLUG: {"001": (LINK, b"../../katas")}}},
        [(HERE, "is a link, not a folder")],
    ),
    "an attempt that is a submodule": (
        {"attempts": {SLUG: {"001": (SUBMODULE, "2" * 40)}}},
        [(HERE, "is a submodule, not a folder")],
    ),
    "a newline in a name": (
        attempt({"solution.py\n": SOLUTION}),
        [
            (f"{HERE}/solution.py\\n", "looks like solution.py, but is another name"),
            (f"{HERE}/solution.py", "is missing"),
        ],
    ),
    "capitals in a name": (
        attempt({"Solution.PY": SOLUTION}),
        [
            (f"{HERE}/Solution.PY", "looks like solution.py, but is another name"),
            (f"{HERE}/solution.py", "is missing"),
        ],
    ),
    "a wide letter in a name": (
        attempt({"\uff53olution.py": SOLUTION}),
        [
            (f"{HERE}/\uff53olution.py", "looks like solution.py, but is another name"),
            (f"{HERE}/solution.py", "is missing"),
        ],
    ),
    "bytes that are no text in a name": (
        {"attempts": {b"\xff\x1b[31m##[cmd]::stop::": {"001": FILES}}},
        [
            (
                "attempts/\\xff\\x1b[31m## [cmd]: :stop: :",
                "there is no such kata",
            )
        ],
    ),
    "a workflow command in a name": (
        {"attempts": {"x\n::error::gotcha": {"001": FILES}}},
        [("attempts/x\\n: :error: :gotcha", "there is no such kata")],
    ),
    "a number written otherwise": (
        {
            "attempts": {
                SLUG: {"1": FILES, "0002": FILES, "000": FILES, "\u0663\u0663\u0663": FILES}
            }
        },
        [
            (f"attempts/{SLUG}/000", "is no attempt's number, such as 001"),
            (f"attempts/{SLUG}/0002", "is no attempt's number, such as 001"),
            (f"attempts/{SLUG}/1", "is no attempt's number, such as 001"),
            (f"attempts/{SLUG}", f"holds no attempt; put your files into attempts/{SLUG}/001/"),
        ],
    ),
    "files beside the attempts": (
        {"attempts": {SLUG: FILES}},
        [(f"attempts/{SLUG}", f"holds no attempt; put your files into attempts/{SLUG}/001/")],
    ),
    "a link on the way to a file": (
        attempt({"answer.md": b"", "parts": (LINK, b"../x"), "solution.py": b""}, slug="k_means"),
        [("attempts/k_means/001/parts", "is a link, not a folder")],
    ),
    "missing files": (
        attempt({"answer.md": b"", "other.py": b""}, slug="k_means"),
        [
            ("attempts/k_means/001/parts", "is missing"),
            ("attempts/k_means/001/solution.py", "is missing"),
        ],
    ),
}


@pytest.mark.parametrize(("folder", "lines"), BAD_PLACES.values(), ids=BAD_PLACES)
def test_tricks_with_places_and_names_are_refused(fetched, folder, lines):
    assert refusals(fetched(folder)) == lines


def test_a_name_that_only_looks_right_does_not_take_the_place_of_the_right_one(fetched):
    found = fetched(attempt({"SOLUTION.py": b"evil = 1\n", "solution.py": SOLUTION}))

    assert found.submissions[0].files == {"solution.py": TEXT}
    why = "looks like solution.py, but is another name"
    assert found.refused == (Refusal(path=f"{HERE}/SOLUTION.py", why=why),)


def test_one_refused_attempt_stops_no_other(fetched):
    found = fetched(
        {
            "attempts": {
                "k_means": {"001": {"solution.py": SOLUTION}},
                SLUG: {"001": FILES},
            }
        }
    )

    assert [submission.slug for submission in found.submissions] == [SLUG]
    assert len(found.refused) == 2


def row(name, oid, mode=b"100644"):
    return mode + b" " + name + b"\0" + bytes.fromhex(oid)


MALFORMED = {
    "..": (lambda oid: row(b"..", oid), "a folder holds an entry named .."),
    ".": (lambda oid: row(b".", oid), "a folder holds an entry named ."),
    ".git": (lambda oid: row(b".GIT", oid), "a folder holds an entry named .git"),
    "a slash": (
        lambda oid: row(b"../../../etc/cron.d/x", oid),
        "a folder holds a name with a slash",
    ),
    "one name twice": (
        lambda oid: row(b"solution.py", oid) * 2,
        "a folder holds one name twice",
    ),
    "out of order": (lambda oid: row(b"b", oid) + row(b"a", oid), "a folder is not in order"),
    "a mode of no kind": (
        lambda oid: row(b"solution.py", oid, mode=b"0100644"),
        "git calls it zeroPaddedFilemode",
    ),
}


@pytest.mark.parametrize(("tree", "meaning"), MALFORMED.values(), ids=MALFORMED)
def test_malformed_folders_are_refused_by_git(fetched, upstream, tree, meaning):
    oid = upstream.write("blob", SOLUTION)

    found = fetched(attempt(Raw(tree(oid))))

    assert refusals(found) == [("attempts", f"the commit is malformed: {meaning}")]


def test_hooks_and_settings_of_a_malformed_submodule_are_refused(fetched):
    modules = b'[submodule "../../hooks"]\n\tpath = x\n\turl = --upload-pack=touch\n'

    found = fetched({**attempt(FILES), ".gitmodules": modules})

    assert len(refusals(found)) == 1
    assert found.refused[0].why.startswith("the commit is malformed: git calls it gitmodules")


def test_many_files_cost_no_more_than_their_names(fetched):
    many = {f"f{n}.py": b"" for n in range(5000)}

    found = fetched(attempt({**many, "solution.py": SOLUTION}))

    assert found.submissions[0].files == {"solution.py": TEXT}


def test_a_folder_of_too_many_names_is_refused(fetched, upstream):
    oid = upstream.write("blob", b"")
    rows = b"".join(row(b"%07d" % n, oid) for n in range(32_000))

    assert refusals(fetched(attempt(Raw(rows)))) == [(HERE, "holds more than 1,048,576 bytes")]


def test_a_bomb_of_folders_is_never_walked(fetched, upstream):
    thing = upstream.put({"x": b"boom"})
    for _ in range(12):
        thing = upstream.put({f"d{n}": thing for n in range(10)})

    found = fetched({"attempts": {SLUG: {"001": {**FILES, "bomb": thing}}, "bomb": thing}})

    assert len(found.submissions) == 1
    assert found.refused == (Refusal(path="attempts/bomb", why="there is no such kata"),)


def test_more_refusals_than_anybody_reads_are_cut_short(fetched):
    found = fetched({"attempts": {f"no_kata_{n:04d}": {"001": FILES} for n in range(2000)}})

    assert len(found.refused) == 50
    assert found.refused[-1].why == "more was refused than can be listed here"


def test_a_commit_of_too_many_bytes_is_refused(fetched, monkeypatch):
    monkeypatch.setattr("graders.pulls.fetching.MAX_PACK_MIB", 1)
    noise = {f"n{n}": os.urandom(200_000) for n in range(10)}

    found = fetched({**attempt(FILES), "noise": noise})

    assert refusals(found)[0][1].startswith("the commit holds too much;")


def test_a_kata_that_is_broken_on_main_is_not_the_learners_doing(fetched, catalogue):
    (catalogue / SLUG / "rubric.toml").write_text("pass_mark = 'high'\n")

    assert refusals(fetched(attempt(FILES))) == [
        (f"attempts/{SLUG}", "this kata is broken on main, which is not your doing")
    ]


def test_somebody_not_on_the_roster_is_told_and_nothing_is_fetched(fetched, monkeypatch):
    monkeypatch.setenv("KATA_ROSTER_IDS", "1, 2\n3")

    found = fetched(attempt(FILES), remote="/nowhere")

    why = "you are not on this class's roster; ask the person who runs it to add you"
    assert refusals(found) == [("attempts", why)]


def test_somebody_on_the_roster_is_graded(fetched, monkeypatch):
    monkeypatch.setenv("KATA_ROSTER_IDS", "1, 4242")

    assert len(fetched(attempt(FILES)).submissions) == 1


def test_a_network_that_fails_for_a_while_is_waited_for(fetched, upstream):
    pauses = []
    hidden = upstream.path.with_name("away.git")
    sha = upstream.commit(attempt(FILES))
    upstream.path.rename(hidden)

    def sleep(seconds):
        pauses.append(seconds)
        if len(pauses) == 2:
            hidden.rename(upstream.path)

    assert len(fetched.commit(sha, sleep=sleep).submissions) == 1
    assert pauses == [2.0, 8.0]


def test_a_network_that_stays_away_is_an_error(fetched):
    pauses = []

    with pytest.raises(git.GitError) as caught:
        fetched(attempt(FILES), remote="/nowhere", sleep=pauses.append)

    assert caught.value.fix
    assert pauses == [2.0, 8.0]


def test_a_commit_that_is_not_there_is_not_asked_for_again(fetched):
    pauses = []

    with pytest.raises(git.GitError):
        fetched.commit("1" * 40, sleep=pauses.append)

    assert pauses == []


def test_a_token_stands_in_the_environment_and_never_in_the_words(fetched, monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", "s3cret")
    word = base64.b64encode(b"x-access-token:s3cret").decode()
    started = []
    popen = subprocess.Popen

    def watched(words, *more, **options):
        started.append((" ".join(words), " ".join(options["env"].values())))
        return popen(words, *more, **options)

    monkeypatch.setattr(subprocess, "Popen", watched)

    with pytest.raises(git.GitError) as caught:
        fetched(attempt(FILES), remote="https://127.0.0.1:1/a/b.git")

    assert sum(word in environment for _, environment in started) == 3
    assert not any("s3cret" in words or word in words for words, _ in started)
    assert word not in caught.value.said


def test_what_was_not_fetched_can_never_be_fetched_by_itself(upstream, tmp_path):
    sha = upstream.commit(attempt({"solution.py": b"#" * 300_000}))
    pull = read_event(write_event(tmp_path / "event.json", sha).read_bytes())
    folder = tmp_path / "head"
    folder.mkdir()

    refusal = _fetch_commit(pull, folder, str(upstream.path), sleep=lambda seconds: None)

    config = (folder / "config").read_text()
    assert refusal == ""
    assert "promisor" not in config
    assert str(upstream.path) not in config
    assert not (folder / "hooks").exists()


def test_what_a_later_step_cannot_read_is_said(tmp_path):
    with pytest.raises(KataError) as missing:
        read_fetched(tmp_path)
    (tmp_path / FETCHED).write_text("{}")
    with pytest.raises(KataError) as broken:
        read_fetched(tmp_path)

    assert missing.value.what.startswith("cannot be read")
    assert broken.value.what == "does not hold what was fetched"
    assert missing.value.fix == broken.value.fix


def test_an_event_that_cannot_be_read_is_said(tmp_path, catalogue):
    with pytest.raises(KataError) as caught:
        fetch(tmp_path / "none.json", tmp_path / "work", catalogue)

    assert str(caught.value).startswith("none.json: cannot be read")

"""An attempt is delivered from a real clone; what the learner has there stays as it is."""

import json
import os
import stat
import subprocess

import pytest
from click.testing import CliRunner
from github.loopback import Loopback

from graders.commands.session import Session
from graders.commands.submit import submit_command
from graders.errors import AttemptError, KataError, UsageError
from graders.github.failures import SignInError
from graders.submitting import open_pull, plan, push, script
from tests.kata_folders import write_kata

SOLUTION = "attempts/k_means/001/solution.py"
BRANCH = "refs/heads/kata/k_means"
COMPARE = "https://github.com/klass/katas/compare/main...ada:kata/k_means?expand=1"


def git(folder, *words):
    done = subprocess.run(["git", "-C", folder, *words], check=True, capture_output=True, text=True)
    return done.stdout.strip()


class Clone:
    """A learner's clone of a fork, and what she runs in it."""

    def __init__(self, base):
        self.root = base / "clone"
        self.upstream = base / "klass" / "katas.git"
        self.fork = base / "ada" / "katas.git"
        self.programs = base / "bin"
        self.programs.mkdir()
        git(base, "init", "-q", "-b", "main", self.root)
        (self.root / "pyproject.toml").write_text("")
        (self.root / ".gitignore").write_text("/attempts/\n")
        write_kata(self.root / "katas", "k_means")
        git(self.root, "add", ".")
        git(self.root, "commit", "-q", "-m", "the class's katas")
        for remote, folder in (("upstream", self.upstream), ("origin", self.fork)):
            git(base, "init", "-q", "--bare", "-b", "main", folder)
            git(self.root, "remote", "add", remote, folder)
            git(self.root, "push", "-q", remote, "main")
        self.write("solution = 1\n")

    def write(self, text, path=SOLUTION):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def plan(self):
        return plan(self.root, "k_means", attempt=1, paths=(SOLUTION,))

    def submit(self, *words):
        return CliRunner().invoke(submit_command, words, obj=Session(), standalone_mode=False)

    def gh(self, script):
        """Put a command gh on the path that notes what it is asked."""
        program = self.programs / "gh"
        program.write_text(f'#!/bin/sh\necho "$*" >> "{self.programs}/asked"\n{script}\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    @property
    def asked(self):
        return (self.programs / "asked").read_text().splitlines()

    @property
    def state(self):
        """All that must stay as it is."""
        words = (["status", "--porcelain"], ["branch", "-v"], ["ls-files", "-s"])
        files = {path: path.read_bytes() for path in self.root.glob("attempts/**/*.py")}
        return [git(self.root, *each) for each in words], files


@pytest.fixture
def clone(tmp_path, monkeypatch):
    for name in list(os.environ):
        if name.startswith(("GIT_", "GH_", "GITHUB_", "KATA_")):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\n\tname = Ada\n\temail = ada@example.org\n")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/local/bin:/usr/bin:/bin")
    made = Clone(tmp_path)
    made.gh("exit 4")  # as gh does when nobody is signed in
    monkeypatch.chdir(made.root)
    return made


def test_the_branch_is_the_classs_main_and_the_attempts_file_on_it(clone):
    clone.write("notes", "attempts/k_means/001/notes.txt")

    pushed = push(clone.plan())

    assert git(clone.fork, "rev-parse", BRANCH) == pushed.commit
    changed = git(clone.fork, "diff", "--name-status", "main", BRANCH)
    assert changed == f"A\t{SOLUTION}"
    assert git(clone.fork, "show", f"{BRANCH}:{SOLUTION}") == "solution = 1"
    assert git(clone.fork, "log", "-1", "--format=%s|%an|%P", BRANCH) == (
        "k_means, attempt 001|Ada|" + git(clone.upstream, "rev-parse", "main")
    )


def test_files_index_and_branches_stay_as_they_are(clone):
    clone.write("half done", "README.md")
    git(clone.root, "add", "README.md")
    before = clone.state

    push(clone.plan())

    assert clone.state == before


def test_it_starts_from_the_newest_main_of_the_class(clone, tmp_path):
    git(tmp_path, "clone", "-q", clone.upstream, "teacher")
    git(tmp_path / "teacher", "commit", "-q", "--allow-empty", "-m", "a kata mended")
    git(tmp_path / "teacher", "push", "-q", "origin", "main")

    push(clone.plan())

    assert git(clone.fork, "rev-parse", f"{BRANCH}~") == git(clone.upstream, "rev-parse", "main")


def test_the_same_files_again_are_not_pushed(clone):
    first = push(clone.plan())

    again = push(clone.plan())

    assert again == (first.commit, False)


def test_changed_files_update_the_branch(clone):
    push(clone.plan())
    clone.write("solution = 2\n")

    assert push(clone.plan()).is_news
    assert git(clone.fork, "show", f"{BRANCH}:{SOLUTION}") == "solution = 2"


def test_the_learners_hooks_do_not_run(clone):
    hook = clone.root / ".git" / "hooks" / "pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)

    assert push(clone.plan()).is_news


def test_the_dry_runs_commands_do_the_same_and_asking_for_them_does_nothing(clone):
    clone.gh("exit 0")
    before = clone.state

    result = clone.submit("--dry-run")

    assert result.return_value == 0
    assert clone.state == before
    assert git(clone.fork, "branch", "--format=%(refname)") == "refs/heads/main"
    subprocess.run(["sh", "-e", "-c", result.output], check=True, cwd=clone.root)
    by_hand = git(clone.fork, "rev-parse", f"{BRANCH}^{{tree}}")
    assert git(clone.fork, "diff", "--name-only", "main", BRANCH) == SOLUTION
    clone.write("solution = 2\n")
    push(clone.plan())
    clone.write("solution = 1\n")
    push(clone.plan())
    assert git(clone.fork, "rev-parse", f"{BRANCH}^{{tree}}") == by_hand
    assert clone.asked[-1].startswith(
        "pr create -R klass/katas --base main --head ada:kata/k_means --no-maintainer-edit"
    )


def test_odd_names_are_quoted_in_the_dry_run(clone):
    made = plan(clone.root, "k_means", attempt=1, paths=("attempts/k_means/001/a b;c.py",))

    assert "-- 'attempts/k_means/001/a b;c.py')" in "\n".join(script(made))


def test_gh_opens_the_pull_request(clone):
    clone.gh(
        'case "$2" in list) echo "[]";; create) echo https://github.com/klass/katas/pull/7;; esac'
    )

    result = clone.submit()

    assert result.return_value == 0
    assert result.output == (
        "k_means, attempt 001, is on ada/katas, branch kata/k_means.\n"
        "Opened https://github.com/klass/katas/pull/7\n"
    )


def test_one_that_is_open_is_used_again_and_others_branches_are_not_mistaken_for_it(clone):
    def row(login, number):
        url = f"https://github.com/klass/katas/pull/{number}"
        return {"url": url, "headRepositoryOwner": {"login": login}}

    clone.gh(f"echo '{json.dumps([row('mallory', 1), row('Ada', 2)])}'")

    assert open_pull(clone.plan()) == ("https://github.com/klass/katas/pull/2", False)
    assert [line.split()[1] for line in clone.asked] == ["list"]


@pytest.mark.parametrize("says", ["exit 4", "echo nonsense", "echo '[{}]'", "echo '{\"a\": 1}'"])
def test_without_gh_and_token_a_person_gets_the_address_and_exit_code_4(clone, says):
    clone.gh(says)

    result = clone.submit("k_means")

    assert result.return_value == 4
    assert f"Open the pull request here: {COMPARE}\n" in result.output
    assert git(clone.fork, "rev-parse", BRANCH)


def test_a_token_opens_the_pull_request_and_finds_it_again(clone, monkeypatch):
    with Loopback() as github:
        github.add_token("ghp_a-persons", {"pull-requests": "write"}, login="ada")
        github.add_repository("klass/katas")
        monkeypatch.setenv("GH_TOKEN", "ghp_a-persons")
        monkeypatch.setenv("GITHUB_API_URL", github.url)

        first, second = open_pull(clone.plan()), open_pull(clone.plan())

    assert first.is_new
    assert second == (first.url, False)
    assert first.url.startswith("https://github.com/klass/katas/pull/")


def test_json_says_what_was_done(clone):
    result = clone.submit("--json")

    document = json.loads(result.stdout)
    assert document == {
        "schema": "kata-submit/1",
        "slug": "k_means",
        "attempt": 1,
        "branch": "kata/k_means",
        "upstream": "klass/katas",
        "fork": "ada/katas",
        "commit": git(clone.fork, "rev-parse", BRANCH),
        "pushed": True,
        "pull": None,
        "compare": COMPARE,
    }


def test_a_missing_remote_is_named_with_the_command_that_adds_it(clone):
    git(clone.root, "remote", "remove", "upstream")

    with pytest.raises(UsageError, match='no remote "upstream"') as caught:
        clone.plan()

    assert "git remote add upstream https://github.com/OWNER/NAME.git" in caught.value.fix


def test_a_remote_that_is_nowhere_on_github_is_refused(clone):
    git(clone.root, "remote", "set-url", "origin", "nowhere")

    with pytest.raises(UsageError, match="names no repository") as caught:
        clone.plan()

    assert "git remote set-url origin" in caught.value.fix


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/ada/ml-katas.git",
        "https://github.com/ada/ml-katas",
        "https://github.com/ada/ml-katas/",
        "git@github.com:ada/ml-katas.git",
        "ssh://git@github.com/ada/ml-katas.git",
    ],
)
def test_every_way_to_name_a_fork_is_understood(clone, url):
    git(clone.root, "remote", "set-url", "origin", url)

    assert clone.plan().fork == "ada/ml-katas"


def test_a_folder_without_git_is_said_so(tmp_path):
    with pytest.raises(UsageError, match="no git repository"):
        plan(tmp_path, "k_means", attempt=1, paths=(SOLUTION,))


def test_a_folder_inside_another_repository_is_refused(clone):
    with pytest.raises(UsageError, match="inside another"):
        plan(clone.root / "katas", "k_means", attempt=1, paths=(SOLUTION,))


def test_an_attempt_that_could_not_be_graded_is_not_delivered(clone):
    (clone.root / SOLUTION).unlink()
    (clone.root / SOLUTION).symlink_to("/etc/hostname")

    with pytest.raises(AttemptError, match="is a link"):
        raise clone.submit().exception

    assert git(clone.fork, "branch", "--format=%(refname)") == "refs/heads/main"


def test_a_nameless_learner_is_told_how_to_name_herself(clone, tmp_path):
    (tmp_path / "home" / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n")

    with pytest.raises(KataError, match="git does not know your name") as caught:
        push(clone.plan())

    assert "git config user.name" in caught.value.fix


def test_who_git_does_not_know_is_told_to_sign_in(clone, monkeypatch):
    hook = clone.fork / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'fatal: Authentication failed' >&2\nexit 1\n")
    hook.chmod(0o755)

    with pytest.raises(SignInError) as caught:
        push(clone.plan())

    assert caught.value.exit_code == 4


def test_a_branch_that_somebody_else_moved_meanwhile_is_left_alone(clone, tmp_path):
    elsewhere = tmp_path / "elsewhere.git"
    git(tmp_path, "clone", "-q", "--bare", clone.upstream, elsewhere)
    git(elsewhere, "update-ref", BRANCH, "main")
    # What is looked at and what is pushed to differ, as they do when somebody is quicker.
    git(clone.root, "remote", "set-url", "--push", "origin", elsewhere)

    with pytest.raises(KataError, match="somebody else moved the branch"):
        push(clone.plan())

    assert git(elsewhere, "rev-parse", BRANCH) == git(elsewhere, "rev-parse", "main")

"""Git takes nothing from its surroundings, and says what went wrong."""

import base64
import os
import time
from pathlib import Path

import pytest

from graders import git


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "some.git"
    folder.mkdir()
    git.run("init", "--quiet", "--bare", "--template=", cwd=folder)
    return folder


def test_a_command_gives_what_it_wrote(repository):
    oid = git.run("hash-object", "-w", "--stdin", cwd=repository, input=b"hello\n")

    assert oid == b"ce013625030ba8dba906f756967f9e9ca394464a\n"
    assert git.run("cat-file", "blob", oid.decode().strip(), cwd=repository) == b"hello\n"


def test_a_failure_says_what_where_and_what_to_do(repository):
    with pytest.raises(git.GitError) as caught:
        git.run("cat-file", "blob", "f" * 40, cwd=repository)

    assert caught.value.what == f"git cat-file {'f' * 40}: bad file"
    assert caught.value.where == "git cat-file"
    assert caught.value.fix
    assert caught.value.status == 128
    assert "bad file" in caught.value.said


def test_what_the_other_side_says_is_no_workflow_command(repository):
    with pytest.raises(git.GitError) as caught:
        git.run("rev-parse", "--verify", "##[add-mask]x\x1b[31m ::stop::", cwd=repository)

    assert "##[" not in str(caught.value)
    assert "::stop" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_a_command_that_takes_too_long_is_ended_with_its_children(repository):
    started = time.monotonic()

    with pytest.raises(git.GitError, match=r"took longer than 0\.3 seconds"):
        git.run("-c", "alias.wait=!sleep 30; true", "wait", cwd=repository, timeout=0.3)

    assert time.monotonic() - started < 10


def test_a_machine_without_git_is_told(repository, monkeypatch):
    monkeypatch.setenv("PATH", str(repository))

    with pytest.raises(git.GitError, match="cannot be started") as caught:
        git.run("version", cwd=repository)

    assert caught.value.fix == "install git, then try again"


def test_the_settings_of_the_machine_have_no_say(repository, tmp_path, monkeypatch):
    settings = tmp_path / ".gitconfig"
    settings.write_text("[user]\n\tname = Mallory\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'user.name'='Mallory'")
    monkeypatch.setenv("GIT_DIR", str(tmp_path))

    with pytest.raises(git.GitError):
        git.run("config", "user.name", cwd=repository)
    assert git.run("config", "user.name", cwd=repository, env=git.persons_own()) == b"Mallory\n"


def test_no_hook_runs(repository, tmp_path):
    hooks = repository / "hooks"
    hooks.mkdir()
    hook = hooks / "reference-transaction"
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    hook.chmod(0o755)
    tree = git.run("mktree", cwd=repository, input=b"").decode().strip()
    person = {f"GIT_{r}_{f}": "a@b" for r in ("AUTHOR", "COMMITTER") for f in ("NAME", "EMAIL")}
    commit = git.run("commit-tree", tree, "-m", "x", cwd=repository, env=person).decode().strip()

    git.run("update-ref", "refs/heads/main", commit, cwd=repository)

    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("url", ["ext::touch ran", "ssh://nowhere.invalid/x", "git://127.0.0.1/x"])
def test_only_safe_protocols_are_spoken(repository, url):
    with pytest.raises(git.GitError, match="not allowed"):
        git.run("ls-remote", url, cwd=repository)


def test_a_file_larger_than_allowed_is_not_written(repository):
    noise = os.urandom(3 << 20)

    with pytest.raises(git.GitError):
        git.run("hash-object", "-w", "--stdin", cwd=repository, input=noise, file_mib=1)
    assert git.run("hash-object", "-w", "--stdin", cwd=repository, input=noise, file_mib=4)


def test_a_token_is_shown_to_its_server_alone_and_never_in_the_words(repository):
    shown = git.authorisation("https://github.com/a/b.git", "s3cret")

    word = base64.b64encode(b"x-access-token:s3cret").decode()
    assert shown["GIT_CONFIG_VALUE_0"] == f"AUTHORIZATION: basic {word}"
    ask = ("config", "--get-urlmatch", "http.extraheader")
    told = git.run(*ask, "https://github.com/a/b.git", cwd=repository, env=shown)
    assert told.decode().strip() == shown["GIT_CONFIG_VALUE_0"]
    with pytest.raises(git.GitError):
        git.run(*ask, "https://example.org/a/b.git", cwd=repository, env=shown)


@pytest.mark.parametrize(
    ("url", "token"),
    [("https://github.com/a/b.git", ""), ("http://github.com/a", "t"), ("/srv/x.git", "t")],
    ids=["no token", "in clear", "a path"],
)
def test_no_token_goes_anywhere_else(url, token):
    assert git.authorisation(url, token) == {}


def test_where_a_repository_is(monkeypatch):
    monkeypatch.delenv("GITHUB_SERVER_URL", raising=False)
    assert git.remote_url("a/b") == "https://github.com/a/b.git"

    monkeypatch.setenv("GITHUB_SERVER_URL", "https://git.example.org/")
    assert git.remote_url("a/b") == "https://git.example.org/a/b.git"


def test_a_started_command_answers_questions(repository):
    process = git.start("cat-file", "--batch-command", cwd=Path(repository))
    out, _ = process.communicate(b"info " + b"f" * 40 + b"\n", timeout=10)

    assert out == b"f" * 40 + b" missing\n"

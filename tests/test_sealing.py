"""Hidden tests are sealed, sealed again, opened; and nothing is ever lost or let out."""

import io
import os
import stat
import subprocess
import tarfile

import pyrage
import pytest

from graders.catalogue import kata_version, load_catalogue, load_kata
from graders.catalogue.listing import index
from graders.errors import KataError, UsageError
from graders.sealing import Done, Recipients, make_key, read_key, read_recipients, seal, unseal
from graders.sealing.packing import MAX_BYTES, pack, shrink, unpack
from tests.kata_folders import problems_of, write_kata

SEALED_FILES = {"hidden.age", "hidden.sha256"}


class Holder:
    """Somebody with a key of their own."""

    def __init__(self):
        identity = pyrage.x25519.Identity.generate()
        self.secret, self.public = str(identity), str(identity.to_public())
        self.key = read_key({"KATA_AGE_KEY": self.secret})


ADA, BOB = Holder(), Holder()


def to(*holders):
    return Recipients([holder.public for holder in holders], where="--to")


def names(folder):
    return {path.name for path in folder.iterdir()}


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def folder(tmp_path):
    """Give a kata's folder outside any repository of git."""
    made = write_kata(tmp_path / "katas")
    (made / "hidden" / "reference").mkdir()
    (made / "hidden" / "reference" / "plain.py").write_text("def k_means(): ...\n")
    return made


@pytest.fixture
def sealed(folder):
    """Give the folder of a kata that is sealed to Ada."""
    assert seal(folder, to(ADA), key=ADA.key) is Done.SEALED
    return folder


def git(where, *words):
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *words]
    subprocess.run(command, cwd=where, check=True, capture_output=True)


@pytest.fixture
def repository(folder):
    """Give the top of a repository that holds everything but hidden tests."""
    top = folder.parents[1]
    git(top, "init", "-q", "-b", "main")
    git(top, "add", "katas/k_means/kata.toml")
    git(top, "commit", "-q", "-m", "a kata without its tests")
    return top


def refusal(act):
    with pytest.raises(KataError) as caught:
        act()
    assert caught.value.fix
    return str(caught.value)


# Sealing -----------------------------------------------------------------------


def test_what_was_sealed_comes_back_as_it_was(folder):
    before = contents(folder)

    sealing = seal(folder, to(ADA), key=ADA.key)
    between = names(folder)
    opening = unseal(folder, ADA.key)
    after = contents(folder)

    assert (sealing, opening) == (Done.SEALED, Done.OPENED)
    assert between >= SEALED_FILES
    assert "hidden" not in between
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() == SEALED_FILES


def test_nothing_of_the_tests_can_be_read_in_what_is_sealed(sealed):
    data = b"".join(contents(sealed)[name] for name in SEALED_FILES)

    assert b"test_hidden" not in data
    assert b"test_k_means" not in data


def test_what_is_opened_is_for_nobody_else(sealed):
    unseal(sealed, ADA.key)

    modes = {stat.S_IMODE(path.stat().st_mode) for path in (sealed / "hidden").rglob("*.py")}
    assert modes == {0o600}
    assert stat.S_IMODE((sealed / "hidden").stat().st_mode) == 0o700


def test_the_same_files_are_the_same_archive(folder):
    before = pack(folder / "hidden")

    (folder / "hidden" / "__pycache__").mkdir()
    (folder / "hidden" / "__pycache__" / "a.pyc").write_bytes(b"x")
    os.utime(folder / "hidden" / "test_k_means.py", (1, 1))
    (folder / "hidden" / "test_k_means.py").chmod(0o755)

    assert pack(folder / "hidden") == before


def test_what_did_not_change_is_not_sealed_again(sealed):
    before = contents(sealed)
    unseal(sealed, ADA.key)

    assert seal(sealed, to(ADA), key=ADA.key) is Done.UNCHANGED
    assert contents(sealed) == before


def test_what_an_author_changed_is_sealed_again(sealed):
    unseal(sealed, ADA.key)
    (sealed / "hidden" / "test_k_means.py").write_text("def test_more(solution): ...\n")

    assert seal(sealed, to(ADA), key=ADA.key) is Done.SEALED

    unseal(sealed, ADA.key)
    assert "test_more" in (sealed / "hidden" / "test_k_means.py").read_text()


def test_an_open_folder_that_differs_is_not_overwritten(sealed):
    unseal(sealed, ADA.key)
    (sealed / "hidden" / "test_k_means.py").write_text("work of an evening\n")

    said = refusal(lambda: unseal(sealed, ADA.key))

    assert "is there already, and differs from what is sealed" in said
    assert (sealed / "hidden" / "test_k_means.py").read_text() == "work of an evening\n"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (None, "without a key nobody here could open it again"),
        (BOB.key, "your key could not open it again"),
    ],
    ids=["no key", "another key"],
)
def test_plain_files_stay_where_nobody_could_open_them_again(folder, key, words):
    before = contents(folder)

    said = refusal(lambda: seal(folder, to(ADA), key=key))

    assert said == f"katas/k_means: {words}"
    assert contents(folder) == before


def test_plain_files_stay_when_asked_to_and_no_key_is_needed(folder):
    before = contents(folder)

    assert seal(folder, to(ADA), keeps_plain=True) is Done.SEALED

    assert before.items() <= contents(folder).items()
    assert names(folder) >= SEALED_FILES


def test_a_link_is_not_sealed(folder):
    (folder / "hidden" / "data").symlink_to("/etc")

    said = refusal(lambda: seal(folder, to(ADA), key=ADA.key))

    assert said == "katas/k_means/hidden/data: is a link or no file, and cannot be sealed"
    assert "hidden.age" not in names(folder)


@pytest.mark.parametrize("limit", ["MAX_BYTES", "MAX_FILES"])
def test_what_is_too_much_is_not_sealed(folder, monkeypatch, limit):
    monkeypatch.setattr(f"graders.sealing.packing.{limit}", 1)

    said = refusal(lambda: seal(folder, to(ADA), key=ADA.key))

    assert said.startswith("katas/k_means/hidden: holds more than ")


def test_nothing_to_seal_is_said(folder):
    (folder / "hidden").rename(folder / "aside")

    said = refusal(lambda: seal(folder, to(ADA), key=ADA.key))

    assert said == "katas/k_means: there is nothing to seal"


def test_plain_files_stay_where_what_is_sealed_beside_them_is_damaged(folder):
    seal(folder, to(ADA), keeps_plain=True)
    (folder / "hidden.age").write_bytes(to(ADA).encrypt(shrink(b"something else")))

    said = refusal(lambda: seal(folder, to(ADA), key=ADA.key))

    assert said == "katas/k_means: hidden.age is damaged"
    assert (folder / "hidden" / "test_k_means.py").is_file()


def test_a_damaged_seal_beside_plain_files_is_made_anew(folder):
    seal(folder, to(ADA), keeps_plain=True)
    (folder / "hidden.sha256").write_text("junk")

    assert seal(folder, to(ADA), key=ADA.key) is Done.SEALED
    assert unseal(folder, ADA.key) is Done.OPENED


def test_what_cannot_be_read_is_said(sealed):
    (sealed / "hidden.age").rename(sealed / "aside.age")
    (sealed / "hidden.age").mkdir()

    said = refusal(lambda: unseal(sealed, ADA.key))

    assert said == "katas/k_means/hidden.age: cannot be read: Is a directory"


def test_several_recipients_each_open_it(folder, tmp_path):
    seal(folder, to(ADA, BOB), key=BOB.key)

    for holder in (ADA, BOB):
        unseal(folder, holder.key)
        assert (folder / "hidden" / "test_k_means.py").is_file()
        seal(folder, to(BOB, ADA), key=holder.key)


# Rotation ------------------------------------------------------------------------


def test_rotation_shuts_out_the_old_key_and_needs_no_plain_file(sealed):
    version = kata_version(sealed)

    done = seal(sealed, to(BOB), key=ADA.key)

    assert done is Done.RESEALED
    assert "hidden" not in names(sealed)
    assert kata_version(sealed) == version
    assert "another key than yours" in refusal(lambda: unseal(sealed, ADA.key))
    assert unseal(sealed, BOB.key) is Done.OPENED


def test_rotation_with_the_same_recipients_changes_nothing(sealed):
    before = contents(sealed)

    assert seal(sealed, to(ADA)) is Done.UNCHANGED
    assert contents(sealed) == before


def test_rotation_without_the_old_key_is_refused(sealed):
    said = refusal(lambda: seal(sealed, to(BOB)))

    assert said == "katas/k_means: its recipients changed, and there is no key to open it with"


def test_an_environment_may_hold_the_old_and_the_new_key(sealed, tmp_path):
    (tmp_path / "new.txt").write_text(f"# mine\n\n{BOB.secret}\n")
    both = read_key({"KATA_AGE_KEY": ADA.secret, "KATA_AGE_KEY_FILE": str(tmp_path / "new.txt")})

    seal(sealed, to(BOB), key=both)

    assert unseal(sealed, both) is Done.OPENED


# A sealed catalogue -----------------------------------------------------------------


def test_a_version_is_the_same_sealed_and_open(folder):
    plain = load_kata(folder)

    seal(folder, to(ADA), key=ADA.key)
    closed = load_kata(folder)

    assert (plain.is_sealed, closed.is_sealed) == (False, True)
    assert closed.version == plain.version


@pytest.mark.parametrize("name", ["rubric.toml", "hidden/test_k_means.py"])
def test_the_version_of_a_sealed_kata_follows_its_graded_files(sealed, name):
    before = kata_version(sealed)

    unseal(sealed, ADA.key)
    with (sealed / name).open("a") as file:
        file.write("\n")
    seal(sealed, to(ADA), key=ADA.key)

    assert kata_version(sealed) != before


def test_the_version_of_a_sealed_kata_leaves_out_what_is_not_graded(sealed):
    before = kata_version(sealed)

    unseal(sealed, ADA.key)
    (sealed / "hidden" / "reference" / "other.py").write_text("def k_means(): ...\n")
    done = seal(sealed, to(ADA), key=ADA.key)

    assert (done, kata_version(sealed)) == (Done.SEALED, before)


def test_a_sealed_catalogue_lists_as_before(folder, tmp_path):
    cache = tmp_path / "index.json"
    before = index(folder.parent, cache=cache)

    seal(folder, to(ADA), key=ADA.key)

    assert index(folder.parent, cache=cache) == before
    assert list(load_catalogue(folder.parent)) == ["k_means"]


def test_byte_code_that_a_pull_left_behind_opens_nothing(sealed):
    (sealed / "hidden" / "__pycache__").mkdir(parents=True)

    assert load_kata(sealed).is_sealed
    assert unseal(sealed, ADA.key) is Done.OPENED
    assert (sealed / "hidden" / "test_k_means.py").is_file()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (None, "is missing"),
        ("", "does not hold the digests of hidden.tar, hidden.graded, hidden.recipients"),
        ("a" * 64, "does not hold the digests of hidden.tar, hidden.graded, hidden.recipients"),
        ("é", "cannot be read"),
    ],
    ids=["missing", "empty", "half", "not ascii"],
)
def test_a_seal_that_cannot_be_read_is_a_problem_of_the_kata(sealed, text, what):
    path = sealed / "hidden.sha256"
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")

    assert problems_of(sealed) == [
        (
            what,
            "katas/k_means/hidden.sha256",
            "seal the hidden tests again: kata dev seal k_means",
        )
    ]


# What somebody put in its place ---------------------------------------------------------


def age(sealed):
    return sealed / "hidden.age"


def tar_of(*entries):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as tar:
        for name, kind in entries:
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            tar.addfile(entry, io.BytesIO())
    return data.getvalue()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda data: data[:-1], "is damaged, or no file that age encrypted"),
        (lambda data: b"", "is damaged, or no file that age encrypted"),
        (
            lambda data: to(ADA).encrypt(shrink(b"mine")),
            "holds something else than hidden.sha256 tells",
        ),
        (lambda data: to(ADA).encrypt(b"mine"), "holds no archive of hidden tests"),
        (
            lambda data: to(ADA).encrypt(shrink(b"mine")[:-1]),
            "is cut off, or holds more than it may",
        ),
        (
            lambda data: to(ADA).encrypt(shrink(bytes(2 * MAX_BYTES))),
            "is cut off, or holds more than it may",
        ),
        (lambda data: to(BOB).encrypt(b"mine"), "is sealed to another key than yours"),
    ],
    ids=[
        "cut off",
        "empty",
        "another archive",
        "not compressed",
        "compressed and cut off",
        "bomb",
        "another key",
    ],
)
def test_a_sealed_file_is_believed_only_as_it_was_sealed(sealed, change, what):
    age(sealed).write_bytes(change(age(sealed).read_bytes()))

    assert refusal(lambda: unseal(sealed, ADA.key)) == f"katas/k_means/hidden.age: {what}"
    assert "hidden" not in names(sealed)


@pytest.mark.parametrize(
    "archive",
    [
        tar_of(("../solution.py", tarfile.REGTYPE)),
        tar_of(("/tmp/solution.py", tarfile.REGTYPE)),
        tar_of(("test_link.py", tarfile.SYMTYPE)),
        tar_of(("test_link.py", tarfile.LNKTYPE)),
        tar_of(("test_pipe.py", tarfile.FIFOTYPE)),
        b"no archive at all" * 100,
    ],
    ids=["up", "absolute", "link", "hard link", "pipe", "junk"],
)
def test_an_archive_writes_files_below_its_folder_and_nothing_else(tmp_path, archive):
    place = tmp_path / "katas" / "k_means"
    place.mkdir(parents=True)

    said = refusal(lambda: unpack(archive, place / "hidden"))

    assert said == "katas/k_means/hidden: what is sealed is no archive of hidden tests"
    assert contents(tmp_path) == {}


def test_a_seal_that_tells_another_version_is_refused_and_nothing_stays(sealed):
    lines = (sealed / "hidden.sha256").read_text().splitlines()
    lines[1] = f"{'0' * 64}  hidden.graded"
    (sealed / "hidden.sha256").write_text("\n".join(lines) + "\n")

    said = refusal(lambda: unseal(sealed, ADA.key))

    assert said == "katas/k_means/hidden.sha256: tells another version than what is sealed"
    assert not any("hidden" in name and name not in SEALED_FILES for name in names(sealed))


# History ------------------------------------------------------------------------------------


def test_what_was_never_committed_is_sealed(repository, folder):
    assert seal(folder, to(ADA), key=ADA.key) is Done.SEALED


def commit_hidden(top):
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "its tests")


def test_what_was_committed_is_not_sealed(repository, folder):
    commit_hidden(repository)

    said = refusal(lambda: seal(folder, to(ADA), key=ADA.key))

    assert said.startswith("katas/k_means/hidden: these tests are in the history in plain: commit ")
    assert said.endswith("; sealing hides nothing")
    assert "hidden" in names(folder)
    assert "hidden.age" not in names(folder)


def test_what_was_committed_on_another_branch_and_removed_is_not_sealed(repository, folder):
    git(repository, "checkout", "-q", "-b", "aside")
    commit_hidden(repository)
    git(repository, "rm", "-q", "-r", "--cached", "katas/k_means/hidden")
    git(repository, "commit", "-q", "-m", "hide them")
    (folder / "hidden" / "test_k_means.py").write_text("def test_changed(): ...\n")
    git(repository, "checkout", "-q", "main")
    folder.joinpath("hidden").mkdir(exist_ok=True)
    (folder / "hidden" / "test_k_means.py").write_text("def test_changed(): ...\n")

    assert "in the history in plain" in refusal(lambda: seal(folder, to(ADA), key=ADA.key))


def test_a_test_that_was_public_under_another_name_is_not_sealed(repository, folder):
    commit_hidden(repository)
    moved = folder.rename(folder.with_name("means"))

    said = refusal(lambda: seal(moved, to(ADA), key=ADA.key))

    assert "in the history in plain as katas/k_means/hidden/test_k_means.py" in said


def test_a_cut_off_history_tells_nothing(repository, folder, tmp_path):
    commit_hidden(repository)
    git(repository, "rm", "-q", "-r", "katas/k_means/hidden")
    git(repository, "commit", "-q", "-m", "hide them")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", str(shallow))
    clone = shallow / "katas" / "k_means"
    (clone / "hidden").mkdir()
    (clone / "hidden" / "test_k_means.py").write_text("def test_hidden(solution): ...\n")

    said = refusal(lambda: seal(clone, to(ADA), key=ADA.key))

    assert "the history here is cut off" in said


def test_who_knows_better_seals_what_was_committed(repository, folder):
    commit_hidden(repository)

    assert seal(folder, to(ADA), key=ADA.key, is_public=True) is Done.SEALED


# Keys -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["", "  \n"])
def test_an_empty_secret_is_no_key(value):
    assert read_key({"KATA_AGE_KEY": value}) is None


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        (
            {"KATA_AGE_KEY": "hunter2"},
            "KATA_AGE_KEY: what is set holds a line that is no age secret key",
        ),
        (
            {"KATA_AGE_KEY": ADA.secret[:-1]},
            "KATA_AGE_KEY: what is set holds a line that is no age secret key",
        ),
        ({"KATA_AGE_KEY": "# a comment"}, "KATA_AGE_KEY: holds no age secret key"),
        (
            {"KATA_AGE_KEY_FILE": "/nowhere/key"},
            "KATA_AGE_KEY_FILE: the key's file cannot be read: No such file or directory",
        ),
    ],
    ids=["a word", "cut off", "comment", "no file"],
)
def test_what_is_no_key_is_said_and_not_shown(environ, said):
    with pytest.raises(UsageError) as caught:
        read_key(environ)

    assert str(caught.value) == said
    assert "hunter2" not in f"{caught.value!r} {caught.value.__cause__!r}"


def test_a_key_does_not_show_itself():
    assert repr(ADA.key) == "<Key>"


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["age1xyz"], "a recipient is no age public key"),
        ([ADA.secret], "a secret key stands where a recipient belongs"),
        ([], "there is no recipient to seal to"),
    ],
    ids=["no key", "a secret", "none"],
)
def test_what_is_no_recipient_is_said_and_not_shown(tmp_path, words, what):
    (tmp_path / ".age-recipients").write_text("\n".join(["# the class", *words]))

    with pytest.raises(UsageError) as caught:
        read_recipients(tmp_path)

    assert caught.value.what == what
    assert caught.value.where == f"{tmp_path.name}/.age-recipients"
    assert ADA.secret not in f"{caught.value} {caught.value.fix}"


def test_a_new_key_is_for_its_owner_and_its_recipient_for_all(tmp_path):
    (tmp_path / ".age-recipients").write_text(ADA.public)  # no line end

    public = make_key(tmp_path / "key.txt", tmp_path)

    recipients = read_recipients(tmp_path)
    made = read_key({"KATA_AGE_KEY_FILE": str(tmp_path / "key.txt")})
    assert recipients.words == tuple(sorted([ADA.public, public]))
    assert made.decrypt(recipients.encrypt(b"plain")) == b"plain"
    assert stat.S_IMODE((tmp_path / "key.txt").stat().st_mode) == 0o600


def test_a_new_key_overwrites_no_other(tmp_path):
    (tmp_path / "key.txt").write_text("mine")

    with pytest.raises(UsageError, match="the new key cannot be written: File exists"):
        make_key(tmp_path / "key.txt", tmp_path)

    assert (tmp_path / "key.txt").read_text() == "mine"
    assert not (tmp_path / ".age-recipients").exists()

"""
What a locked-down process can and cannot do, tried on this machine's kernel.

A refused probe is also run without the kernel jail, where it must work: a probe that
fails anyway would prove nothing.
"""

import errno
import tomllib
from pathlib import Path

import pytest
from probing import PACKAGES, SUPPORT, in_the_jail, on_linux

PROBES = tomllib.loads(Path(__file__).with_name("probes.toml").read_text(encoding="utf-8"))
REFUSED, WORKS, NUMBERS = PROBES["refused"], PROBES["works"], PROBES["numbers"]


@in_the_jail
@pytest.mark.parametrize("what", REFUSED)
def test_the_jail_refuses_to(zygote, what):
    result = zygote.run(REFUSED[what])

    assert result["errno"] in {errno.EPERM, errno.EACCES}, result


@on_linux
@pytest.mark.parametrize("what", REFUSED)
def test_without_the_jail_nothing_refuses_to(zygote, what, tmp_path):
    result = zygote.run(REFUSED[what], kernel=False, threads=1, scratch=tmp_path)

    assert "error" not in result, result


@in_the_jail
@pytest.mark.parametrize("name", NUMBERS)
def test_the_jail_refuses_the_call(zygote, name):
    number = NUMBERS[name][("x86_64", "aarch64").index(SUPPORT.machine)]
    expected = errno.ENOSYS if name == "clone3" else errno.EPERM

    result = zygote.run(f"raw({number}, 0, 0, 0, 0, 0, 0)")

    assert result.get("errno") == expected, result


@in_the_jail
def test_a_terminal_command_gets_the_answer_of_a_plain_file(zygote):
    result = zygote.run("import fcntl; fcntl.ioctl(OUTPUT, 0x5412, b'x')")

    assert result["errno"] == errno.ENOTTY


@in_the_jail
@pytest.mark.parametrize("what", WORKS)
def test_in_the_jail_code_can(zygote, what):
    result = zygote.run(WORKS[what]["code"])

    assert result.get("answer") == WORKS[what]["answer"], result
    assert result["status"] == 0


@in_the_jail
def test_what_the_policy_does_not_name_cannot_be_imported(zygote):
    result = zygote.run("import colorsys", readable=(PACKAGES,))

    assert result["error"] in {"PermissionError", "ModuleNotFoundError"}


@in_the_jail
def test_a_file_that_the_policy_names_is_readable_and_its_neighbour_is_not(zygote, tmp_path):
    named, neighbour = tmp_path / "named", tmp_path / "neighbour"
    named.write_text("open")
    neighbour.write_text("closed")
    code = "answer = open({!r}).read()"

    first = zygote.run(code.format(str(named)), readable=(str(named),))
    second = zygote.run(code.format(str(neighbour)), readable=(str(named),))

    assert first.get("answer") == "open"
    assert second["errno"] == errno.EACCES


@in_the_jail
def test_the_rules_themselves_are_out_of_reach(zygote):
    result = zygote.run("import os; os.fstat(PREPARED.ruleset_fd)")

    assert result["errno"] == errno.EBADF


@in_the_jail
@pytest.mark.parametrize("version", range(1, SUPPORT.landlock_abi + 1))
def test_each_version_of_landlock_gives_reading_of_the_policy_and_no_more(zygote, version):
    code = f"""
old = PREPARED.support._replace(landlock_abi={version})
rules = landlock.ruleset((LIBRARY,), version={version})
lockdown.apply(PREPARED._replace(support=old, ruleset_fd=rules), kernel=True)
answer = [len(open(LIBRARY + "/heapq.py").read()) > 1000]
for path in ("/etc/passwd", "/proc/self/mem", ROOT + "/pyproject.toml"):
    try:
        open(path)
    except OSError as error:
        answer.append(error.errno)
"""

    result = zygote.run(code, kernel=False)

    assert result.get("answer") == [True, *[errno.EACCES] * 3], result


@in_the_jail
def test_a_version_of_landlock_that_is_yet_to_come_is_used_as_the_newest_known(zygote):
    code = "answer = landlock.ruleset((LIBRARY,), version=100) > 0"

    assert zygote.run(code, kernel=False).get("answer") is True


@in_the_jail
def test_a_link_out_of_what_is_readable_leads_nowhere(zygote, tmp_path):
    (tmp_path / "link").symlink_to("/etc/passwd")

    result = zygote.run(f"open({str(tmp_path / 'link')!r})", readable=(str(tmp_path),))

    assert result["errno"] == errno.EACCES


@in_the_jail
def test_an_abort_still_ends_the_process(zygote):
    result = zygote.run("import os; os.abort()")

    assert result["status"] != 0


@in_the_jail
def test_a_call_of_the_32_bit_table_kills_the_process(zygote):
    if SUPPORT.machine != "x86_64":
        pytest.skip("int 0x80 is of x86")
    # mov eax, 20 (getpid); int 0x80; ret
    code = r"""
import ctypes, mmap
page = mmap.mmap(-1, 4096, flags=0x22, prot=7)
page.write(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
"""

    assert zygote.run(code)["status"] == -31  # SIGSYS

"""How a process is locked down: step by step, by a zygote, or not at all."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from probing import POLICY, ROOT, in_the_jail, on_linux

from graders.sandbox import lockdown


@pytest.fixture
def waiting():
    """Start a zygote whose one worker waits; gives both process numbers and the worker's pipe."""
    script = f"""
import os, sys, time
sys.path.append({str(ROOT)!r})
from graders.sandbox import lockdown
prepared = lockdown.prepare(lockdown.Policy((), 1 << 28, 5, 0, 64, 0))
if os.fork() == 0:
    lockdown.apply(prepared, kernel=True)
    os.write(1, b"%d\\n" % os.getpid())
time.sleep(20)
os.write(1, b"outlived")
"""
    parent = subprocess.Popen([sys.executable, "-I", "-S", "-c", script], stdout=subprocess.PIPE)
    yield parent, int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()


@in_the_jail
def test_a_worker_holds_no_capability_and_its_filter_is_in_force(waiting):
    _, worker = waiting
    lines = Path(f"/proc/{worker}/status").read_text().splitlines()

    status = {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}

    assert {int(status[key], 16) for key in ("CapEff", "CapPrm", "CapInh", "CapAmb")} == {0}
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")


@in_the_jail
def test_no_process_of_the_same_user_can_look_into_a_worker(waiting):
    _, worker = waiting

    owner = Path(f"/proc/{worker}/mem").stat().st_uid

    assert owner == 0


@in_the_jail
def test_a_worker_dies_with_its_zygote(waiting):
    parent, _ = waiting

    parent.kill()

    assert parent.stdout.read() == b""  # comes when the last holder of the pipe is gone


@in_the_jail
def test_a_worker_whose_zygote_is_gone_does_not_start(zygote):
    code = """
import os
orphan = PREPARED._replace(process=1 if os.getppid() != 1 else 2)
try: lockdown.apply(orphan, kernel=True)
except OSError as error: answer = [error.errno, str(error)]
"""

    result = zygote.run(code, kernel=False)

    assert result["answer"][0] == errno.ESRCH
    assert "PR_SET_PDEATHSIG: the process that started this one is gone" in result["answer"][1]


@in_the_jail
@pytest.mark.parametrize(
    ("change", "step"),
    [("ruleset_fd=-1", "landlock_restrict_self"), ("program=b'x' * 8", "seccomp")],
    ids=["ruleset", "filter"],
)
def test_a_step_that_fails_is_named(zygote, change, step):
    code = f"""
try: lockdown.apply(PREPARED._replace({change}), kernel=True)
except OSError as error: answer = str(error)
"""

    result = zygote.run(code, kernel=False)

    assert f"] {step}: " in result["answer"]


def test_without_a_kernel_jail_nobody_is_told_there_is_one():
    support = lockdown.Support(0, seccomp=False, machine="vax", reason="there is no such table.")
    prepared = lockdown.Prepared(POLICY, support, os.getpid(), -1, b"")

    with pytest.raises(OSError, match="lockdown: there is no such table") as caught:
        lockdown.apply(prepared, kernel=True)

    assert caught.value.errno == errno.ENOSYS


@on_linux
def test_looking_changes_nothing():
    before = Path("/proc/self/status").read_text().split("Seccomp:")[1].split()[0]

    first, second = lockdown.probe(), lockdown.probe()

    after = Path("/proc/self/status").read_text().split("Seccomp:")[1].split()[0]
    assert first == second
    assert (first.reason == "") == (first.seccomp and first.landlock_abi > 0)
    assert before == after


@pytest.mark.parametrize(
    ("system", "sentence"),
    [
        ("darwin", "a kernel jail needs Linux; this is darwin."),
        ("win32", "a kernel jail needs Linux; this is win32."),
    ],
)
def test_on_another_system_only_the_limits_are_left(system, sentence):
    script = f"""
import os, sys
sys.path.append({str(ROOT)!r})
sys.platform = {system!r}
if sys.platform == "win32":
    del os.uname
    sys.modules["resource"] = None
from graders.sandbox import lockdown
prepared = lockdown.prepare(lockdown.Policy(("/etc",), 1 << 30, 5, 4096, 64, 0))
lockdown.apply(prepared, kernel=False)
print(prepared.support.reason, prepared.ruleset_fd, len(prepared.program))
"""

    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=False
    )

    assert done.stdout == f"{sentence} -1 0\n", done.stderr


def test_a_machine_without_a_table_is_named():
    script = f"""
import os, sys
sys.path.append({str(ROOT)!r})
sys.platform = "linux"
os.uname = lambda: os.uname_result(("Linux", "", "", "", "armv7l"))
from graders.sandbox import lockdown
print(lockdown.probe().reason)
"""

    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=False
    )

    assert done.stdout == "there is no system-call table for this Python, on armv7l.\n", done.stderr

"""
What a locked-down process can and cannot do, tried on this machine's kernel.

Each probe is a few lines of code, run in a child forked for it by a process that
was started as a zygote is. A refused probe is also run without the kernel jail, where it
must work: a probe that fails anyway would prove nothing.
"""

import errno
import json
import os
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import numpy as np
import pytest

from graders.sandbox import lockdown

ROOT = Path(__file__).resolve().parents[2]
ZYGOTE = Path(__file__).with_name("probe_zygote.py")
PACKAGES = str(Path(np.__file__).parents[1])
LIBRARY = sysconfig.get_path("stdlib")
MIB = 1 << 20
POLICY = lockdown.Policy(
    readable=(LIBRARY, PACKAGES, "/nowhere/at/all"),
    memory_bytes=256 * MIB,
    cpu_seconds=5,
    output_bytes=4096,
    open_files=64,
    threads=0,
)
SUPPORT = lockdown.probe()
in_the_jail = pytest.mark.skipif(bool(SUPPORT.reason), reason=SUPPORT.reason or "there is a jail")

PROBES = tomllib.loads(Path(__file__).with_name("probes.toml").read_text(encoding="utf-8"))
REFUSED, WORKS, NUMBERS = PROBES["refused"], PROBES["works"], PROBES["numbers"]


class Zygote:
    """A probe zygote; ``run`` gives what one probe came to."""

    def __init__(self, scratch):
        self.scratch = scratch
        words = [sys.executable, "-I", "-S", str(ZYGOTE), str(ROOT), PACKAGES]
        self.process = subprocess.Popen(
            words,
            env={"OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, code, *, kernel=True, **changes):
        self.scratch.mkdir(exist_ok=True)
        (self.scratch / "file").write_text("some text")
        order = {
            "code": code,
            "names": {"SCRATCH": str(self.scratch), "ROOT": str(ROOT), "LIBRARY": LIBRARY},
            "file": str(self.scratch / "file"),
            "kernel": kernel,
            "policy": POLICY._replace(**changes)._asdict(),
        }
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def zygote(tmp_path_factory):
    zygote = Zygote(tmp_path_factory.mktemp("probes") / "scratch")
    yield zygote
    zygote.close()


@in_the_jail
@pytest.mark.parametrize("what", REFUSED)
def test_the_jail_refuses_to(zygote, what):
    result = zygote.run(REFUSED[what])

    assert result["errno"] in {errno.EPERM, errno.EACCES}, result


@pytest.mark.skipif(sys.platform != "linux", reason="the probes speak to Linux")
@pytest.mark.parametrize("what", REFUSED)
def test_without_the_jail_nothing_refuses_to(zygote, what, tmp_path):
    zygote.scratch = tmp_path / "scratch"

    result = zygote.run(REFUSED[what], kernel=False, threads=1)

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
def test_a_link_out_of_what_is_readable_leads_nowhere(zygote, tmp_path):
    (tmp_path / "link").symlink_to("/etc/passwd")

    result = zygote.run(f"open({str(tmp_path / 'link')!r})", readable=(str(tmp_path),))

    assert result["errno"] == errno.EACCES


THREE_THREADS = """
import threading
seen = []
threads = [threading.Thread(target=seen.append, args=(i,)) for i in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
answer = sorted(seen)
"""


@in_the_jail
def test_threads_start_where_the_policy_allows_them(zygote):
    assert zygote.run(THREE_THREADS, threads=3).get("answer") == [0, 1, 2]


@in_the_jail
def test_no_thread_starts_where_the_policy_has_none(zygote):
    assert zygote.run(THREE_THREADS, threads=0)["error"] == "RuntimeError"


@in_the_jail
@pytest.mark.parametrize("what", ["fork", "spawn", "run a program"])
def test_where_threads_are_allowed_no_process_starts_to(zygote, what):
    assert zygote.run(REFUSED[what], threads=3)["errno"] == errno.EPERM


@in_the_jail
def test_the_jail_holds_a_thread_as_well(zygote):
    code = """
import threading
def look():
    global answer
    try: open('/etc/passwd')
    except OSError as error: answer = error.errno
thread = threading.Thread(target=look); thread.start(); thread.join()
"""

    assert zygote.run(code, threads=1).get("answer") == errno.EACCES


def test_output_ends_at_its_cap(zygote):
    code = """
import sys
stream = open(OUTPUT, 'w', closefd=False, buffering=1)
for _ in range(1000): print('x' * 99, file=stream)
"""

    result = zygote.run(code, output_bytes=1000)

    assert (result["error"], result["errno"]) == ("OSError", errno.EFBIG)
    assert result["written"] == 1000


@in_the_jail
@pytest.mark.parametrize(
    "code",
    [
        "bytearray(1 << 30)",
        "x = [0] * (1 << 28)",
        "x = []\nwhile True: x.append('y' * 100_000 + str(len(x)))",
        "import numpy as np; np.ones(1 << 28)",
        "import numpy as np; np.zeros((1 << 14, 1 << 14)) + 1",
    ],
    ids=["bytes", "list", "pieces", "array", "sum of arrays"],
)
def test_memory_ends_in_a_memory_error(zygote, code):
    result = zygote.run(code)

    assert "MemoryError" in result["error"]
    assert result["status"] == 0


@in_the_jail
def test_mapped_memory_counts_as_well(zygote):
    result = zygote.run("import mmap; mmap.mmap(-1, 1 << 30, flags=0x22)")

    assert result["errno"] == errno.ENOMEM


@in_the_jail
def test_filled_memory_that_is_made_read_only_does_not_grow_for_ever(zygote):
    protect = 10 if SUPPORT.machine == "x86_64" else 226
    code = f"""
import ctypes, mmap
size = 16 << 20
kept = []
for answer in range(0, 100 << 30, size):
    piece = mmap.mmap(-1, size, flags=0x22)
    piece[::4096] = bytes(size // 4096)
    address = ctypes.addressof(ctypes.c_char.from_buffer(piece))
    raw({protect}, address, size, 1)
    kept.append(piece)
"""

    result = zygote.run(code)

    assert result["errno"] == errno.ENOMEM


@in_the_jail
def test_descriptors_run_out(zygote):
    result = zygote.run("kept = [open(LIBRARY + '/heapq.py') for _ in range(100)]")

    assert result["errno"] == errno.EMFILE


@pytest.mark.slow
@pytest.mark.parametrize("kernel", [pytest.param(True, marks=in_the_jail), False])
def test_processor_time_ends_in_a_kill_that_cannot_be_handled(zygote, kernel):
    code = "import signal; signal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass"

    result = zygote.run(code, kernel=kernel, cpu_seconds=1)

    assert result["status"] == -9


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
time.sleep(60)
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


def test_looking_changes_nothing():
    if sys.platform != "linux":
        pytest.skip("/proc is Linux's")
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

"""What a locked-down process can use up."""

import errno
import tomllib
from pathlib import Path

import pytest
from probing import SUPPORT, in_the_jail, on_linux

REFUSED = tomllib.loads(Path(__file__).with_name("probes.toml").read_text(encoding="utf-8"))[
    "refused"
]


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


@on_linux
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
        "bytearray(300 << 20)",
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


@on_linux
@pytest.mark.slow
@pytest.mark.parametrize("kernel", [pytest.param(True, marks=in_the_jail), False])
def test_processor_time_ends_in_a_kill_that_cannot_be_handled(zygote, kernel):
    code = "import signal; signal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass"

    result = zygote.run(code, kernel=kernel, cpu_seconds=1)

    assert result["status"] == -9

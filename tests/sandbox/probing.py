"""
Trying code in a locked-down process.

Each probe is a few lines of code, run in a child forked for it by a process that
was started as a zygote is.
"""

import json
import subprocess
import sys
import sysconfig
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

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the probes speak to Linux")


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

    def run(self, code, *, kernel=True, scratch=None, **changes):
        scratch = scratch or self.scratch
        (scratch / "file").write_text("some text")
        order = {
            "code": code,
            "names": {"SCRATCH": str(scratch), "ROOT": str(ROOT), "LIBRARY": LIBRARY},
            "file": str(scratch / "file"),
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

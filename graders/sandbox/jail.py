"""Chooses how a worker is confined, and starts the zygote that forks workers."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, Self

from graders.errors import CannotGrade
from graders.model.limits import Limits
from graders.sandbox import bubblewrap, lockdown
from graders.sandbox.frames import (
    BadFrameError,
    ClosedError,
    DescriptorChannel,
    receive_frame,
    send_frame,
)
from graders.sandbox.observing import pid_behind
from graders.sandbox.places import package_path, readable

_ROOT = Path(__file__).resolve().parents[2]
# The interpreter itself rather than a virtual environment's link to it: fewer files to show.
_PYTHON: str = getattr(sys, "_base_executable", None) or sys.executable
_BOOT = (
    "import sys; stdlib = list(sys.path); sys.path[:0] = sys.argv[2:]; "
    "from graders.sandbox.zygote import main; main(int(sys.argv[1]), stdlib)"
)
_MIB = 1 << 20
_BUFFER_BYTES = 1 << 20
_MAX_ORDER = 1 << 16


class Strictness(StrEnum):
    """What to do where the kernel's jail cannot be had."""

    AUTO = "auto"
    STRICT = "strict"


class Tier(NamedTuple):
    """How a worker is confined: a letter, a name, and whether the kernel does it."""

    letter: str
    name: str
    kernel: bool
    namespaces: bool
    why_not_better: str


def choose_tier(strictness: Strictness = Strictness.AUTO) -> Tier:
    """
    Choose the strongest tier that works here.

    Raises:
        CannotGrade: Strict was asked for and the kernel offers too little.
    """
    if sys.platform == "win32":
        raise CannotGrade("there is no sandbox for Windows", fix="run kata in WSL")
    support = lockdown.probe()
    if support.reason:
        if strictness is Strictness.STRICT:
            raise CannotGrade(
                f"no strict sandbox on this machine: {support.reason}",
                fix="kata doctor, or --sandbox auto for feedback that nobody else relies on",
            )
        return Tier("C", "process", False, False, support.reason)
    if os.environ.get("KATA_BWRAP") != "0" and bubblewrap.works():
        return Tier("A", "bubblewrap+landlock+seccomp", True, True, "")
    return Tier("B", "landlock+seccomp", True, False, "bubblewrap is not installed or not allowed")


class Order(NamedTuple):
    """What a jail is wanted for."""

    limits: Limits
    packages: tuple[str, ...] = ()
    forbidden_imports: tuple[str, ...] = ()
    forbidden_names: tuple[str, ...] = ()
    forbidden_methods: tuple[str, ...] = ()
    preload: tuple[str, ...] = ()
    also_readable: tuple[str, ...] = ()
    memory_extra_mib: int = 0


class Process(NamedTuple):
    """One worker process, seen from outside."""

    socket: socket.socket
    pid: int
    pidfd: int
    output: int


class Jail:
    """A running zygote; starting it does not wait: numpy loads there while pytest loads here."""

    def __init__(self, order: Order, tier: Tier) -> None:
        self.tier = tier
        self.order = order
        self._zygote: subprocess.Popen[bytes] | None = None
        self._became: dict[int, subprocess.Popen[bytes]] = {}  # workers, where there is no fork
        self._control: socket.socket | None = None
        self._ready = False
        self._told = self._config()
        self._errors = _output_file()  # the zygote's own words, should it break
        self._start()

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        modules = [*package_path(["msgspec"]), str(_ROOT)]
        command = [_PYTHON, "-I", "-S", "-B", "-c", _BOOT, str(theirs.fileno()), *modules]
        if self.tier.namespaces:
            wanted = [*self._readable(), *modules, str(Path(__file__).parent)]
            command = [*(bubblewrap.command(wanted, _PYTHON) or ()), *command]
        self._zygote = subprocess.Popen(
            command,
            env={},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._errors,
            cwd="/",
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        self._control = ours
        self._ready = False
        self._send(self._told)

    def _readable(self) -> tuple[str, ...]:
        order = self.order
        return (
            *readable(order.packages, forbidden=order.forbidden_imports),
            *order.also_readable,
        )

    def _config(self) -> dict[str, Any]:
        order, limits = self.order, self.order.limits
        forbidden = {name.partition(".")[0] for name in order.forbidden_imports}
        wanted = [name for name in order.packages if name not in forbidden]
        return {
            "path": package_path(wanted),
            "preload": [*wanted, *order.preload],
            "readable": list(self._readable()),
            "kernel": self.tier.kernel,
            "forks": sys.platform == "linux",
            "memory_bytes": (limits.memory_mib + order.memory_extra_mib) * _MIB,
            "cpu_seconds": int(limits.attempt_cpu_seconds) + 2,
            "output_bytes": limits.output_kib * 1024,
            "open_files": 64,
            "threads": limits.threads,
            "forbidden_imports": list(order.forbidden_imports),
            "forbidden_names": list(order.forbidden_names),
            "forbidden_methods": list(order.forbidden_methods),
        }

    def _send(self, message: Any) -> None:
        assert self._control is not None
        try:
            send_frame(DescriptorChannel(self._control.fileno()), message)
        except OSError as error:
            raise self._broken() from error

    def _receive(self, kind: str) -> list[Any]:
        assert self._control is not None
        try:
            answer: list[Any]
            answer, _ = receive_frame(
                DescriptorChannel(self._control.fileno()), max_bytes=_MAX_ORDER
            )
        except (ClosedError, BadFrameError, OSError) as error:
            raise self._broken() from error
        if answer[0] != kind:
            raise self._broken()
        return answer

    def _broken(self) -> CannotGrade:
        return CannotGrade(
            f"the sandbox ({self.tier.name}) did not start or broke off{self._last_words()}",
            fix="kata doctor",
        )

    def _last_words(self) -> str:
        lines = os.pread(self._errors, _MAX_ORDER, 0).decode("utf-8", "replace").split("\n")
        last = [line.strip() for line in lines if line.strip()][-1:]
        return f": {last[0]}" if last else ""

    def wait(self) -> None:
        """
        Wait until the zygote has loaded what its workers need.

        Raises:
            CannotGrade: It did not start.
        """
        if self._zygote is None:
            self._start()
        if not self._ready:
            self._receive("ready")
            self._ready = True

    def spawn(self) -> Process:
        """
        Start a fresh worker.

        Raises:
            CannotGrade: The zygote is gone.
        """
        self.wait()
        ours, theirs = socket.socketpair()
        for end in (ours, theirs):
            for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
                end.setsockopt(socket.SOL_SOCKET, option, _BUFFER_BYTES)
        output = _output_file()
        assert self._control is not None
        try:
            with theirs:
                self._send(["spawn"])
                socket.send_fds(self._control, [b"w"], [theirs.fileno(), output])
            told = self._receive("spawned") if sys.platform == "linux" else []
        except (CannotGrade, OSError) as error:
            ours.close()
            os.close(output)
            raise self._broken() from error
        if sys.platform != "linux":
            return Process(ours, self._become_worker(), -1, output)
        _, pid, has_pidfd = told
        pidfd = -1
        if has_pidfd:
            _, (pidfd, *_), _, _ = socket.recv_fds(self._control, 1, 1)
            pid = pid_behind(pidfd) or pid
        return Process(ours, pid, pidfd, output)

    def _become_worker(self) -> int:
        """Let the zygote be the worker that it has become, and the next one be new."""
        assert self._zygote is not None
        assert self._control is not None
        self._control.close()
        worker, self._zygote, self._control = self._zygote, None, None
        self._became[worker.pid] = worker
        return worker.pid

    def reap(self, process: Process) -> int:
        """
        End a worker and give its wait status.

        A worker that has died by itself keeps the status it died with.
        """
        process.socket.close()
        os.close(process.output)
        status = 0
        if sys.platform == "linux":
            pid = pid_behind(process.pidfd, inner=True) if self.tier.namespaces else process.pid
            self._send(["reap", pid])
            status = int(self._receive("reaped")[1])
        else:
            status = _ended(self._became.pop(process.pid))
        if process.pidfd >= 0:
            os.close(process.pidfd)
        return status

    def close(self) -> None:
        """End the zygote and every worker of it."""
        if self._control is not None:
            self._control.close()
        if self._zygote is not None:
            self._zygote.kill()  # its workers asked the kernel to die with it
            self._zygote.wait()
        while self._became:
            _ended(self._became.popitem()[1])
        os.close(self._errors)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _ended(worker: subprocess.Popen[bytes]) -> int:
    """End a process that is no zygote any more; give its wait status."""
    worker.kill()
    code = worker.wait()
    return -code if code < 0 else code << 8


def _output_file() -> int:
    if hasattr(os, "memfd_create"):
        return os.memfd_create("output", os.MFD_CLOEXEC)
    import tempfile

    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())

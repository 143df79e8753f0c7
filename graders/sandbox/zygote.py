"""
Forks a worker per attempt, and never runs a learner's code itself.

Started with an empty environment and one socket. It preloads what the kata
names, answers ``spawn`` and ``reap``, and ends when the socket does; its
workers die with it. On a system without a safe fork it becomes the one worker.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import sys
from typing import Any

import msgspec

from graders.sandbox import lockdown, tags
from graders.sandbox import worker as worker_module
from graders.sandbox.arming import arm
from graders.sandbox.frames import ClosedError, DescriptorChannel, receive_frame, send_frame
from graders.sandbox.worker import Worker

# Loaded for all, so that a solution's imports neither take its time nor count as its memory.
_PRELOADED = (
    *("typing", "collections.abc", "dataclasses", "functools", "heapq", "bisect", "math"),
    *("collections", "contextlib", "copy", "enum", "itertools", "operator", "queue", "re"),
)
_LAST_DESCRIPTOR = 1024
# A second thread here would make fork unsafe, and more memory than the kata allows.
_SINGLE_THREADED = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"
)
_MAX_ORDER = 1 << 20


class Config(msgspec.Struct, frozen=True):
    """
    What one zygote is for.

    Attributes:
        path: Where third-party packages are found.
        preload: Modules to import before the first fork.
        kernel: Whether the kernel's jail is put on.
        forks: Whether each spawn forks; else the first one becomes the worker.
    """

    path: list[str]
    preload: list[str]
    readable: list[str]
    kernel: bool
    forks: bool
    memory_bytes: int
    cpu_seconds: int
    output_bytes: int
    open_files: int
    threads: int
    forbidden_imports: list[str]
    forbidden_names: list[str]
    forbidden_methods: list[str]


def main(descriptor: int, stdlib: list[str]) -> None:
    """
    Serve the control socket until it closes.

    Args:
        descriptor: The control socket.
        stdlib: ``sys.path`` as the interpreter made it, without our own places.
    """
    control = socket.socket(fileno=descriptor)
    channel = DescriptorChannel(descriptor)
    order, _ = receive_frame(channel, max_bytes=_MAX_ORDER)
    config = msgspec.convert(order, Config)
    sys.path[:] = stdlib + config.path
    os.environ.update(_SINGLE_THREADED)
    for name in (*_PRELOADED, *config.preload):
        __import__(name)
    policy = lockdown.Policy(
        readable=tuple(config.readable),
        memory_bytes=config.memory_bytes,
        cpu_seconds=config.cpu_seconds,
        output_bytes=config.output_bytes,
        open_files=config.open_files,
        threads=config.threads,
    )
    prepared = lockdown.prepare(policy)
    gc.collect()
    gc.freeze()
    with contextlib.suppress(ClosedError, ConnectionError):
        send_frame(channel, ["ready", os.getpid()])
        _serve(control, channel, config, prepared)


def _serve(
    control: socket.socket,
    channel: DescriptorChannel,
    config: Config,
    prepared: lockdown.Prepared,
) -> None:
    while True:
        order, _ = receive_frame(channel, max_bytes=_MAX_ORDER)
        if order[0] == "spawn":
            _, descriptors, _, _ = socket.recv_fds(control, 1, 2)
            pid = os.fork() if config.forks else 0
            if pid == 0:
                _become_worker(control, descriptors, config, prepared)
            for number in descriptors:
                os.close(number)
            pidfd = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else -1
            send_frame(channel, ["spawned", pid, pidfd >= 0])
            if pidfd >= 0:
                socket.send_fds(control, [b"p"], [pidfd])
                os.close(pidfd)
        elif order[0] == "reap":  # a worker that died by itself keeps its own status
            with contextlib.suppress(ProcessLookupError):
                os.kill(order[1], signal.SIGKILL)
            send_frame(channel, ["reaped", os.waitpid(order[1], 0)[1]])


def _become_worker(  # pragma: no cover - runs locked down
    control: socket.socket, descriptors: list[int], config: Config, prepared: lockdown.Prepared
) -> None:
    """Turn this process into a worker; does not return."""
    status = 70
    try:
        control.detach()
        channel, output = descriptors
        os.dup2(output, 1)
        os.dup2(output, 2)
        for number in range(3, _LAST_DESCRIPTOR):
            if number not in (channel, prepared.ruleset_fd):
                with contextlib.suppress(OSError):
                    os.close(number)
        sys.stdout = open(1, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
        lockdown.apply(prepared, kernel=config.kernel)
        _work(channel, config)
        status = 0
    except MemoryError:
        status = tags.NO_MEMORY_LEFT
    except BaseException as error:  # noqa: BLE001 - the judge reads the reason
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(status)


def _work(channel: int, config: Config) -> None:  # pragma: no cover - runs locked down
    def arm_worker(worker: Worker) -> dict[str, Any]:
        return arm(
            worker.refusals,
            imports=config.forbidden_imports,
            names=config.forbidden_names,
            methods=config.forbidden_methods,
            own=worker_module.__file__,
        )

    stream = DescriptorChannel(channel)
    send_frame(stream, ["locked down"])
    Worker(stream, arm=arm_worker).serve()

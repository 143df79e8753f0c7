"""The zygote's loop, up to the fork: what follows runs locked down."""

import gc
import os
import socket
import subprocess
import sys
import threading

import msgspec
import pytest

from graders.sandbox import zygote
from graders.sandbox.frames import DescriptorChannel, receive_frame, send_frame

CONFIG = zygote.Config(
    path=["/nowhere/packages"],
    preload=["string"],
    readable=[],
    kernel=False,
    forks=True,
    memory_bytes=1 << 28,
    cpu_seconds=5,
    output_bytes=1 << 16,
    open_files=64,
    threads=0,
    forbidden_imports=[],
    forbidden_names=[],
    forbidden_methods=[],
)
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it forks on Linux only")


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # a zygote ends with its socket
def test_it_gets_ready_forks_reaps_and_ends_with_the_socket(monkeypatch):
    worker = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(os, "fork", lambda: worker.pid)
    monkeypatch.setattr(sys, "path", list(sys.path))
    for name in zygote._SINGLE_THREADED:
        monkeypatch.setenv(name, "7")
    ours, theirs = socket.socketpair()
    told, given = [], os.memfd_create("output")

    def judge():
        channel = DescriptorChannel(ours.fileno())
        send_frame(channel, msgspec.to_builtins(CONFIG))
        told.append(receive_frame(channel, max_bytes=1 << 16)[0])
        send_frame(channel, ["spawn"])
        socket.send_fds(ours, [b"w"], [given, given])
        told.append(receive_frame(channel, max_bytes=1 << 16)[0])
        _, descriptors, _, _ = socket.recv_fds(ours, 1, 1)
        send_frame(channel, ["no such order"])
        send_frame(channel, ["reap", worker.pid])
        told.append(receive_frame(channel, max_bytes=1 << 16)[0])
        os.close(descriptors[0])
        ours.close()

    thread = threading.Thread(target=judge)
    thread.start()
    zygote.main(theirs.detach(), ["/nowhere/stdlib"])
    thread.join()

    gc.unfreeze()
    os.close(given)
    worker.returncode = -9
    assert told == [["ready", os.getpid()], ["spawned", worker.pid, True], ["reaped", 9]]
    assert sys.path == ["/nowhere/stdlib", "/nowhere/packages"]
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"

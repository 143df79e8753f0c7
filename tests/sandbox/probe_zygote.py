"""
A process that forks a locked-down child for each piece of code it is sent.

One line of JSON in, ``{"code", "names", "file", "policy", "kernel"}``; one out: what the child's
``answer`` became, or the error it met, and how the child ended.
"""

import ctypes
import importlib
import json
import os
import select
import signal
import sys
import time


def main(root, packages):
    sys.path += [root, packages]
    lockdown = importlib.import_module("graders.sandbox.lockdown")
    importlib.import_module("numpy")
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(lockdown, json.loads(line))) + "\n")
        sys.stdout.flush()


def answer(lockdown, order):
    policy = lockdown.Policy(**{**order["policy"], "readable": tuple(order["policy"]["readable"])})
    prepared = lockdown.prepare(policy)
    reader, writer = os.pipe()
    output = os.memfd_create("output")
    child = os.fork()
    if child == 0:
        os.close(reader)
        names = {"OUTPUT": output, "FILE": os.open(order["file"], os.O_RDONLY), "raw": raw}
        names |= {
            "PREPARED": prepared,
            "lockdown": lockdown,
            "landlock": lockdown.landlock,
            **order["names"],
        }
        become_probe(prepared, order, names, writer)
    os.close(writer)
    if prepared.ruleset_fd >= 0:
        os.close(prepared.ruleset_fd)
    reply = read_all(reader, child)
    _, status = os.waitpid(child, 0)
    reply["status"] = os.waitstatus_to_exitcode(status)
    reply["written"] = os.lseek(output, 0, os.SEEK_END)
    os.close(reader)
    os.close(output)
    return reply


def read_all(reader, child, seconds=20):
    text = b""
    deadline = time.monotonic() + seconds
    while True:
        ready, _, _ = select.select([reader], [], [], max(0, deadline - time.monotonic()))
        if not ready:
            os.kill(child, signal.SIGKILL)
            return {"error": "HUNG"}
        chunk = os.read(reader, 65536)
        if not chunk:
            return json.loads(text) if text else {}
        text += chunk


def become_probe(prepared, order, names, writer):
    try:
        names["lockdown"].apply(prepared, kernel=order["kernel"])
        exec(compile(order["code"], "probe", "exec"), names)
        reply = {"answer": names.get("answer")}
    except BaseException as error:
        code = getattr(error, "errno", None)
        reply = {"error": type(error).__name__, "errno": code, "text": str(error)}
    os.write(writer, json.dumps(reply).encode())
    os._exit(0)


def raw(number, *words):
    """Make a system call by its number."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    longs = [ctypes.c_long(word) if isinstance(word, int) else word for word in words]
    result = libc.syscall(ctypes.c_long(number), *longs)
    if result < 0:
        raise OSError(ctypes.get_errno(), f"call {number}")
    return result


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The outer jail: the command in words, and what it hides where bubblewrap runs."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from graders.sandbox import bubblewrap, lockdown

ROOT = Path(__file__).resolve().parents[2]
SUPPORT = lockdown.probe()
with_bubblewrap = pytest.mark.skipif(not bubblewrap.works(), reason="bubblewrap does not run here")


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """Give a folder that is all of PATH; a program written there is found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def write_program(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def inside(code, *, readable=(), descriptors=()):
    """Run code in the outer jail; gives what it left in ``answer``."""
    prefix = bubblewrap.command([str(path) for path in readable], sys.executable)
    script = f"import json, os, sys\n{code}\nsys.stdout.write(json.dumps(answer))"
    words = [*prefix, sys.executable, "-I", "-S", "-c", script]
    done = subprocess.run(
        words,
        env={"SECRET": "1"},
        pass_fds=descriptors,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_words_name_every_namespace_and_each_path_once():
    visible = ["/b/inner", "/b", "/a", "/b/inner/most", "/a", "/bc"]

    words = bubblewrap.arguments("/bin/bwrap", visible=visible)

    expected = (
        "/bin/bwrap --unshare-user --unshare-pid --unshare-net --unshare-ipc --unshare-uts"
        " --unshare-cgroup --hostname jail --die-with-parent --new-session --clearenv"
        " --cap-drop ALL --tmpfs /tmp --dev-bind /dev/null /dev/null"
        " --ro-bind-try /a /a --ro-bind-try /b /b --ro-bind-try /bc /bc"
        " --remount-ro /tmp --remount-ro / --chdir /"
    )
    assert words == expected.split()


def test_the_interpreter_comes_with_its_library_and_configuration(tmp_path):
    home, venv = tmp_path / "home", tmp_path / "venv"
    for folder in (home / "bin", home / "lib" / "python3.12", home / "share", venv / "bin"):
        folder.mkdir(parents=True)
    (home / "bin" / "python3.12").touch()
    (home / "lib" / "libpython3.12.so.1.0").touch()
    (venv / "bin" / "python").symlink_to(home / "bin" / "python3.12")

    files = bubblewrap.interpreter_files(str(venv / "bin" / "python"))

    assert files == [
        str(venv / "bin" / "python"),
        str(home / "bin" / "python3.12"),
        str(venv / "pyvenv.cfg"),
        str(home / "lib" / "python3.12"),
        str(home / "lib" / "libpython3.12.so.1.0"),
    ]


@pytest.mark.usefixtures("programs")
def test_without_bubblewrap_there_is_no_command_and_it_does_not_work():
    assert bubblewrap.command((), sys.executable) is None
    assert bubblewrap.works.__wrapped__() is False


def test_a_bubblewrap_that_fails_does_not_work(programs):
    write_program(programs / "bwrap", "exit 1")

    assert bubblewrap.command((), sys.executable)[0] == str(programs / "bwrap")
    assert bubblewrap.works.__wrapped__() is False


def test_a_bubblewrap_that_cannot_be_run_does_not_work(programs):
    (programs / "bwrap").write_text("#!/no/such/interpreter\n")
    (programs / "bwrap").chmod(0o755)

    assert bubblewrap.works.__wrapped__() is False


def test_the_trial_is_made_once(programs):
    count = programs / "count"
    write_program(programs / "bwrap", f"echo >> {count}; exit 1")
    bubblewrap.works.cache_clear()

    answers = [bubblewrap.works(), bubblewrap.works()]
    bubblewrap.works.cache_clear()

    assert answers == [False, False]
    assert count.read_text() == "\n"


@with_bubblewrap
def test_inside_there_is_no_environment_and_nothing_of_the_system():
    code = """
paths = ["/proc", "/sys", "/etc/passwd", "/bin", "/usr/bin/env", "/home", "/dev/zero", ROOT]
answer = [path for path in paths if os.path.exists(path)]
answer += ["SECRET" for name in os.environ if name == "SECRET"]
answer += [name for name in os.listdir("/tmp") if not ROOT.startswith(f"/tmp/{name}/")]
""".replace("ROOT", repr(str(ROOT / "pyproject.toml")))

    assert inside(code) == []


@with_bubblewrap
def test_inside_nothing_can_be_written(tmp_path):
    (tmp_path / "named").write_text("kept")
    code = f"""
answer = []
for path in ("/new", "/tmp/new", {str(tmp_path / "new")!r}, {str(tmp_path / "named")!r}):
    try:
        open(path, "w")
    except OSError as error:
        answer.append(error.strerror)
"""

    assert inside(code, readable=[tmp_path]) == ["Read-only file system"] * 4
    assert (tmp_path / "named").read_text() == "kept"


@with_bubblewrap
def test_inside_a_named_path_is_readable_and_its_neighbour_does_not_exist(tmp_path):
    (tmp_path / "named").write_text("open")
    (tmp_path / "neighbour").write_text("closed")
    code = f"answer = [open({str(tmp_path / 'named')!r}).read(), os.listdir({str(tmp_path)!r})]"

    assert inside(code, readable=[tmp_path / "named"]) == ["open", ["named"]]


@with_bubblewrap
def test_a_path_that_is_missing_is_left_out():
    assert inside("answer = 1", readable=["/nowhere/at/all"]) == 1


@with_bubblewrap
def test_an_inherited_descriptor_stays_open():
    reader, writer = os.pipe()

    inside(f"answer = os.write({writer}, b'hello')", descriptors=[writer])

    assert os.read(reader, 5) == b"hello"
    os.close(reader)
    os.close(writer)


@with_bubblewrap
def test_inside_it_sees_its_own_processes_name_and_no_capability():
    code = """
import ctypes
answer = [os.getpid() < 10, os.uname().nodename, ctypes.CDLL(None).sethostname(b"x", 1)]
"""

    assert inside(code) == [True, "jail", -1]


@with_bubblewrap
def test_inside_nobody_outside_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = f"""
import socket
answer = socket.socket().connect_ex(("127.0.0.1", {port}))
"""

        assert inside(code) != 0


@with_bubblewrap
def test_it_dies_with_its_parent():
    prefix = bubblewrap.command((), sys.executable)
    code = "print(1, flush=True); import time; time.sleep(20); print('outlived')"
    jailed = [*prefix, sys.executable, "-I", "-S", "-c", code]
    script = f"import subprocess; subprocess.run({jailed!r})"
    parent = subprocess.Popen([sys.executable, "-I", "-S", "-c", script], stdout=subprocess.PIPE)
    assert parent.stdout.readline() == b"1\n"

    parent.kill()
    parent.wait()
    rest = parent.stdout.read()  # comes when the last holder of the pipe is gone
    parent.stdout.close()

    assert rest == b""


@with_bubblewrap
@pytest.mark.skipif(bool(SUPPORT.reason), reason=SUPPORT.reason or "there is a jail")
def test_the_inner_jail_can_be_put_up_inside_the_outer_one():
    packages = ROOT / "graders"
    code = f"""
sys.path.append({str(ROOT)!r})
from graders.sandbox import lockdown
prepared = lockdown.prepare(lockdown.Policy(("/usr/lib",), 1 << 28, 5, 1 << 16, 64, 0))
lockdown.apply(prepared, kernel=True)
answer = []
for attempt in (os.fork, os.pipe, lambda: os.listdir("/"), lambda: os.mkdir("/tmp/x")):
    try:
        attempt()
    except OSError as error:
        answer.append(error.errno)
"""

    assert inside(code, readable=[packages]) == [1, 1, 13, 1]


@with_bubblewrap
def test_the_program_is_the_one_on_the_path():
    assert bubblewrap.command((), sys.executable)[0] == shutil.which("bwrap")

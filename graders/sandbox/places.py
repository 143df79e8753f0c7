"""Which files a worker may read: the standard library, named packages, libraries."""

from __future__ import annotations

import importlib.util
import os
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from graders.errors import CannotGrade

_NOT_STDLIB = frozenset({"site-packages", "dist-packages", "__pycache__", "test", "idlelib"})
_ALWAYS_UNREADABLE = ("ctypes", "_ctypes")
_SYSTEM = ("/lib64", "/etc/ld.so.cache", "/usr/share/zoneinfo", "/dev/null", "/dev/urandom")


def readable(packages: Iterable[str], *, forbidden: Iterable[str] = ()) -> tuple[str, ...]:
    """
    Give the files and folders a worker may read.

    Args:
        packages: Third-party packages, by import name.
        forbidden: Modules whose files are left out.

    Raises:
        CannotGrade: A package is not installed.
    """
    hidden = {
        twin
        for name in (*forbidden, *_ALWAYS_UNREADABLE)
        if "." not in name
        for twin in (name, f"_{name}")
    }
    places = [*_stdlib(hidden), *_libraries(), *_SYSTEM]
    for package in packages:
        if package not in hidden:
            places += _package(package)
    return tuple(dict.fromkeys(places))


def package_path(packages: Iterable[str]) -> list[str]:
    """Give the ``sys.path`` entries at which the packages are found."""
    return list(dict.fromkeys(str(Path(_package(name)[0]).parent) for name in packages))


def _stdlib(hidden: set[str]) -> list[str]:
    folders = {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}
    dynamic = {str(Path(folder) / "lib-dynload") for folder in folders}
    places = []
    for folder in sorted(folders | dynamic):
        if not Path(folder).is_dir():
            continue
        for entry in os.scandir(folder):
            stem = entry.name.partition(".")[0]
            if entry.name not in _NOT_STDLIB and entry.name != "lib-dynload" and stem not in hidden:
                places.append(entry.path)
    return places


def _libraries() -> list[str]:
    """Give the folders of shared libraries that extension modules link to."""
    triplet = sysconfig.get_config_var("MULTIARCH") or f"{os.uname().machine}-linux-gnu"
    places = [f"/lib/{triplet}", f"/usr/lib/{triplet}"]
    own = sysconfig.get_config_var("LIBDIR")
    if own:
        places += [str(path) for path in Path(own).glob("lib*.so*")]
    return places


def _package(name: str) -> list[str]:
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        spec = None
    if spec is None or spec.origin is None:
        raise CannotGrade(
            f"the package {name} is not installed",
            where=sys.executable,
            fix=f"python -m pip install {name}",
        )
    home = Path(spec.origin).parent if spec.submodule_search_locations else Path(spec.origin)
    bundled = home.parent / f"{name}.libs"  # where wheels keep their shared libraries
    return [str(home), str(bundled)]

"""Commits as a stranger could push them: objects are written as they are, whatever git thinks."""

import hashlib
import json
import subprocess
import zlib

FILE, RUNNABLE, LINK, SUBMODULE, FOLDER = "100644", "100755", "120000", "160000", "40000"
SOLUTION = b"def reverse_linked_list(head):\n    return head\n"


class Raw:
    """A tree's bytes, as they are."""

    def __init__(self, data):
        self.data = data


class Upstream:
    """
    A bare repository that serves what it is given.

    A folder is a dict of names to bytes (a file), dicts (folders), Raw, or pairs of a mode and
    any of these; a pair may also name an object by its hexadecimal name.
    """

    def __init__(self, folder):
        self.path = folder
        subprocess.run(["git", "init", "-q", "--bare", "--template=", folder], check=True)
        with (folder / "config").open("a") as config:
            config.write("[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n")

    def write(self, kind, data):
        """Write an object, and give its name."""
        whole = f"{kind} {len(data)}\0".encode() + data
        oid = hashlib.sha1(whole).hexdigest()
        place = self.path / "objects" / oid[:2] / oid[2:]
        place.parent.mkdir(exist_ok=True)
        if not place.exists():
            place.write_bytes(zlib.compress(whole, 1))
        return oid

    def put(self, thing):
        """Write a thing and all below it; give mode and name."""
        mode = None
        if isinstance(thing, tuple):
            mode, thing = thing
        if isinstance(thing, str):
            return mode, thing
        if isinstance(thing, bytes):
            return mode or FILE, self.write("blob", thing)
        if isinstance(thing, Raw):
            return mode or FOLDER, self.write("tree", thing.data)
        rows = []
        for name, part in thing.items():
            part_mode, oid = self.put(part)
            raw = name if isinstance(name, bytes) else name.encode()
            order = raw + b"/" if part_mode == FOLDER else raw
            rows.append((order, part_mode.encode() + b" " + raw + b"\0" + bytes.fromhex(oid)))
        return mode or FOLDER, self.write("tree", b"".join(row for _, row in sorted(rows)))

    def commit(self, folder):
        """Write a commit of a folder, and give its name."""
        _, tree = self.put(folder)
        person = "A Learner <learner@example.org> 1700000000 +0000"
        text = f"tree {tree}\nauthor {person}\ncommitter {person}\n\nan attempt\n"
        return self.write("commit", text.encode())


def attempt(files, slug="reverse_linked_list", number="001"):
    """Give a commit's folder that holds one attempt."""
    return {"attempts": {slug: {number: files}}}


def write_event(path, sha, **changes):
    """Write the payload of an event, as far as it is read."""
    repository = {"id": 1, "full_name": "interview-katas/ml-katas", "private": False}
    user = {"login": "ada", "id": 4242, "type": "User"}
    pull = {
        "number": 7,
        "state": "open",
        "draft": False,
        "user": user,
        "head": {
            "ref": "kata/reverse_linked_list",
            "sha": sha,
            "repo": {"id": 2, "full_name": "ada/ml-katas", "fork": True},
        },
        "base": {"ref": "main", "sha": "0" * 40, "repo": repository},
        **changes,
    }
    payload = {
        "action": "synchronize",
        "number": pull["number"],
        "pull_request": pull,
        "repository": repository,
        "sender": user,
    }
    path.write_text(json.dumps(payload))
    return path

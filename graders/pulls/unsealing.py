"""Open the sealed katas that a pull request needs, in a private folder of the job."""

from __future__ import annotations

import shutil
from pathlib import Path

from graders.catalogue import load_kata
from graders.catalogue.seals import is_sealed
from graders.errors import CannotGrade, KataError
from graders.pulls.fetching import read_fetched
from graders.sealing import KEY, Key, open_into, read_key

UNSEALED = "unsealed"


def unseal(work: Path, catalogue: Path) -> list[str]:
    """
    Open the sealed katas among those that ``fetch`` found attempts of.

    Copies with the tests in plain lie below ``work/unsealed``, which nobody else
    may read; ``katas/`` of main stays as it is. The key comes from the environment;
    where nothing is sealed none is needed.

    Args:
        work: The folder that ``fetch`` wrote to.
        catalogue: The katas of main.

    Returns:
        The slugs, sorted.

    Raises:
        CannotGrade: There is no key, or it does not open them.
        KataError: Nothing was fetched.
    """
    discard(work)
    found = {submission.slug for submission in read_fetched(work).submissions}
    slugs = sorted(slug for slug in found if is_sealed(catalogue / slug))
    if not slugs:
        return []
    private = work / UNSEALED
    try:
        key = _needed_key(slugs[0])
        private.mkdir(mode=0o700)
        for slug in slugs:
            open_into(load_kata(catalogue / slug), private, key)
    except KataError as error:
        discard(work)
        raise CannotGrade(error.what, where=error.where, fix=error.fix) from error
    except BaseException:
        discard(work)
        raise
    return slugs


def kata_folder(work: Path, catalogue: Path, slug: str) -> Path:
    """Give where a kata can be graded from: its open copy where it was unsealed."""
    copy = work / UNSEALED / slug
    return copy if copy.is_dir() else catalogue / slug


def discard(work: Path) -> None:
    """
    Remove what was unsealed.

    Raises:
        OSError: It cannot be removed.
    """
    private = work / UNSEALED
    if private.exists():
        shutil.rmtree(private)


def _needed_key(slug: str) -> Key:
    key = read_key()
    if key is None:
        fix = f"give the environment that grades pull requests the secret {KEY}"
        raise KataError(f"{slug} is sealed, and there is no key", where=KEY, fix=fix)
    return key

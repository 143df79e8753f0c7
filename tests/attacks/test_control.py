"""The corpus bites: plain pytest falls for a good part of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.attacks.control import LEAST, Ending, run_plainly
from tests.attacks.corpus_files import corpus


@pytest.mark.slow
def test_plain_pytest_falls_for_many(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [hostile for hostile in corpus() if hostile.in_control]
    folders = [tmp_path_factory.mktemp("control") for _ in files]
    with ThreadPoolExecutor(2) as pool:
        endings = list(pool.map(run_plainly, files, folders))

    fallen = [
        f"{hostile.path.stem}: {ending.value}"
        for hostile, ending in zip(files, endings, strict=True)
        if ending is not Ending.HELD
    ]

    with capsys.disabled():
        print(f"\nplain pytest falls for {len(fallen)} of {len(files)} hostile files")
    assert len(fallen) >= LEAST, fallen

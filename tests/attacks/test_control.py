"""The corpus bites: plain pytest falls for a good part of it."""

from __future__ import annotations

import pytest

from tests.attacks.control import Ending, run_plainly
from tests.attacks.corpus_files import corpus

LEAST = 25


@pytest.mark.slow
def test_plain_pytest_falls_for_many(tmp_path_factory: pytest.TempPathFactory) -> None:
    endings = {
        hostile.path.stem: run_plainly(hostile, tmp_path_factory.mktemp("control"))
        for hostile in corpus()
        if hostile.in_control
    }

    fallen = {name: ending.value for name, ending in endings.items() if ending is not Ending.HELD}

    assert len(fallen) >= LEAST, fallen

"""The page about the attacks says what the files say."""

from __future__ import annotations

from tests.attacks.corpus_files import corpus
from tests.attacks.write_table import OUTCOMES, PAGE, page


def test_the_page_is_what_the_files_say_of_themselves() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.attacks.write_table"


def test_each_class_has_an_outcome_and_each_outcome_a_class() -> None:
    assert {hostile.kind for hostile in corpus()} == OUTCOMES.keys()

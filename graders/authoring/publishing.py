"""Write what a check found out: signatures beside the kata, pages under ``docs/``."""

from __future__ import annotations

from pathlib import Path

from graders.authoring.checking import Checked
from graders.mistakes import FILE
from graders.model.matrix import ProofDocument
from graders.render.matrix import matrix_page, matrix_picture, messages_page


def write_signatures(checked: Checked) -> Path | None:
    """Write a kata's signatures; give the file, or ``None`` where nothing changed."""
    if checked.kata is None or not checked.proved:
        return None
    return _write(checked.kata.folder / FILE, checked.signatures.to_json())


def write_pages(folder: Path, document: ProofDocument) -> list[Path]:
    """Write the kill matrices and the messages of all katas; give the files that changed."""
    pages = {
        "proof.json": document.to_json(),
        "proof.html": matrix_page(document.katas).encode(),
        "proof.svg": matrix_picture(document.katas).encode(),
        "messages.md": messages_page(document.katas).encode(),
    }
    folder.mkdir(exist_ok=True)
    return [path for name, page in pages.items() if (path := _write(folder / name, page))]


def _write(path: Path, content: bytes) -> Path | None:
    if path.is_file() and path.read_bytes() == content:
        return None
    path.write_bytes(content)
    return path

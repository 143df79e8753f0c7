"""The ``kata`` command."""

from graders.commands import build


def main() -> None:
    """Run the command line."""
    build().main(prog_name="kata")

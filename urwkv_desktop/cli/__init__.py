"""The use cases from the shell: the only place that knows typer and rich."""

from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Runs one command; returns its exit code: 0 done, 1 some cases refused, 2 it could not start, 130 interrupted."""
    from urwkv_desktop.cli.app import run_command

    return run_command(arguments)

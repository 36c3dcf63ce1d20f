"""Where the program starts: chooses window or shell and hands over. Imports neither Qt nor typer itself."""

import os
import sys
from pathlib import Path

# The shell's words; anything else in the first place is a path for the window (`./segment` opens a folder).
SHELL_WORDS = frozenset({
    "segment", "export", "models", "train", "evaluate", "learn", "demo", "--help", "-h", "--version", "--self-test",
})


def main() -> None:
    if getattr(sys, "frozen", False):  # a spawned process of the frozen program comes in here
        from multiprocessing import freeze_support

        freeze_support()
    arguments = sys.argv[1:]
    sys.exit(_shell(arguments) if arguments and arguments[0] in SHELL_WORDS else _window(arguments))


def _shell(arguments: list[str]) -> int:
    from urwkv_desktop.cli import run

    return run(arguments)


def _window(arguments: list[str]) -> int:
    """urwkv-desktop [PATH] [--project FILE]"""
    target, project_file, wrong = _window_arguments(arguments)
    if wrong is not None:
        sys.stderr.write(f"{wrong}\n")
        return 2
    from urwkv_desktop.gui.screens import missing_screen

    missing = missing_screen(os.environ)
    if missing is not None:
        sys.stderr.write(f"{missing} The shell needs none: urwkv-desktop --help\n")
        return 2
    try:
        from urwkv_desktop.gui.app import run
    except ImportError as error:
        sys.stderr.write(f"The window cannot be shown here ({error}). The shell can: urwkv-desktop --help\n")
        return 2
    return run(target, project_file)


def _window_arguments(arguments: list[str]) -> tuple[Path | None, Path | None, str | None]:
    """(PATH, --project FILE, what is wrong with them)"""
    target: Path | None = None
    project_file: Path | None = None
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word == "--project" or word.startswith("--project="):
            value = word.partition("=")[2] or (rest.pop(0) if rest else "")
            if not value:
                return None, None, "--project needs the name of a project file."
            project_file = Path(value)
        elif word.startswith("-"):
            return None, None, f"There is no option {word}. Try urwkv-desktop --help."
        elif target is not None:
            return None, None, "The window opens one folder, image or project at a time."
        else:
            target = Path(word)
    return target, project_file, None


if __name__ == "__main__":
    main()

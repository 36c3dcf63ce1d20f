"""One judge's word on one file, and how a program is asked for it."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

VENV = Path(__file__).resolve().parents[2] / ".judges"
Array = npt.NDArray[np.generic]


@dataclass(frozen=True)
class Word:
    """ok: None where the judge could not be asked (it is not installed, or can't read the source): `said` says why."""

    judge: str
    format: str
    fixture: str
    ok: bool | None
    said: str


def tool(name: str) -> str | None:
    """A program of the judges' own environment, or of the system."""
    own = VENV / "bin" / name
    return str(own) if own.exists() else shutil.which(name)


def run(*command: str | Path, seconds: float = 120) -> tuple[int, str]:
    """Exit code, and what it printed to either stream."""
    done = subprocess.run([str(one) for one in command], capture_output=True, timeout=seconds, check=False)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def errors(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("Error")]


def dice(one: Array, other: Array) -> float:
    total = int(np.count_nonzero(one)) + int(np.count_nonzero(other))
    return 1.0 if not total else 2 * int(np.count_nonzero((one != 0) & (other != 0))) / total


def absent(judge: str, format_: str, names: Sequence[str]) -> list[Word]:
    """Said once, never left out."""
    return [Word(judge, format_, "-", None, f"not installed here: {', '.join(names)}")]

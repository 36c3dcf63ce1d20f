"""The log and crash reports: exception types, our own frames, versions, ids. Never a path of the person's, a tag's
value or an array; so no exception's text is written down."""

import logging
import platform
import sys
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from urwkv_desktop import __version__
from urwkv_desktop.imaging import Message

_LOG_BYTES = 5_000_000
_PACKAGE = Path(__file__).resolve().parents[1]
_log = logging.getLogger("urwkv_desktop")


def start_log(folder: Path) -> None:
    """One rotating file in the log folder; without a writable folder the program goes on without a log."""
    _log.setLevel(logging.INFO)
    _log.propagate = False
    for old in tuple(_log.handlers):
        _log.removeHandler(old)
        old.close()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "urwkv-desktop.log", maxBytes=_LOG_BYTES, backupCount=1, delay=True,
                                      encoding="utf-8")
    except OSError:
        _log.addHandler(logging.NullHandler())
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.addHandler(handler)


def note(event: str, **ids: int | str) -> None:
    """One line of the log: what happened, and numbers or names of models."""
    _log.info("%s %s", event, " ".join(f"{name}={value}" for name, value in ids.items()))


def crash_report(error: BaseException, folder: Path) -> Path | None:
    """Writes what went wrong with us and returns the file; None where it cannot be written."""
    now = datetime.now(UTC)
    lines = [f"urwkv-desktop {__version__}", f"python {platform.python_version()} on {platform.system()}",
             f"time {now.isoformat(timespec='seconds')}", *_chain(error)]
    _log.error("crash %s", type(error).__name__)
    file = folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError:
        return None
    return file


def crash_sentence(report: Path | None) -> Message:
    """What the person is told of a mistake of ours."""
    if report is None:
        return Message("Something in this program went wrong. What was acknowledged is safe.")
    return Message("Something in this program went wrong. What was acknowledged is safe; a report without images or "
                   "names lies at {file}.", file=str(report))


def _chain(error: BaseException) -> list[str]:
    lines = []
    link: BaseException | None = error
    while link is not None:
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        lines += _frames(link)
        link = link.__cause__ or link.__context__
    return lines


def _frames(error: BaseException) -> list[str]:
    """Our own frames: file inside the package, line, function; those of others only by their library's name."""
    lines = []
    for frame, number in traceback.walk_tb(error.__traceback__):
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(_PACKAGE):
            place = file.relative_to(_PACKAGE).as_posix()
            lines.append(f"  {place}:{number} in {frame.f_code.co_name}")
        else:
            lines.append(f"  ({str(frame.f_globals.get('__name__', '')).partition('.')[0]})")
    return lines


def report_uncaught(folder: Path) -> None:
    """From now on an exception that nobody caught becomes a crash report and one sentence, never a traceback."""

    def hook(kind: type[BaseException], error: BaseException, _: object) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        sys.stderr.write(f"{crash_sentence(crash_report(error, folder))}\n")

    sys.excepthook = hook

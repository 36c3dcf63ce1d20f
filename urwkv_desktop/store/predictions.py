"""NAME.urwkv-predictions: a cache beside the project. What is missing here is computed again.

A second file with a writer of its own, so that a large answer never stands before a stroke's acknowledgement.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import zstandard

from urwkv_desktop.imaging import Channel, Prediction, SliceLogits
from urwkv_desktop.store.location import is_network
from urwkv_desktop.store.schema import BUSY_SECONDS, PREDICTIONS_SUFFIX
from urwkv_desktop.store.writer import Starter, Write, Writer

_VERSION = 1
_LEVEL = 1
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE answer ("case" INTEGER, model TEXT, detail TEXT NOT NULL, PRIMARY KEY ("case", model)) WITHOUT ROWID;
CREATE TABLE prediction ("case" INTEGER, model TEXT, slice INTEGER, channel INTEGER, placement TEXT NOT NULL,
                         shape TEXT NOT NULL, logits BLOB NOT NULL, PRIMARY KEY ("case", model, slice, channel));
CREATE TABLE thumbnail ("case" INTEGER PRIMARY KEY, shape TEXT NOT NULL, pixels BLOB NOT NULL);
CREATE TABLE header (file TEXT PRIMARY KEY, size INTEGER NOT NULL, time INTEGER NOT NULL, detail TEXT NOT NULL);
"""
Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class FileHeader:
    """What the index found in a file of that size and time of change (nanoseconds): words that the caller chose."""

    file: str
    size: int
    time: int
    detail: str


class PredictionStore:
    """Every method may be called from any thread. `put…` never waits; what is put can be had at once.

    project_id: a file that belongs to another project is begun anew. read_only: nothing is written.
    """

    def __init__(self, project: Path, run: Starter, *, project_id: str = "", read_only: bool = False) -> None:
        self.path = project.with_name(project.name + PREDICTIONS_SUFFIX)
        self._lock = threading.RLock()
        self._predictions: dict[tuple[int, str], Prediction] = {}  # not on the disk yet
        self._thumbnails: dict[int, Pixels] = {}
        self._reading: sqlite3.Connection | None = None
        self._writer: Writer | None = None
        with suppress(sqlite3.Error, OSError):
            if read_only:
                self._reading = _open_to_read(self.path, project_id)
            else:
                writing = _open_to_write(self.path, project_id)
                self._reading = _connect(self.path)
                self._reading.execute("PRAGMA query_only=ON")
                self._writer = Writer(lambda: writing, run, name="prediction writer", is_cache=True)

    def put(self, case: int, prediction: Prediction) -> "Future[Any]":
        """All slices that it has; those that are stored and not in it stay."""
        key = case, prediction.weights_sha256
        with self._lock:
            waiting = self._predictions.get(key)
            slices = {**(waiting.slices if waiting else {}), **prediction.slices}
            self._predictions[key] = joined = _with_slices(prediction, slices)
        return self._put(Write(partial(_insert, case=case, prediction=prediction)),
                         partial(self._written, key, joined))

    def get(self, case: int, model_sha256: str) -> Prediction | None:
        """Every slice that is known; None where there is none."""
        with self._lock:
            waiting = self._predictions.get((case, model_sha256))
            stored = self._stored(case, model_sha256)
        if stored is None or waiting is None:
            return waiting or stored
        return _with_slices(waiting, {**stored.slices, **waiting.slices})

    def models(self, case: int) -> tuple[str, ...]:
        """Hashes of the models that have answered, as far as the disk has them."""
        rows = self._rows('SELECT model FROM answer WHERE "case" = ?', (case,))
        waiting = [model for number, model in tuple(self._predictions) if number == case]
        return tuple(dict.fromkeys([*(str(row[0]) for row in rows), *waiting]))

    def put_thumbnail(self, case: int, pixels: Pixels) -> "Future[Any]":
        """pixels: uint8 [h, w, 3]."""
        with self._lock:
            self._thumbnails[case] = pixels

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT OR REPLACE INTO thumbnail VALUES (?, ?, ?)",
                               (case, json.dumps(pixels.shape), _compress(pixels)))

        def written() -> None:
            with self._lock:
                if self._thumbnails.get(case) is pixels:
                    del self._thumbnails[case]

        return self._put(Write(work), written)

    def get_thumbnail(self, case: int) -> Pixels | None:
        with self._lock:
            waiting = self._thumbnails.get(case)
        if waiting is not None:
            return waiting
        for shape, pixels in self._rows('SELECT shape, pixels FROM thumbnail WHERE "case" = ?', (case,)):
            with suppress(zstandard.ZstdError, ValueError):
                return np.frombuffer(zstandard.decompress(pixels), np.uint8).reshape(json.loads(shape))
        return None

    def put_headers(self, headers: Iterable[FileHeader]) -> "Future[Any]":
        rows = [(header.file, header.size, header.time, header.detail) for header in headers]
        return self._put(Write(lambda connection: connection.executemany(
            "INSERT OR REPLACE INTO header VALUES (?, ?, ?, ?)", rows) and None), None)

    def forget_headers(self, files: Iterable[str]) -> "Future[Any]":
        """Files that are no longer there."""
        rows = [(file,) for file in files]
        return self._put(Write(lambda connection: connection.executemany(
            "DELETE FROM header WHERE file = ?", rows) and None), None)

    def headers(self) -> dict[str, FileHeader]:
        return {file: FileHeader(file, size, time, detail)
                for file, size, time, detail in self._rows("SELECT file, size, time, detail FROM header", ())}

    def forget(self, case: int) -> None:
        """Predictions and thumbnail of a case whose image is another one now."""
        with self._lock:
            for key in [key for key in self._predictions if key[0] == case]:
                del self._predictions[key]
            self._thumbnails.pop(case, None)

        def work(connection: sqlite3.Connection) -> None:
            for table in ("answer", "prediction", "thumbnail"):
                connection.execute(f'DELETE FROM {table} WHERE "case" = ?', (case,))

        self._put(Write(work), None)

    def close(self) -> None:
        with self._lock:
            if self._reading is not None:
                self._reading.close()
                self._reading = None
        if self._writer is not None:
            self._writer.close()

    def _put(self, write: Write, after: Any) -> "Future[Any]":
        if self._writer is None:
            write.done.set_result(None)
            return write.done
        write.after = after
        return self._writer.put(write)

    def _written(self, key: tuple[int, str], prediction: Prediction) -> None:
        with self._lock:
            if self._predictions.get(key) is prediction:
                del self._predictions[key]

    def _stored(self, case: int, model: str) -> Prediction | None:
        said = self._rows('SELECT detail FROM answer WHERE "case" = ? AND model = ?', (case, model))
        if not said:
            return None
        rows = self._rows('SELECT slice, placement, shape, logits FROM prediction WHERE "case" = ? AND model = ? '
                          "ORDER BY slice, channel", (case, model))
        with suppress(zstandard.ZstdError, ValueError, KeyError, TypeError):
            return _prediction(json.loads(said[0][0]), model, rows)
        return None

    def _rows(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        """Nothing where the file cannot be read: it is a cache."""
        with self._lock:
            if self._reading is None:
                return []
            with suppress(sqlite3.Error):
                return self._reading.execute(statement, values).fetchall()
        return []


def _insert(connection: sqlite3.Connection, *, case: int, prediction: Prediction) -> None:
    detail = {"model": prediction.model, "activation": prediction.activation, "labels": prediction.labels,
              "shape": prediction.shape, "channels": [asdict(channel) for channel in prediction.channels]}
    model = prediction.weights_sha256
    connection.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", (case, model, json.dumps(detail)))
    connection.executemany(
        "INSERT OR REPLACE INTO prediction VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(case, model, k, number, json.dumps(one.placement), json.dumps(logits.shape), _compress(logits))
         for k, one in prediction.slices.items() for number, logits in enumerate(one.logits)])


def _prediction(detail: Any, model: str, rows: list[tuple[Any, ...]]) -> Prediction:
    planes: dict[int, list[npt.NDArray[np.int8]]] = {}
    placements: dict[int, tuple[float, float, float, float]] = {}
    for k, placement, shape, logits in rows:
        plane = np.frombuffer(zstandard.decompress(logits), np.int8).reshape(json.loads(shape))
        planes.setdefault(k, []).append(plane)
        top, left, bottom, right = json.loads(placement)
        placements[k] = top, left, bottom, right
    slices = {k: SliceLogits(np.stack(channels), placements[k]) for k, channels in planes.items()}
    height, width = detail["shape"]
    channels = tuple(Channel(**channel) for channel in detail["channels"])
    return Prediction(detail["model"], model, detail["activation"], channels, tuple(detail["labels"]),
                      (height, width), slices)


def _with_slices(prediction: Prediction, slices: dict[int, SliceLogits]) -> Prediction:
    return Prediction(prediction.model, prediction.weights_sha256, prediction.activation, prediction.channels,
                      prediction.labels, prediction.shape, slices)


def _compress(array: npt.NDArray[Any]) -> bytes:
    packed: bytes = zstandard.ZstdCompressor(level=_LEVEL).compress(np.ascontiguousarray(array).tobytes())
    return packed


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def _open_to_read(path: Path, project_id: str) -> sqlite3.Connection | None:
    if not path.exists():
        return None
    connection = _connect(path)
    if _belongs(connection, project_id):
        connection.execute("PRAGMA query_only=ON")
        return connection
    connection.close()
    return None


def _open_to_write(path: Path, project_id: str) -> sqlite3.Connection:
    """Damaged, of another format or of another project: begun anew, which costs time and nothing else."""
    connection = _connect(path)
    if not _belongs(connection, project_id):
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        connection = _connect(path)
        connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version={_VERSION}; COMMIT;")
        connection.execute("INSERT INTO meta VALUES ('project', ?)", (project_id,))
    connection.execute(f"PRAGMA journal_mode={'DELETE' if is_network(path) else 'WAL'}")
    connection.execute("PRAGMA synchronous=NORMAL")
    return connection


def _belongs(connection: sqlite3.Connection, project_id: str) -> bool:
    try:
        if connection.execute("PRAGMA user_version").fetchone() != (_VERSION,):
            return False
        return bool(connection.execute("SELECT value FROM meta WHERE key = 'project'").fetchone() == (project_id,))
    except sqlite3.DatabaseError:
        return False

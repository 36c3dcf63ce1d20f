"""The orders in which a map is read as a sequence, and the shifts along it (SPEC.md 5.1 to 5.5).

Every table holds source positions: `out[n] = in[table[n]]`. A map of `rows` x `columns` lies row by row.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

import torch
from torch import Tensor

Shift = Literal["permute", "qshift"]
SHIFTS: Final[tuple[Shift, ...]] = ("permute", "qshift")
SCANS: Final = ("horizontal_forward", "horizontal_backward", "vertical_forward", "vertical_backward")
PASSES: Final = 2


def scan_tables(rows: int, columns: int) -> Tensor:
    """The four scans of a map, int64 [4,T] in the order of `SCANS` (SPEC.md 5.1)."""
    cells = torch.arange(rows * columns).reshape(rows, columns)
    readings = [cells, cells.flip(1), cells.t(), cells.flip(0).t()]
    return torch.stack([reading.reshape(-1) for reading in readings])


def second_reading(rows: int, columns: int) -> Tensor:
    """Source cell of each cell of the second pass's input: written by columns, read by rows (SPEC.md 5.2)."""
    return torch.arange(rows * columns).reshape(rows, columns).t().reshape(-1)


def permute_table(rows: int, columns: int) -> Tensor:
    """Shift `permute`: by columns; in each the upper half down, then the lower from the bottom up (SPEC.md 5.3)."""
    middle = rows // 2
    order = torch.tensor([*range(middle), *range(rows - 1, middle - 1, -1)], dtype=torch.int64)
    cells = torch.arange(rows * columns).reshape(rows, columns)
    return cells[order].t().reshape(-1)


def qshift_tables(rows: int, columns: int) -> Tensor:
    """Shift `qshift`: for each quarter of the channels the neighbour's place, or T where it is outside (SPEC.md 5.4).

    int64 [4,T]: left, right, above, below.
    """
    outside = rows * columns
    framed = torch.full((rows + 2, columns + 2), outside, dtype=torch.int64)
    framed[1:-1, 1:-1] = torch.arange(outside).reshape(rows, columns)
    neighbours = [framed[1:-1, :-2], framed[1:-1, 2:], framed[:-2, 1:-1], framed[2:, 1:-1]]
    return torch.stack([neighbour.reshape(-1) for neighbour in neighbours])


def shift_tables(shift: Shift, rows: int, columns: int) -> Tensor:
    """Sources of each token by channel group: [1,T] for `permute`, [4,T] for `qshift`, T meaning zero."""
    return permute_table(rows, columns)[None] if shift == "permute" else qshift_tables(rows, columns)


def shifted(x: Tensor, tables: Tensor) -> Tensor:
    """`x` [...,T,C] shifted by `tables` [G,T] (or [G,...,T] gathered from one map: [B,T,C] -> [B,...,T,C])."""
    if len(tables) == 1:
        return x[:, tables[0]]
    borders = [x.shape[-1] * quarter // 4 for quarter in range(5)]
    framed = torch.cat([x, torch.zeros_like(x[:, :1])], dim=1)
    groups = [framed[:, table, borders[g] : borders[g + 1]] for g, table in enumerate(tables)]
    return torch.cat(groups, dim=-1)


@lru_cache(maxsize=64)
def sequence_tables(shift: Shift, rows: int, columns: int) -> tuple[Tensor, Tensor, Tensor]:
    """Tables of the eight sequences of the DARM: two passes of four scans over one map (SPEC.md 5.2, 5.5, 10.2).

    Answers `read` [8,T] (cell of each token), `beside` [G,8,T] (cell of each token's shifted partner, T meaning none)
    and `back` [2,4,T] (for each cell of a pass's map its token).
    """
    with torch.inference_mode(False):  # kept tables may be made while predicting and used while training
        return _sequence_tables(shift, rows, columns)


@lru_cache(maxsize=64)
def second_reading_table(rows: int, columns: int) -> Tensor:
    """`second_reading`, kept."""
    with torch.inference_mode(False):
        return second_reading(rows, columns)


@lru_cache(maxsize=64)
def second_reading_undone(rows: int, columns: int) -> Tensor:
    """Where in the second pass each cell of the map went: the inverse of `second_reading`, kept."""
    with torch.inference_mode(False):
        return torch.argsort(second_reading(rows, columns))


@lru_cache(maxsize=64)
def map_shift_tables(shift: Shift, rows: int, columns: int) -> Tensor:
    """`shift_tables` of a map as it lies, kept."""
    with torch.inference_mode(False):
        return shift_tables(shift, rows, columns)


def _sequence_tables(shift: Shift, rows: int, columns: int) -> tuple[Tensor, Tensor, Tensor]:
    scans = scan_tables(rows, columns)
    again = second_reading(rows, columns)
    read = torch.cat([scans, again[scans]])
    wide, tall = shift_tables(shift, rows, columns), shift_tables(shift, columns, rows)
    outside = torch.tensor([rows * columns])
    beside = torch.stack(
        [
            torch.cat([cells, outside])[wide if scan % 4 < 2 else tall]
            for scan, cells in enumerate(read)
        ],
        dim=1,
    )
    return read, beside, torch.stack([torch.argsort(scans, dim=1)] * PASSES)

"""Figures beside what was asked for: one row as out/bench.json holds it, and all of them as a table of 120 columns."""

import textwrap
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Rule = dict[str, Any]
Row = dict[str, Any]
_COLUMNS = 120
_HEAD = f"{'':<39}{'p50':>8}{'figure':>9} {'unit':<4}{'budget':>7}{'must':>6}{'peer':>11}  met  "
_ABSENT = "not measured by this version"


@dataclass(frozen=True)
class Rules:
    """rows.toml: rows in their order, headings by group, peers by the key that rows name them with."""

    rows: tuple[Rule, ...]
    headings: dict[str, str]
    peers: dict[str, str]

    @staticmethod
    def read() -> "Rules":
        found = tomllib.loads(Path(__file__).with_name("rows.toml").read_text(encoding="utf-8"))
        return Rules(tuple(found["row"]), found["headings"], found["peers"])


def judged(rule: Rule, found: Row | None, absent: str = "") -> Row:
    """met speaks of the budget: None where there is no figure or no budget. absent: why nothing was found."""
    found = found or {"why": absent or _ABSENT}
    figure = found.get("figure")
    budget = rule.get("budget", found.get("budget"))  # a row whose budget follows from this machine brings its own
    met = None
    if figure is not None and budget is not None:
        met = figure >= budget if rule.get("more_is_better") else figure <= budget
    return {"row": rule["row"], "budget": budget, "must": rule.get("must"), "figure": figure, "unit": rule["unit"],
            "peer": rule.get("peer"), "met": met, "why": found.get("why", "")}


def table(rules: Rules, rows: Sequence[Row]) -> str:
    """rows: judged, of rules in the same order; the median stands on the line of its p95."""
    by_name = {row["row"]: row for row in rows}
    notes = _Notes(rules.peers)
    lines, group = [_HEAD.rstrip(), "─" * _COLUMNS], ""
    for rule in rules.rows:
        name = rule["row"]
        if name not in by_name or ("p50" in name and name.replace("p50", "p95") in by_name):
            continue
        if name.split(".")[0] != group:
            group = name.split(".")[0]
            lines += ["", rules.headings[group]]
        median = by_name.get(name.replace("p95", "p50")) if "p95" in name else None
        lines += _lines(rule, by_name[name], median, notes)
    return "\n".join([*lines, "", *notes.lines()])


class _Notes:
    """Who the peers of the table are: a letter each, in the order in which they come up."""

    def __init__(self, peers: dict[str, str]) -> None:
        self._peers = peers
        self._letters: dict[str, str] = {}

    def letter(self, key: str | None) -> str:
        return self._letters.setdefault(key, chr(ord("a") + len(self._letters))) if key else ""

    def lines(self) -> list[str]:
        if not self._letters:
            return []
        return ["best peer measured (median / p95 where both were; docs/bench.md):",
                *(f"  {letter}  {self._peers[key]}" for key, letter in self._letters.items())]


def _lines(rule: Rule, row: Row, median: Row | None, notes: _Notes) -> list[str]:
    peers = [median["peer"] if median is not None else None, row["peer"]]
    peer = " / ".join(_number(one) for one in peers if one is not None)
    if peer:
        peer += f" {notes.letter(rule.get('peer_from'))}"
    verdict = {True: "yes", False: "NO", None: "-"}[row["met"]]
    line = (f"  {row['row']:<37}{_number(median['figure'] if median else None):>8}{_number(row['figure']):>9} "
            f"{row['unit']:<4}{_number(row['budget']):>7}{_number(row['must']):>6}"
            f"{peer:>11}  {verdict:<4} ")
    text = rule.get("text", "")
    if len(row["row"]) > 37:  # the name takes a line of its own
        line = f"  {row['row']}\n{'':<39}{line[2 + len(row['row']):]}"
    if not row["why"] or len(line.split("\n")[-1]) + len(text) + len(row["why"]) + 2 <= _COLUMNS:
        return [(line + ": ".join(part for part in (text, row["why"]) if part)).rstrip()]
    return [(line + text).rstrip(), *textwrap.wrap(row["why"], _COLUMNS, initial_indent=" " * 6,
                                                   subsequent_indent=" " * 6)]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"

"""The budget table: what is met, what stands beside it, and that it can be read on a screen of 120 columns."""

from typing import Any

from benchmarks.__main__ import SOURCES
from benchmarks.table import Rules, judged, table

RULES = Rules.read()


def row(name: str, **found: Any) -> dict[str, Any]:
    rule = next(rule for rule in RULES.rows if rule["row"] == name)
    return judged(rule, {"row": name, **found} if found else None, "canvas failed: no display")


def line(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if line.strip().startswith(name))


def test_a_budget_is_met_at_its_figure_and_missed_beyond_it() -> None:
    assert row("brush.p95.4096", figure=0.5)["met"] is True
    assert row("brush.p95.4096", figure=0.501)["met"] is False
    assert row("segment.rate_to_engine", figure=0.91)["met"] is True
    assert row("segment.rate_to_engine", figure=0.89)["met"] is False


def test_without_a_figure_or_a_budget_nothing_is_judged_and_the_reason_is_said() -> None:
    assert row("network.ratio.int8", why="the card allows no int8")["met"] is None
    assert row("brush.p95.512")["why"] == "canvas failed: no display"
    assert row("brush.p50.512", figure=9.0)["met"] is None


def test_a_row_whose_budget_follows_from_the_disk_brings_its_own() -> None:
    assert row("stroke.acknowledged.p95", figure=12.0, budget=10.4)["met"] is False


def test_a_row_is_written_with_the_names_that_others_rely_on() -> None:
    assert set(row("pan.p95.4096", figure=2.0)) == {"row", "budget", "must", "figure", "unit", "peer", "met", "why"}


def test_median_and_peers_stand_on_the_line_of_p95() -> None:
    names = ("brush.p95.4096", "brush.p50.4096")
    said = table(RULES, [row(names[0], figure=0.4), row(names[1], figure=0.2)])
    assert line(said, "brush.p95.4096").split()[1:] == ["0.2", "0.4", "ms", "0.5", "28", "/", "41", "a", "yes"]
    assert "brush.p50" not in said
    assert line(said, "a  ").startswith("  a  napari")


def test_the_whole_table_fits_into_120_columns_whatever_it_has_to_say() -> None:
    busy = "load 14.2, own computing 123.45, " * 4
    rows = [judged(rule, {"row": rule["row"], "figure": 12345.678, "why": busy}) for rule in RULES.rows]
    said = table(RULES, rows)
    assert max(map(len, said.splitlines())) <= 120
    for rule in RULES.rows:
        assert "p50" in rule["row"] or rule["row"] in said


def test_every_peer_is_named_and_no_row_is_listed_twice() -> None:
    names = [rule["row"] for rule in RULES.rows]
    assert len(names) == len(set(names))
    assert all(("peer" in rule) == ("peer_from" in rule) for rule in RULES.rows)
    assert {rule["peer_from"] for rule in RULES.rows if "peer_from" in rule} == set(RULES.peers)


def test_beside_each_p95_of_many_events_stands_its_median() -> None:
    names = {rule["row"] for rule in RULES.rows}
    assert {name for name in names if "p95" in name and name.replace("p95", "p50") not in names} == {
        f"next_case.p95.{size}" for size in (512, 2048, 4096)}  # their median is the row of the budget


def test_every_part_has_a_module() -> None:
    from importlib.util import find_spec

    assert all(find_spec(f"benchmarks.{source}") for source in SOURCES if source != "formats")

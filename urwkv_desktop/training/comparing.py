"""Two models on the same cases, one after the other."""

from __future__ import annotations

from urwkv_desktop.training.comparison import FALL, Comparison, Fall
from urwkv_desktop.training.metrics import mean_interval
from urwkv_desktop.training.scores import FIRED_PIXELS, Evaluation


def compared(before: Evaluation, after: Evaluation) -> Comparison:
    """Both evaluations are of the same cases; one that either refused counts for neither."""
    first, second = ({case.id: case.dice for case in one.cases} for one in (before, after))
    both = [name for name in first if name in second]
    differences = [second[name] - first[name] for name in both]
    low, high = mean_interval(differences) if both else (0.0, 0.0)
    falls = sorted((Fall(name, first[name], second[name]) for name in both if first[name] - second[name] > FALL),
                   key=lambda fall: fall.after - fall.before)
    drawn_before, drawn_after = ({case.id: case.drawn for case in one.empty_cases} for one in (before, after))
    empty = [name for name in drawn_before if name in drawn_after]
    return Comparison(
        n=len(both), before=_mean([first[name] for name in both]), after=_mean([second[name] for name in both]),
        lo=low, hi=high, better=sum(difference > FALL for difference in differences), falls=tuple(falls),
        empty=len(empty), fired_before=sum(drawn_before[name] > FIRED_PIXELS for name in empty),
        fired_after=sum(drawn_after[name] > FIRED_PIXELS for name in empty),
        refused=len({case.id for one in (before, after) for case in one.refused}),
    )


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0

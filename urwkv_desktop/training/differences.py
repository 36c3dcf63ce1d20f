"""What a faster precision costs, case by case, as a card says it."""

from __future__ import annotations

from urwkv_desktop.training.scores import Evaluation

_WORST = 5


def difference(exact: Evaluation, fast: Evaluation) -> dict[str, object]:
    """Of the Dice of each image: the mean difference, the worst one, and which cases they are."""
    falls = sorted((other.dice - case.dice, case.id) for case, other in zip(exact.cases, fast.cases, strict=True))
    return {
        "dice_mean": round(sum(fall for fall, _ in falls) / max(1, len(falls)), 6),
        "dice_worst": round(min((fall for fall, _ in falls), default=0.0), 6),
        "images": float(len(falls)),
        "worst": [{"id": name, "dice": round(fall, 4)} for fall, name in falls[:_WORST]],
    }

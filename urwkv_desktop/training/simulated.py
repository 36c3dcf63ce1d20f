"""Simulated ultrasound beside real pictures: other seeds than those of the sample project and of any measurement."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from urwkv_desktop.inference.card import InputSpec
from urwkv_desktop.inference.prepare import prepare_values
from urwkv_desktop.training.dataset import Sample, kept_sample
from urwkv_desktop.training.phantom import Kind, Phantom, make_phantom

FIRST_SEED = 50_000  # samples.py takes 20 to 25 and 1000 to 1049
KINDS: tuple[Kind, ...] = ("normal", "benign", "malignant", "normal", "cyst")


def simulated(count: int, spec: InputSpec, seed: int) -> list[Sample]:
    """`count` phantoms as samples of one label, two of five without a lesion. Half a second each, once a run."""
    made = []
    for number, phantom in enumerate(_phantoms(count, seed)):
        low, high = spec.intensity.low, spec.intensity.high
        limits = (low, high) if spec.intensity.kind == "range" else (0.0, 255.0)
        prepared = prepare_values(phantom.pixels.astype(np.float32), spec, limits)
        made.append(kept_sample(f"phantom {number}", prepared, phantom.truth.astype(np.uint8), spec, 1))
    return made


@lru_cache(maxsize=1)
def _phantoms(count: int, seed: int) -> tuple[Phantom, ...]:
    first = FIRST_SEED + 1000 * seed
    return tuple(make_phantom(KINDS[number % len(KINDS)], first + number) for number in range(count))

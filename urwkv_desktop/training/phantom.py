"""Simulated breast-ultrasound pictures with a true mask: seeded, ours, free to ship. Always to be called *simulated*.

A map of echo amplitude (layers of tissue, ligaments, perhaps a lesion) scales random scatterers; they are convolved
with a pulse along depth and a beam across it, compounded, attenuated and compressed. Each step is textbook B-mode
imaging; the numbers were chosen by eye and claim no anatomy.
Arrays are [row, column] = [depth, lateral], lengths in mm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Kind = Literal["benign", "malignant", "cyst", "normal"]
Array = NDArray[np.float64]  # double throughout: single precision would round a few pixels differently on another CPU

SPACING_MM = 0.1  # of the picture, rows and columns
FINE = 2  # depth is simulated at twice the picture's rows, or the pulse's carrier would alias
LOOKS = 5  # compounded views; with one, the speckle is sharper than any scanner's
SHARED = 0.35  # of the scatterers' power that all looks see alike
RANGE_DB = 54.0
PERIOD_MM, PULSE_MM = 0.128, 0.13  # the echo's carrier (6 MHz, there and back) and the sigma of its envelope
ROWS, COLUMNS = 448, 512


@dataclass(frozen=True, eq=False)
class Phantom:
    """pixels: uint8 [H, W]. truth: uint8 [H, W], 1 in the lesion, else 0. spacing_mm: rows, columns."""

    kind: Kind
    seed: int
    pixels: NDArray[np.uint8]
    truth: NDArray[np.uint8]
    spacing_mm: tuple[float, float] = (SPACING_MM, SPACING_MM)


@dataclass(frozen=True, eq=False)
class _Tissue:
    """amplitude: of the echoes, linear, gland = 1. loss: of the beam against the machine's gain, dB a mm."""

    amplitude: Array
    loss: Array
    inside: NDArray[np.bool_]


def make_phantom(kind: Kind, seed: int, *, rows: int = ROWS, columns: int = COLUMNS) -> Phantom:
    """One simulated picture; the same kind, seed and size give the same bytes. About half a second.

    Raises ValueError for an unknown kind or a size in which no layer would fit (below 224 rows or 128 columns).
    """
    if kind not in get_args(Kind) or rows < 224 or columns < 128:
        raise ValueError(f"No phantom of kind {kind!r} with {rows} x {columns} pixels.")
    rng = np.random.default_rng([seed, get_args(Kind).index(kind)])
    z = ((np.arange(rows * FINE) + 0.5) * SPACING_MM / FINE)[:, None]
    x = np.asarray((np.arange(columns) + 0.5) * SPACING_MM, np.float64)[None, :]
    tissue = _with_lesion(_breast(rng, z, x), kind, rng, z, x)
    echo = _echo(tissue, rng, z)
    # Two fine rows make one of the picture; the lower one, a quarter of a pixel below the centre, rules the truth.
    return Phantom(kind, seed, _compress(echo, z, rng), tissue.inside[FINE // 2 :: FINE].astype(np.uint8))


# ── the map of tissue ─────────────────────────────────────────────────────────────────────────────────────────────────


def _breast(rng: np.random.Generator, z: Array, x: Array) -> _Tissue:
    """Skin, fat, gland, muscle and what lies behind it, the fasciae between them and curved ligaments."""
    depth, width = float(z[-1, 0]), float(x[0, -1])
    skin = _wave(rng, x, 0.035 * depth, 0.15, width)
    gland = _wave(rng, x, rng.uniform(0.18, 0.25) * depth, 1.3, width)
    muscle = _wave(rng, x, rng.uniform(0.68, 0.74) * depth, 0.9, width)
    chest = muscle + _wave(rng, x, rng.uniform(0.15, 0.19) * depth, 0.5, width)

    texture = _cloud(rng, (len(z), x.size), 0.36, 70, 60) * _cloud(rng, (len(z), x.size), 0.36, 12, 26)
    fat = 0.33 * _cloud(rng, texture.shape, 0.3, 34, 44) * _cloud(rng, texture.shape, 0.3, 5, 40)
    fibres = _fibres(rng, z - muscle, x, float(np.mean(chest - muscle)))
    layers = [z < skin, z < gland, z < muscle, z < chest]
    amplitude = np.select(layers, [np.full_like(texture, 1.5), fat, texture, fibres], 0.22 * texture)
    for line, strength in ((skin, 1.1), (gland, 1.5), (muscle, 2.2), (chest, 3.0)):
        # A membrane answers most where the beam meets it at a right angle.
        slope = np.gradient(line[0], x[0])
        amplitude += strength * np.exp(-0.5 * ((z - line) / 0.16) ** 2) / (1 + 25 * slope**2) * _beads(rng, x)
    for _ in range(int(rng.integers(16, 22))):
        amplitude += _ligament(rng, z, x, skin, gland, muscle)
    loss = np.where(z < chest, 0.06, 0.55)  # the chest wall swallows what comes that far
    return _Tissue(amplitude, loss, np.zeros(amplitude.shape, bool))


def _wave(rng: np.random.Generator, x: Array, mean: float, height: float, width: float) -> Array:
    """A smooth line across the picture: its depth in mm at each column, [1, W]."""
    line = np.full_like(x, mean)
    for k in range(1, 5):
        line += height / k * rng.normal() * np.cos(np.pi * k * x / width + rng.uniform(0, 2 * np.pi))
    return line


def _cloud(rng: np.random.Generator, shape: tuple[int, int], spread: float, tall: float, wide: float) -> Array:
    """A slow random factor around 1 (log-normal): sigma `spread`, correlated over tall x wide fine pixels."""
    ky = np.fft.fftfreq(shape[0])[:, None] * tall
    kx = np.fft.rfftfreq(shape[1])[None, :] * wide
    noise = np.fft.rfft2(rng.standard_normal(shape)) * np.exp(-2 * np.pi**2 * (ky**2 + kx**2) / 4)
    field = np.fft.irfft2(noise, s=shape)
    return np.asarray(np.exp(spread * field / field.std()), np.float64)


def _beads(rng: np.random.Generator, x: Array) -> Array:
    """Brightness along a membrane, [1, W]: nothing in a body is drawn in one stroke."""
    return np.clip(_cloud(rng, (8, x.size), 0.5, 8, 40)[:1], 0.2, 2.5)


def _fibres(rng: np.random.Generator, below: Array, x: Array, thickness: float) -> Array:
    """Muscle: dark, with bright thin strands that run along it, wave a little and end somewhere."""
    amplitude = np.full(below.shape, 0.24)
    for at in np.arange(0.5, thickness, 0.75):
        start, length = rng.uniform(-15, x[0, -1] - 5), rng.uniform(18, 45)
        wave = at + 0.22 * np.sin(x / rng.uniform(3, 6) + rng.uniform(0, 6)) + rng.normal(0, 0.15)
        ends = 1 / (1 + np.exp(-(x - start) / 1.5)) / (1 + np.exp((x - start - length) / 1.5))
        amplitude += rng.uniform(0.5, 1.2) * ends * np.exp(-0.5 * ((below - wave) / 0.11) ** 2)
    return amplitude


def _ligament(rng: np.random.Generator, z: Array, x: Array, skin: Array, gland: Array, muscle: Array) -> Array:
    """One curved bright strand: most of them span the fat, the rest lie in the gland."""
    in_fat = rng.random() < 0.65
    top, bottom = (skin, gland) if in_fat else (gland, muscle)
    centre, reach = rng.uniform(0, x[0, -1]), rng.uniform(5, 14)
    t = (x - centre) / reach
    start, rise, bend = rng.uniform(0.15, 0.8), rng.normal(0, 1.8), rng.normal(0, 1.6)  # the latter two in mm
    path = top + (bottom - top) * start + rise * t + bend * t**2 + 0.25 * np.sin(3 * t + 6 * start)
    within = (np.abs(t) < 1) & (path > top) & (path < bottom)
    line = np.exp(-0.5 * ((z - path) / rng.uniform(0.10, 0.2)) ** 2) * (1 - np.minimum(t**2, 1)) * within
    strength = rng.uniform(0.3, 0.8) if in_fat else rng.uniform(0.7, 1.8)
    return np.asarray(strength * line * _beads(rng, x), np.float64)


# ── the lesion ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _with_lesion(tissue: _Tissue, kind: Kind, rng: np.random.Generator, z: Array, x: Array) -> _Tissue:
    """The tissue with a lesion of that kind in the gland; `distance` is mm from its outline, positive inside."""
    if kind == "normal":
        return tissue
    distance = _outline(kind, rng, z, x)
    inside = distance > 0
    soft = 0.5 + 0.5 * np.tanh(distance / {"benign": 0.2, "cyst": 0.14, "malignant": 0.36}[kind])
    grain = _cloud(rng, tissue.amplitude.shape, 0.28 if kind == "malignant" else 0.16, 14, 18)
    level = {"benign": 0.17, "cyst": 0.006, "malignant": 0.12}[kind]
    amplitude = tissue.amplitude * (1 - soft) + level * grain * soft
    loss = tissue.loss + {"benign": -0.08, "cyst": -0.5, "malignant": 1.0}[kind] * inside
    if kind == "malignant":
        amplitude += 0.55 * np.exp(-np.maximum(-distance, 0) / 1.0) * (1 - soft)  # the halo of tissue that is drawn in
        amplitude += _calcium(rng, distance, z, x)
    else:
        rim = 0.55 if kind == "benign" else 0.9  # its thin capsule
        amplitude += rim * np.exp(-0.5 * ((distance + 0.15) / 0.14) ** 2)
    return _Tissue(amplitude, loss, inside)


def _outline(kind: Kind, rng: np.random.Generator, z: Array, x: Array) -> Array:
    """Distance in mm (radially, positive inside) from a rough ellipse: wide, round, or tall and spiked."""
    wide = rng.uniform(*{"benign": (6.5, 10.0), "cyst": (4.5, 7.5), "malignant": (4.5, 6.5)}[kind])
    tall = wide * rng.uniform(*{"benign": (0.5, 0.68), "cyst": (0.62, 0.85), "malignant": (1.05, 1.3)}[kind])
    top, bottom = 0.27 * float(z[-1, 0]) + tall, 0.67 * float(z[-1, 0]) - tall
    down = z - rng.uniform(min(top, bottom), max(top, bottom))
    across = x - rng.uniform(0.3, 0.7) * float(x[0, -1])
    tilt = rng.normal(0, 0.12)
    u, v = across * np.cos(tilt) + down * np.sin(tilt), down * np.cos(tilt) - across * np.sin(tilt)
    angle = np.arctan2(v / tall, u / wide)
    rough = np.zeros_like(angle)
    for k in range(2, 16 if kind == "malignant" else 6):
        size = {"benign": 0.14, "cyst": 0.07, "malignant": 0.24}[kind] / k ** (0.75 if kind == "malignant" else 1.3)
        rough += size * rng.normal() * np.cos(k * angle + rng.uniform(0, 2 * np.pi))
    radius = np.hypot(u / wide, v / tall)
    return np.asarray((np.maximum(1 + rough, 0.35) - radius) * 0.5 * (wide + tall), np.float64)


def _calcium(rng: np.random.Generator, distance: Array, z: Array, x: Array) -> Array:
    """Bright specks of a tenth to a quarter of a mm, somewhere well inside."""
    specks = np.zeros_like(distance)
    rows, columns = np.nonzero(distance > 1.2)
    for pick in rng.integers(0, len(rows), int(rng.integers(5, 11))) if len(rows) else ():
        away = ((z - z[rows[pick]]) ** 2 + (x - x[0, columns[pick]]) ** 2) / rng.uniform(0.1, 0.2) ** 2
        specks += rng.uniform(2.0, 4.0) * np.exp(-0.5 * away)
    return specks


# ── the machine ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _echo(tissue: _Tissue, rng: np.random.Generator, z: Array) -> Array:
    """Envelope of the echoes, root mean square of the looks, with attenuation; fine rows, linear."""
    rows, columns = tissue.amplitude.shape
    lag = np.arange(-12, 13) * SPACING_MM / FINE
    pulse = np.exp(-0.5 * (lag / PULSE_MM) ** 2 + 2j * np.pi * lag / PERIOD_MM)
    along = np.fft.fft(pulse, rows + 24)[:, None]
    shared = rng.standard_normal((rows, columns))
    power = np.zeros((rows, columns))
    for _ in range(LOOKS):
        own = rng.standard_normal((rows, columns))
        scatter = tissue.amplitude * (np.sqrt(SHARED) * shared + np.sqrt(1 - SHARED) * own)
        signal = np.fft.ifft(np.fft.fft(scatter, rows + 24, axis=0) * along, axis=0)[12 : 12 + rows]
        power += np.abs(_beam(signal, z)) ** 2
    # A beam is as wide as its aperture: shadows have soft sides, and what lies in a small lesion's lee is only dimmed.
    lost = np.cumsum(_blur(tissue.loss, 7.0), axis=0) * SPACING_MM / FINE
    return np.asarray(np.sqrt(power / LOOKS) * 10 ** (-lost / 20), np.float64)


def _beam(signal: NDArray[np.complexfloating], z: Array) -> NDArray[np.complexfloating]:
    """Blurred across depth by a width that grows away from the focus, mixed from four widths."""
    widths = np.array([1.6, 2.6, 4.2, 6.8])  # sigma, columns
    focus = 0.42 * float(z[-1, 0])
    want = 1.8 * np.sqrt(1 + ((z[:, 0] - focus) / (0.55 * focus)) ** 2)
    place = np.interp(np.log(want), np.log(widths), np.arange(len(widths)))[:, None]
    spectrum = np.fft.fft(signal, axis=1)
    k = np.fft.fftfreq(signal.shape[1])[None, :]
    share = [np.maximum(0, 1 - np.abs(place - i)) for i in range(len(widths))]
    # A mixture of filters is one filter a row; each is scaled so that its noise keeps its power.
    gains = [np.exp(-2 * (np.pi * w * k) ** 2) * np.sqrt(2 * w * np.sqrt(np.pi)) for w in widths]
    return np.fft.ifft(spectrum * sum(s * g for s, g in zip(share, gains, strict=True)), axis=1)


def _blur(values: Array, sigma: float) -> Array:
    """Gaussian along columns, sigma in columns, edges mirrored."""
    wide = np.concatenate([values, values[:, ::-1]], axis=1)
    k = np.fft.rfftfreq(wide.shape[1])[None, :]
    blurred = np.fft.irfft(np.fft.rfft(wide, axis=1) * np.exp(-2 * (np.pi * sigma * k) ** 2), axis=1)
    return np.asarray(blurred[:, : values.shape[1]], np.float64)


def _compress(echo: Array, z: Array, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Noise that the gain lifts with depth, two fine rows to one, then RANGE_DB of logarithm to 0..255."""
    white = 1.35 * np.percentile(echo, 99.6)
    noise = white * 10 ** ((-60 + 18 * z / z[-1]) / 20)
    power = echo**2 + (noise * np.abs(rng.standard_normal(echo.shape))) ** 2
    envelope = np.sqrt(power.reshape(-1, FINE, echo.shape[1]).mean(axis=1))
    decibel = 20 * np.log10(envelope / white + 1e-6)
    return np.asarray(np.clip(np.round(255 * (1 + decibel / RANGE_DB)), 0, 255), np.uint8)

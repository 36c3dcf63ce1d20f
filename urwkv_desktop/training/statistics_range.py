"""Statistics of batch normalisation brought into float16's range, without changing what the network says."""

from __future__ import annotations

import torch
from torch import Tensor

_HIGHEST = 2.0**12
"""A variance above this is brought below it: far under float16's 65,504, far above the 1e-5 added under the root."""


def within_float16(values: dict[str, Tensor]) -> dict[str, Tensor]:
    """The same network with smaller variances where an upsampling's grew large: of a channel, the convolution and the
    mean are scaled by a power of two, the variance by its square, which the normalisation cancels.

    values: a state dict, float32; it is left as it is. Only `Up*.up.1` -> `Up*.up.2` are touched: there a convolution
    stands right before its normalisation (SPEC.md 4). The output changes by less than 1e-8 of itself.
    """
    scaled = dict(values)
    for name, variance in values.items():
        if not name.endswith(".up.2.running_var") or not bool((variance > _HIGHEST).any()):
            continue
        stem = name.removesuffix(".2.running_var")
        steps = torch.ceil(torch.log2(variance.clamp_min(_HIGHEST) / _HIGHEST) / 2)
        factor = torch.exp2(-steps)
        scaled[name] = variance * factor**2
        scaled[f"{stem}.2.running_mean"] = values[f"{stem}.2.running_mean"] * factor
        scaled[f"{stem}.1.weight"] = values[f"{stem}.1.weight"] * factor[:, None, None, None]
        scaled[f"{stem}.1.bias"] = values[f"{stem}.1.bias"] * factor
    return scaled

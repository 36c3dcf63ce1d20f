"""The graph `transposed-back`: both passes' answers for one cell of the map are added, not for two."""

from __future__ import annotations

import pytest
import torch

from tests.network.golden_files import difference, fill_weights, golden, under
from urwkv_desktop.network import GRAPHS, build_network
from urwkv_desktop.network.darm import DARM
from urwkv_desktop.network.scans import Shift

GRIDS = ["4x4", "3x3", "1x1", "2x4", "4x2", "3x5", "1x7"]


def _darm(shift: Shift, *, turns_back: bool) -> DARM:
    module = DARM(32, shift, turns_back=turns_back)
    module.load_state_dict(under(golden("darm"), "darm.param."))
    return module


@pytest.mark.parametrize("shift", ["permute", "qshift"])
@pytest.mark.parametrize("grid", GRIDS)
def test_the_second_answer_is_laid_back_cell_by_cell(grid: str, shift: Shift) -> None:
    x = golden("darm")[f"g{grid}.x"]
    rows, columns = x.shape[2:]
    with torch.no_grad():
        module = _darm(shift, turns_back=True)
        found = module(x)
        first, second = (each.transpose(1, 2).reshape(x.shape) for each in module.passes(x).unbind(dim=1))
    wanted = first.clone()
    for row in range(rows):
        for column in range(columns):
            place = row * columns + column  # SPEC.md 5.2: x'[r,c] = x[p % h, p // h]
            wanted[:, :, place % rows, place // rows] += second[:, :, row, column]
    assert difference(found, wanted) < 1e-6


def test_it_is_a_graph_by_name_with_the_published_weights_and_another_answer() -> None:
    assert "transposed-back" in GRAPHS
    published, ours = build_network("with2x4", "small"), build_network("transposed-back", "small")
    fill_weights(published)
    ours.load_state_dict(published.state_dict())
    picture = torch.randn(1, 3, 64, 48)
    with torch.inference_mode():
        assert difference(ours.eval()(picture), published.eval()(picture)) > 1e-4


def test_a_picture_turned_over_its_diagonal_differs_less_than_in_the_published_graph() -> None:
    """What the graph is for: features of a cell stay at that cell."""
    torch.manual_seed(0)
    x = torch.zeros(1, 32, 6, 6)
    x[:, :, 1, 4] = 3
    with torch.no_grad():
        moved = [(_darm("permute", turns_back=turns_back)(x) - x).abs().sum(1)[0] for turns_back in (True, False)]
    assert moved[0][1, 4] > 1.5 * moved[0][4, 1]
    assert moved[1][4, 1] > 0.5 * moved[1][1, 4]


def test_it_learns() -> None:
    network = build_network("transposed-back", "small")
    network(torch.rand(2, 3, 32, 32)).sum().backward()
    assert network.bx4rwkv.allinone_spa.spatial_decay.grad is not None

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.view.arrangement import arrange, arrange_by_communities
from tests.view.network_samples import sample_graph


def sample(nodes: int, width: float, height: float) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    graph = sample_graph(nodes)
    index = {node: i for i, node in enumerate(sorted(graph))}
    pairs = np.array([(index[a], index[b]) for a, b in graph.edges()], dtype=np.int64)
    return np.full((len(index), 2), (width, height)), pairs


@pytest.mark.parametrize("nodes", [90, 500])
def test_boxes_hardly_overlap(nodes: int) -> None:
    boxes, pairs = sample(nodes, 60.0, 40.0)
    found = arrange(boxes, pairs, [("",)] * len(boxes))
    for positions in (found.wide, found.tall):
        assert np.isfinite(positions).all()
        span = np.abs(positions[:, None] - positions[None])
        over = ((span[..., 0] < 40.0) & (span[..., 1] < 26.0)).sum() - len(boxes)
        assert over / 2 <= 0.02 * len(boxes)


def test_wide_is_wide_and_tall_is_tall() -> None:
    boxes, pairs = sample(90, 60.0, 40.0)
    found = arrange(boxes, pairs, [("",)] * len(boxes))
    wide, tall = np.ptp(found.wide, axis=0), np.ptp(found.tall, axis=0)
    assert wide[0] > wide[1]
    assert tall[1] > tall[0]


def test_related_things_are_nearer_than_others() -> None:
    boxes, pairs = sample(300, 30.0, 20.0)
    positions = arrange(boxes, pairs, [("",)] * len(boxes)).wide
    related = np.sqrt(((positions[pairs[:, 0]] - positions[pairs[:, 1]]) ** 2).sum(axis=1)).mean()
    every = np.sqrt(((positions[:, None] - positions[None]) ** 2).sum(axis=2)).mean()
    assert related < 0.4 * every


def test_things_without_relations_stand_in_order_under_the_rest() -> None:
    boxes = np.full((6, 2), (80.0, 40.0))
    pairs = np.array([(0, 1)])
    positions = arrange(boxes, pairs, [("", "")] * 2 + [("b", "2"), ("a", "9"), ("b", "1"), ("a", "1")]).wide
    assert positions[2:, 1].min() > positions[:2, 1].max()
    assert sorted(range(2, 6), key=lambda i: (positions[i, 0], positions[i, 1])) == [5, 3, 4, 2]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_very_small_graphs(count: int) -> None:
    boxes = np.full((count, 2), (80.0, 40.0))
    found = arrange(boxes, np.zeros((0, 2), dtype=np.int64), [("",)] * count)
    assert len({tuple(p) for p in found.wide.tolist()}) == count


def test_relations_of_a_thing_to_itself_do_no_harm() -> None:
    boxes = np.full((2, 2), (80.0, 40.0))
    found = arrange(boxes, np.array([(0, 0), (0, 1), (1, 0)]), [("",)] * 2)
    assert np.isfinite(found.wide).all()


def test_discs_of_communities_hold_their_members_and_lie_apart() -> None:
    boxes, pairs = sample(600, 30.0, 20.0)
    found = arrange_by_communities(boxes, pairs, 100)
    assert sorted(i for members in found.communities for i in members) == list(range(len(boxes)))
    for members, (x, y, radius) in zip(found.communities, found.discs, strict=True):
        distance = np.sqrt(((found.wide[list(members)] - (x, y)) ** 2).sum(axis=1))
        assert distance.max() < radius
    for a, b in combinations(found.discs, 2):
        assert np.hypot(*(a[:2] - b[:2])) > 0.97 * (a[2] + b[2])

"""Where each thing stands in the picture, worked out before the page is opened.

A force layout in numpy: things that are related pull at each other, all things push each
other away, and at the end no two boxes overlap. Only additions, multiplications, divisions
and square roots are used, and sums run along the first axis, so that the same graph gives
the same picture everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import networkx as nx
import numpy as np
from numpy.typing import NDArray

__all__ = ["FEW", "Arrangement", "arrange", "arrange_by_communities"]

Points = NDArray[np.float64]
Pairs = NDArray[np.int64]

SEED: Final = 20150428
_LEAF: Final = 32
_EXACT: Final = 180
_WIDE: Final = (960.0, 640.0)
_TALL: Final = (340.0, 660.0)
"""The room that a picture has on a desk and on a telephone, in pixels."""

_SPOTS: Final = 5000
"""So many places are tried for a part that is not connected with the others."""

_CELLS: Final = ((172.0, 20.0), (112.0, 20.0))
"""The room for a thing without relations and its label of one line, on either page."""

_SHARES: Final = (0.45, 0.55)
"""How much of the height of either page things without relations may take."""

FEW: Final = 400
"""So many things can all be labelled when the picture fits the page."""

_GRAVITY: Final = 0.03
_NEARNESS: Final = 0.04
_BRIEF: Final = 120
_GOLDEN: Final = (-0.7373688780783197, 0.6754902942615238)
"""Cosine and sine of the golden angle."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Positions in pixels at zoom 1, and the communities as lists of indices, the greatest first."""

    wide: Points
    tall: Points
    communities: tuple[tuple[int, ...], ...] = ()
    discs: Points = field(default_factory=lambda: np.zeros((0, 3)))
    """One row a community: x, y and radius of the circle that holds it."""


def arrange(boxes: Points, pairs: Pairs, order: Sequence[tuple[str, ...]]) -> Arrangement:
    """Places the things of a graph that is drawn whole, for a wide page and for a tall one.

    Args:
        boxes: one row a thing, the width and height that it wants to itself, label and all.
        pairs: one row a relation, the indices of its ends.
        order: by what things without relations are sorted when they are set in columns.
    """
    graph = _graph(len(boxes), pairs)
    components = sorted((sorted(c) for c in nx.connected_components(graph)), key=lambda c: (-len(c), c[0]))
    loose = sorted((c[0] for c in components if len(c) == 1), key=lambda i: (order[i], i))
    islands = [
        (c, _lay_flat(_force(graph.subgraph(c), c, _unit(boxes[c])))) for c in components if len(c) > 1
    ]
    return Arrangement(_on_page(islands, loose, boxes, _WIDE), _on_page(islands, loose, boxes, _TALL))


def _on_page(
    islands: list[tuple[list[int], Points]], loose: list[int], boxes: Points, page: tuple[float, float]
) -> Points:
    positions = np.zeros((len(boxes), 2))
    aspect = page[0] / page[1]
    turned = [(c, local if aspect > 1 else local[:, ::-1] * np.array([1.0, -1.0])) for c, local in islands]
    settled = [(c, _separate(_stretched(local, aspect), boxes[c])) for c, local in turned]
    _pack(positions, settled, boxes, aspect)
    if loose:
        placed = np.array([i for c, _ in islands for i in c], dtype=np.int64)
        _set_in_columns(positions, placed, loose, boxes, page)
    return positions - _middle(positions)


def arrange_by_communities(boxes: Points, pairs: Pairs, most: int) -> Arrangement:
    """Places the things of a graph that is too large to be drawn whole.

    Each community has a disc to itself, so that a circle can stand for it until it is opened.
    Things without relations share the last disc.

    Args:
        boxes: one row a thing, the width and height that it wants to itself.
        pairs: one row a relation, the indices of its ends.
        most: a community has no more members than this.
    """
    graph = _graph(len(boxes), pairs)
    loose = sorted(nx.isolates(graph))
    graph.remove_nodes_from(loose)
    communities = [part for c in _communities(graph) for part in _parts(c, most)]
    communities += list(_parts(loose, most))
    if not communities:
        nowhere = np.zeros((len(boxes), 2))
        return Arrangement(nowhere, nowhere)
    insides, radii = [], []
    for members in communities:
        sub = graph.subgraph(members)
        unit = _unit(boxes[members])
        local = (
            _force(sub, members, unit, most=_BRIEF)
            if sub.number_of_edges()
            else _spiral(len(members), unit * 0.6)
        )
        local = _separate(local, boxes[members], rounds=25)
        local -= _middle(local)
        insides.append(local)
        radii.append(float(np.sqrt((local**2).sum(axis=1).max())) + 40.0)
    centres = _place_discs(communities, np.array(radii), pairs, len(boxes))
    positions = np.zeros((len(boxes), 2))
    for members, local, centre in zip(communities, insides, centres, strict=True):
        positions[members] = local + centre
    discs = np.column_stack([centres, np.array(radii)])
    return Arrangement(positions, positions, tuple(tuple(c) for c in communities), discs)


def _graph(count: int, pairs: Pairs) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from((a, b) for a, b in pairs.tolist() if a != b)
    return graph


def _unit(boxes: Points) -> float:
    """A distance that gives each thing about the room that its box takes."""
    return float(np.sqrt((boxes[:, 0] * boxes[:, 1]).sum() / len(boxes)))


def _communities(graph: nx.Graph[int]) -> list[list[int]]:
    found = nx.community.louvain_communities(graph, seed=SEED)
    return sorted((sorted(c) for c in found), key=lambda c: (-len(c), c[0]))


def _parts(members: list[int], most: int) -> list[list[int]]:
    return [members[i : i + most] for i in range(0, len(members), most)]


def _spiral(count: int, step: float) -> Points:
    """Points on a sunflower's spiral, the densest even filling of a disc."""
    points = np.zeros((count, 2))
    cos, sin = 1.0, 0.0
    for i in range(count):
        radius = step * np.sqrt(i + 0.5)
        points[i] = (radius * cos, radius * sin)
        cos, sin = cos * _GOLDEN[0] - sin * _GOLDEN[1], sin * _GOLDEN[0] + cos * _GOLDEN[1]
    return points


def _force(graph: nx.Graph[int], members: Sequence[int], unit: float, *, most: int = 500) -> Points:
    """Positions of one connected part, by pull along relations and push between all things.

    ``unit`` is the distance at which two related things come to rest, ``most`` the greatest number
    of steps.
    """
    count = len(members)
    if count == 2:
        return np.array([[-0.8 * unit, 0.0], [0.8 * unit, 0.0]])
    index = {node: i for i, node in enumerate(members)}
    ends = np.array(sorted((index[a], index[b]) for a, b in graph.edges), dtype=np.int64)
    degree = np.bincount(ends.ravel(), minlength=count).astype(np.float64)
    points = _start(graph, members, index) if most > _BRIEF else _spiral(count, 0.6)
    mass = 1.0 + 0.35 * np.sqrt(degree)
    steps = min(most, 500 if count <= _EXACT else max(80, min(220, 440_000 // count)))
    turns = np.random.RandomState(SEED).random_sample(steps)
    nearness = _NEARNESS if count <= _EXACT else _NEARNESS / 6.0
    warmth = 0.35 * float(np.sqrt(count))
    for step in range(steps):
        push = (
            _push_exact(points, mass, nearness)
            if count <= _EXACT
            else _push(points, mass, nearness, float(turns[step]))
        )
        move = push + _pull(points, ends, degree) - points * _GRAVITY
        length = np.sqrt((move**2).sum(axis=1)) + 1e-9
        reach = warmth * (1.0 - step / steps) ** 2 + 0.01
        points = points + move * (np.minimum(length * 0.3, reach) / length)[:, None]
    return points * unit


def _stretched(points: Points, aspect: float) -> Points:
    """Brought a little nearer to the shape of the page: large pictures come out round."""
    wide, high = (float(np.ptp(points[:, axis])) + 1e-9 for axis in (0, 1))
    stretch = min(1.3, max(1 / 1.3, math.sqrt(aspect * high / wide)))
    return np.column_stack([points[:, 0] * stretch, points[:, 1] / stretch])


def _start(graph: nx.Graph[int], members: Sequence[int], index: dict[int, int]) -> Points:
    """Communities side by side, so that few relations have to cross."""
    points = np.zeros((len(members), 2))
    communities = _communities(graph)
    largest = len(communities[0])
    centres = _spiral(len(communities), float(np.sqrt(largest)))
    for community, centre in zip(communities, centres, strict=True):
        by_degree = sorted(community, key=lambda node: (-graph.degree(node), node))
        points[[index[node] for node in by_degree]] = _spiral(len(community), 0.5) + centre
    return points


def _pull(points: Points, ends: Pairs, degree: Points) -> Points:
    """The pull along relations; the ends of a line between two hubs stand farther apart."""
    a, b = ends[:, 0], ends[:, 1]
    span = points[b] - points[a]
    distance = np.sqrt((span**2).sum(axis=1)) + 1e-9
    greater, lesser = np.maximum(degree[a], degree[b]), np.minimum(degree[a], degree[b])
    strength = np.minimum(distance / (1.0 + 0.05 * np.sqrt(greater)), 6.0) / np.sqrt(lesser)
    force = span * strength[:, None]
    moved = np.zeros_like(points)
    for axis in (0, 1):
        moved[:, axis] = np.bincount(a, force[:, axis], len(points)) - np.bincount(
            b, force[:, axis], len(points)
        )
    return moved


def _falloff(square: Points, nearness: float) -> Points:
    """How strongly things push each other at a squared distance: little from far away."""
    return 1.0 / ((square + 0.02) * (1.0 + square * nearness))


def _push_exact(points: Points, mass: Points, nearness: float) -> Points:
    x, y = points[:, 0], points[:, 1]
    force = _pushed(x, y, x[:, None], y[:, None], mass[:, None], nearness)
    return np.column_stack(force) * mass[:, None]


def _push(points: Points, mass: Points, nearness: float, turn: float) -> Points:
    """The push between all things, nearly: exact among neighbours, by centres of gravity beyond.

    The plane is cut into boxes of equally many things, turned a little each time, so that no
    border stays where it is.
    """
    count = len(points)
    levels = max(1, int(np.ceil(np.log2(count / _LEAF))))
    leaves = 2**levels
    size = -(-count // leaves)
    padded = np.zeros((leaves * size, 3))
    padded[:count, :2], padded[:count, 2] = points, mass
    cos, sin = (1 - turn * turn) / (1 + turn * turn), 2 * turn / (1 + turn * turn)
    turned = np.column_stack(
        [padded[:, 0] * cos - padded[:, 1] * sin, padded[:, 0] * sin + padded[:, 1] * cos]
    )
    order = np.arange(leaves * size)
    for level in range(levels):
        rows = order.reshape(2**level, -1)
        by = np.argsort(turned[rows, level % 2], axis=1, kind="stable")
        order = np.take_along_axis(rows, by, axis=1).ravel()
    x, y, weight = (padded[order, column].reshape(leaves, size) for column in range(3))
    total = weight.T.sum(axis=0)
    centre_x = (x * weight).T.sum(axis=0) / np.maximum(total, 1e-9)
    centre_y = (y * weight).T.sum(axis=0) / np.maximum(total, 1e-9)
    near = _pushed(x, y, x.T[:, :, None], y.T[:, :, None], weight.T[:, :, None], nearness)
    others = np.where(np.eye(leaves, dtype=bool), 0.0, total[:, None])[:, :, None]
    far = _pushed(x, y, centre_x[:, None, None], centre_y[:, None, None], others, nearness)
    force = np.stack([(near[axis] + far[axis]) * weight for axis in (0, 1)], axis=2)
    result = np.zeros((leaves * size, 2))
    result[order] = force.reshape(-1, 2)
    return result[:count]


def _pushed(
    x: Points, y: Points, from_x: Points, from_y: Points, weight: Points, nearness: float
) -> list[Points]:
    """The push on the places ``x, y`` from others, which lie along the first axis."""
    span_x, span_y = x[None] - from_x, y[None] - from_y
    strength = weight * _falloff(span_x * span_x + span_y * span_y, nearness)
    return [np.asarray((span * strength).sum(axis=0)) for span in (span_x, span_y)]


def _separate(points: Points, boxes: Points, *, rounds: int = 60) -> Points:
    """Moves things apart until their boxes no longer overlap, each pair along its shorter way out."""
    points = points.copy()
    half = boxes / 2.0
    widest = float(boxes[:, 0].max())
    for _ in range(rounds):
        order = np.argsort(points[:, 0], kind="stable")
        x, y = points[order, 0], points[order, 1]
        half_x, half_y = half[order, 0], half[order, 1]
        shift = np.zeros((len(points), 2))
        hits = np.zeros(len(points))
        step = 1
        while step < len(points):
            gap = x[step:] - x[:-step]
            if float(gap.min()) > widest:
                break
            over_x = half_x[step:] + half_x[:-step] - gap
            apart = y[step:] - y[:-step]
            over_y = half_y[step:] + half_y[:-step] - np.abs(apart)
            overlap = (over_x > 0) & (over_y > 0)
            if overlap.any():
                at = np.nonzero(overlap)[0]
                sideways = over_x[at] < over_y[at]
                push_x = np.where(sideways, over_x[at], 0.0)
                push_y = np.where(sideways, 0.0, over_y[at] * np.where(apart[at] < 0, -1.0, 1.0))
                shift[at + step] += np.column_stack([push_x, push_y]) * 0.5
                shift[at] -= np.column_stack([push_x, push_y]) * 0.5
                hits[at + step] += 1
                hits[at] += 1
            step += 1
        if not hits.any():
            break
        points[order] += shift / np.maximum(np.sqrt(hits), 1.0)[:, None]
    return points


def _lay_flat(points: Points) -> Points:
    """Turns the picture so that its longest way lies level, as pages are wider than high."""
    points = points - points.sum(axis=0) / len(points)
    xx, yy, xy = ((points[:, a] * points[:, b]).sum() for a, b in ((0, 0), (1, 1), (0, 1)))
    difference, root = xx - yy, np.sqrt((xx - yy) ** 2 + 4 * xy * xy)
    if root < 1e-9:
        return points
    cos = np.sqrt((1 + difference / root) / 2)
    sin = np.sqrt(max(0.0, (1 - difference / root) / 2)) * (1.0 if xy >= 0 else -1.0)
    return np.column_stack([points[:, 0] * cos + points[:, 1] * sin, points[:, 1] * cos - points[:, 0] * sin])


def _middle(points: Points) -> Points:
    return np.asarray((points.min(axis=0) + points.max(axis=0)) / 2.0)


def _pack(positions: Points, islands: list[tuple[list[int], Points]], boxes: Points, aspect: float) -> None:
    """Sets the unconnected parts beside each other, the greatest in the middle."""
    if not islands:
        return
    lows = np.array([(local - boxes[members] / 2).min(axis=0) - 14.0 for members, local in islands])
    highs = np.array([(local + boxes[members] / 2).max(axis=0) + 14.0 for members, local in islands])
    halves = (highs - lows) / 2
    # a disc of twice the room that they take, and once more the greatest of them
    reach = np.sqrt(4 * (halves[:, 0] * halves[:, 1]).sum()) + halves.max()
    spots = _spiral(_SPOTS, float(reach) / np.sqrt(_SPOTS))
    spots = spots * np.array([np.sqrt(aspect), 1.0 / np.sqrt(aspect)])
    taken = np.zeros((0, 4))
    for number, (members, local) in enumerate(islands):
        half = halves[number]
        at = np.zeros(2)
        if number:
            free = np.ones(len(spots), dtype=bool)
            for x, y, w, h in taken.tolist():
                free &= (np.abs(spots[:, 0] - x) >= w + half[0]) | (np.abs(spots[:, 1] - y) >= h + half[1])
            beyond = np.array([0.0, (taken[:, 1] + taken[:, 3]).max() + half[1]])
            at = spots[int(np.argmax(free))] if free.any() else beyond
        positions[members] = local - (lows[number] + highs[number]) / 2 + at
        taken = np.vstack([taken, [*at, *half]])


def _set_in_columns(
    positions: Points, placed: Pairs, loose: list[int], boxes: Points, page: tuple[float, float]
) -> None:
    """Sets the things without relations in columns under the rest, like an index.

    Labels keep their size on the screen, so the cells grow by as much as the picture will be
    shrunk to fit a page.
    """
    count, few, upright = len(loose), len(boxes) <= FEW, page != _WIDE
    box = np.array(_CELLS[upright]) if few else boxes[loose].sum(axis=0) / count
    columns = max(1, min(count, int(page[0] // box[0])))
    rows = -(-count // columns)
    depth = min(rows * float(box[1]), page[1] * _SHARES[upright] * (1.0 if few else 0.25))
    if rows * box[1] > depth:
        columns = max(columns, round(float(np.sqrt(count * page[0] / (2.0 * depth)))))
        rows = -(-count // columns)
    columns = -(-count // rows)
    low, high, shrink = np.zeros(2), np.zeros(2), 1.0
    if len(placed):
        low = (positions[placed] - boxes[placed] / 2).min(axis=0)
        high = (positions[placed] + boxes[placed] / 2).max(axis=0)
        shrink = min(1.0, page[0] / (high[0] - low[0]), (page[1] - depth) / (high[1] - low[1]))
    cell = np.array([min(page[0] / columns, box[0]), depth / rows]) / shrink
    left = (low[0] + high[0] - columns * cell[0]) / 2
    top = high[1] + (32.0 / shrink if len(placed) else 0.0)
    indent = 0.08 if few else 0.5
    for n, node in enumerate(loose):
        column, row = divmod(n, rows)
        positions[node] = (left + (column + indent) * cell[0], top + (row + 0.5) * cell[1])


def _place_discs(communities: list[list[int]], radii: Points, pairs: Pairs, count: int) -> Points:
    """The centres of the communities' discs: related ones near each other, none over another."""
    owner = np.zeros(count, dtype=np.int64)
    for number, members in enumerate(communities):
        owner[members] = number
    links = owner[pairs] if len(pairs) else np.zeros((0, 2), dtype=np.int64)
    links = links[links[:, 0] != links[:, 1]]
    links = np.unique(np.sort(links, axis=1), axis=0) if len(links) else links
    centres = _spiral(len(communities), float(radii.max()) * 1.1)
    mean = float(radii.sum()) / len(radii)
    for step in range(150):
        move = centres * np.array([-0.015, -0.03])
        if len(links):
            span = centres[links[:, 1]] - centres[links[:, 0]]
            for axis in (0, 1):
                move[:, axis] += 0.02 * np.bincount(links[:, 0], span[:, axis], len(centres))
                move[:, axis] -= 0.02 * np.bincount(links[:, 1], span[:, axis], len(centres))
        reach = mean * 2.0 * (1 - step / 150) + 1.0
        length = np.sqrt((move**2).sum(axis=1)) + 1e-9
        centres = centres + move * (np.minimum(length, reach) / length)[:, None]
        centres = _separate_discs(centres, radii, 3)
    return _separate_discs(centres, radii, 200)


def _separate_discs(centres: Points, radii: Points, rounds: int) -> Points:
    for _ in range(rounds):
        span = centres[:, None, :] - centres[None, :, :]
        distance = np.sqrt((span**2).sum(axis=2)) + 1e-6
        over = np.maximum(radii[:, None] + radii[None, :] + 24.0 - distance, 0.0)
        np.fill_diagonal(over, 0.0)
        if not over.any():
            break
        push = span * (over / distance * 0.5)[:, :, None]
        centres = centres + push.transpose(1, 0, 2).sum(axis=0) * 0.7
    return centres

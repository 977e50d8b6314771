"""Text that knows where each of its characters came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Strand"]


@dataclass(frozen=True, slots=True)
class Strand:
    """A text and, for each of its characters, the place in the source that it came from.

    ``places`` is strictly increasing and as long as ``text``; it is a ``range`` while nothing has
    been taken out.
    """

    text: str
    places: tuple[int, ...] | range

    @classmethod
    def of(cls, source: str) -> Strand:
        """The strand of an untouched source."""
        return cls(source, range(len(source)))

    def replaced(self, text: str) -> Strand:
        """The same places with other characters, one for one.

        Raises:
            ValueError: if ``text`` has another length.
        """
        if len(text) != len(self.text):
            raise ValueError(f"{len(text)} characters cannot stand for {len(self.text)}")
        return Strand(text, self.places)

    def without(self, gaps: Iterable[tuple[int, int]]) -> Strand:
        """The strand without the half-open ranges ``gaps``, which are in order and do not overlap.

        >>> Strand.of("云 浮 市").without([(1, 2), (3, 4)])
        Strand(text='云浮市', places=(0, 2, 4))
        """
        pieces: list[str] = []
        places: list[int] = []
        done = 0
        for start, end in gaps:
            pieces.append(self.text[done:start])
            places.extend(self.places[done:start])
            done = end
        if not done:
            return self
        pieces.append(self.text[done:])
        places.extend(self.places[done:])
        return Strand("".join(pieces), _compact(places))


def _compact(places: Sequence[int]) -> tuple[int, ...] | range:
    if places and places[-1] - places[0] + 1 == len(places):
        return range(places[0], places[-1] + 1)
    return tuple(places)

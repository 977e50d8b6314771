"""Who a clause speaks of: explicit subjects, those left out, and the words that stand in for them.

A Chinese report names its subject once and then leaves it out for sentences. What a clause at a
given place speaks of is, in this order: the subject at its own start, that of the clauses before
it in the sentence, of the sentences before it in the paragraph, of the heading above, and last
the organization that the article as a whole is about.

Offsets are half-open ranges of code points of :attr:`Reading.text`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from kg.language.annotations import Name, Reading, Referent
from kg.language.clauses import ENUMERATED, REACH, SUBJECTS, Clause, ClauseTable, clause_table
from kg.vocabulary import EntityType

__all__ = [
    "Clause",
    "clause_at",
    "clauses_before",
    "clauses_of",
    "main_organization",
    "name_at",
    "names_after",
    "names_before",
    "subject_at",
    "subjects_at",
]


def subject_at(reading: Reading, place: int, types: Iterable[EntityType] | None = None) -> str | None:
    """The key of what the clause at offset ``place`` speaks of, or None where nothing says so.

    With ``types`` only subjects of those types count; a clause about something else is passed
    over on the way back, except that a person's doings within one sentence are not laid at the
    door of an organization that does not stand with the person.
    """
    found = subjects_at(reading, place, types)
    return found[0] if found else None


def subjects_at(reading: Reading, place: int, types: Iterable[EntityType] | None = None) -> tuple[str, ...]:
    """Like :func:`subject_at`, with everyone of a coordinated subject (A、B和C联合…), in order of place."""
    wanted = SUBJECTS if types is None else frozenset(types)
    found = clause_table(reading)
    i = _clause_index(found, place)
    if i is None:
        return _of(reading, (found.owner,), wanted)
    return _walk(reading, found, i, wanted)


def main_organization(reading: Reading) -> str | None:
    """The key of the organization that the article is about, or None if it names none.

    It is the reading's owner, else the one that the title, the first lines and the most frequent
    mentions point to.
    """
    return clause_table(reading).owner or None


def clause_at(reading: Reading, place: int) -> Clause | None:
    """The clause that holds the character at ``place``, or None outside of sentences."""
    found = clause_table(reading)
    i = _clause_index(found, place)
    return None if i is None else found.clauses[i]


def clauses_before(reading: Reading, place: int, *, whole_paragraph: bool = False) -> Iterator[Clause]:
    """The clause at ``place`` and those before it in its sentence (or paragraph), the nearest first."""
    found = clause_table(reading)
    last = _clause_index(found, place)
    if last is None:
        return
    number = found.clauses[last].sentence
    first = found.first_of_sentence[number]
    if whole_paragraph:
        first = found.first_of_paragraph[reading.sentences[number].paragraph]
    for i in range(last, max(first, last - REACH) - 1, -1):
        yield found.clauses[i]


def clauses_of(reading: Reading) -> tuple[Clause, ...]:
    """All clauses in order of place."""
    return tuple(clause_table(reading).clauses)


def name_at(reading: Reading, place: int) -> tuple[Name, Referent] | None:
    """The outermost name that covers the character at ``place``, or None."""
    found = clause_table(reading)
    i = bisect_right(found.name_starts, place) - 1
    return found.mentions[i] if i >= 0 and found.mentions[i][0].end > place else None


def names_before(reading: Reading, place: int) -> Iterator[tuple[Name, Referent]]:
    """The outermost names that end at or before ``place``, the nearest first."""
    found = clause_table(reading)
    for i in range(bisect_left(found.name_starts, place) - 1, -1, -1):
        if found.mentions[i][0].end <= place:
            yield found.mentions[i]


def names_after(reading: Reading, place: int) -> Iterator[tuple[Name, Referent]]:
    """The outermost names that begin at or after ``place``, in order."""
    found = clause_table(reading)
    for i in range(bisect_left(found.name_starts, place), len(found.mentions)):
        yield found.mentions[i]


# Looking a subject up.


def _clause_index(found: ClauseTable, place: int) -> int | None:
    i = bisect_right(found.starts, place) - 1
    return i if i >= 0 and place < found.clauses[i].end else None


def _of(reading: Reading, keys: Iterable[str], wanted: frozenset[EntityType]) -> tuple[str, ...]:
    return tuple(k for k in keys if k and reading.by_key[k].type in wanted)


def _walk(reading: Reading, found: ClauseTable, i: int, wanted: frozenset[EntityType]) -> tuple[str, ...]:
    clause = found.clauses[i]
    own = _of(reading, clause.subjects, wanted)
    companions = _of(reading, clause.companions, wanted)
    if own:
        return own + tuple(c for c in companions if c not in own)
    if clause.unnamed:
        return companions
    carried = _carried(reading, found, i, wanted)
    return carried + tuple(c for c in companions if c not in carried)


def _carried(reading: Reading, found: ClauseTable, i: int, wanted: frozenset[EntityType]) -> tuple[str, ...]:
    sentence = reading.sentences[found.clauses[i].sentence]
    first = found.first_of_sentence[found.clauses[i].sentence]
    for clause in reversed(found.clauses[max(first, i + 1 - REACH) : i + 1]):
        hit = _of(reading, clause.subjects, wanted)
        if hit or clause.unnamed:
            return hit
        if EntityType.PERSON not in wanted and _people(reading, clause):
            return _of(reading, (_affiliation(found, clause),), wanted)
    before = _before(reading, found, first, wanted)
    if before is not None:
        return _of(reading, (before,), wanted)
    for key in found.heading_of_paragraph.get(sentence.paragraph, ()):
        hit = _of(reading, (key, found.affiliations.get(key, "")), wanted)
        if hit:
            return hit[:1]
    return _of(reading, (found.hero,), wanted) or _of(reading, (found.owner,), wanted)


def _before(reading: Reading, found: ClauseTable, first: int, wanted: frozenset[EntityType]) -> str | None:
    """What the paragraph has been speaking of before clause number ``first``; empty for a person's doings."""
    paragraph = reading.sentences[found.clauses[first].sentence].paragraph
    opening = found.first_of_paragraph[paragraph]
    if opening >= first:
        return None
    parallel = reading.text[found.clauses[first - 1].end - 1] in ";；"
    if paragraph in found.elided and not parallel:
        return None
    lasting = wanted if parallel else wanted - {EntityType.PROGRAMME}
    item = _is_item(reading, found.clauses[first])
    hit = _topic(reading, found, (max(opening, first - REACH), first), lasting, beyond_items=item)
    if hit or EntityType.PERSON in wanted:
        return hit
    for clause in reversed(found.clauses[max(opening, first - REACH) : first]):
        if _people(reading, clause):
            return _affiliation(found, clause)
    return None


def _topic(
    reading: Reading,
    found: ClauseTable,
    bounds: tuple[int, int],
    wanted: frozenset[EntityType],
    *,
    beyond_items: bool,
) -> str | None:
    """The first subject of the last sentence among those clauses that has a fitting one.

    What one item of an enumeration (一是…；二是…) speaks of is no subject of the next one.
    """
    current, hit, item = -1, None, False
    for clause in reversed(found.clauses[bounds[0] : bounds[1]]):
        if clause.sentence != current:
            if hit:
                break
            current = clause.sentence
            item = beyond_items and _is_item(reading, found.clauses[found.first_of_sentence[current]])
        if not clause.aside and not item:
            keys = _of(reading, clause.subjects, wanted)
            hit = keys[0] if keys else hit
    return hit


def _is_item(reading: Reading, clause: Clause) -> bool:
    return bool(ENUMERATED.match(reading.text, clause.start))


def _affiliation(found: ClauseTable, clause: Clause) -> str:
    return clause.affiliation or found.affiliations.get(clause.subjects[0], "")


def _people(reading: Reading, clause: Clause) -> bool:
    return bool(clause.subjects) and all(reading.by_key[k].type is EntityType.PERSON for k in clause.subjects)

"""Honours and their winners in lists: in brackets, behind a colon, one a line.

Indices are places in :attr:`Row.units`; offsets are half-open ranges of code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.language.annotations import Claim, Reading, Referent
from kg.language.relations.circumstances import (
    Attributes,
    award_attributes,
    claim_of,
    plain_attributes,
    words_of,
)
from kg.language.relations.coordination import text_of
from kg.language.relations.doers import clause_text, denied
from kg.language.relations.rows import Row, rows_of
from kg.language.relations.times import year_at, year_in
from kg.language.subjects import main_organization, subjects_at
from kg.vocabulary import EntityType, Predicate, Subtype

__all__ = ["HonourLines", "in_brackets", "in_lines", "in_row", "only_proposed"]

_RECIPIENTS: Final = frozenset({EntityType.PERSON, EntityType.ORGANIZATION})
_FORM: Final = 14
"""How many lines above an honour the name of a form (姓名：…) is looked for."""

_AUTHORITIES: Final = frozenset({Subtype.GOVERNMENT_BODY, Subtype.PARTY_ORGANIZATION})
_RULE: Final = "award.listed"
_FORM_NAME: Final = re.compile(r"姓\s*名")
_NOT_YET: Final = re.compile(r"[”\"]?(?:的)?(?:候选|人选|推荐|提名|入围|名额|评选|创建|申报|条件|公示|拟)")
_STILL_OPEN: Final = re.compile(r"[”\"]?(?:候选|人选|推荐|名额|申报|公示)")
"""What says in a list of honours that one is not yet received; a 提名 counts there."""
_HONOURS: Final = re.compile(
    r"(?:荣誉|获奖|奖项|所获|表彰)(?:称号|情况|奖励|一览|名录|榜|墙|及奖项|经历|记录|清单)?(?:如下)?(?:[：:]|[】\])）]?$)"
)
_PROPOSED: Final = re.compile(r"拟|公示|推荐|候选|初评|建议名单")
_RECOMMENDED: Final = re.compile(r"推荐|候选|提名|参评|申报")
_AWARD_LINE: Final = re.compile(
    r"[xUNTR,c]{0,4}(A)[kwUxec,d:]{0,5}|[xUNTRO]{0,4}(?:[vf]T?d?x?)?(A)[kwUxcdsJG]{0,7}:,?"
)
_COUNT_LINE: Final = re.compile(r"[（(\s]*(?:共|计|合计)?[\d一二三四五六七八九十百]*[^（()）]{0,12}[）)\s]*")
_LISTED: Final = re.compile(r"[xUFLJ:]{0,4}[PO](?:[hdJFLxUekc,]{0,8}[PO])*(?=[hJe]{0,3}(?:,|$))")
_COUNTED_WINNERS: Final = re.compile(r"U[xdLJGO]{0,4}(?:v|b[Oxc]{0,4}f)T?x?[dO]?x?(A)[ke]{0,2},?$")
_COUNTED_THEN: Final = re.compile(r"U[xdLGJO]{0,4}(?:v|b[Oxc]{0,4}f)T?x?[dO]?x?(A)[ke]{0,2},(x?s?x?):?")
_WHO_THEY_ARE: Final = re.compile(r"(?:他们|她们|分别|名单|依次|其中)")
_THEY_ARE: Final = re.compile(r"[xUJdLNGk]{1,6}s?x?:")
_OF_THEM: Final = re.compile(r"(?:这|此|上述|该|他们|她们|获奖)")
_HONOUR_LINE: Final = re.compile(r"(?:x?k:)?[xT,:\-OERPcJFUv]*A[AT,xkcJURNw:v]*")
_WINNER_LINE: Final = re.compile(r"[xUNT,]{0,2}[OPFL][OPFLJUxcd,h\-:T]*")
_AWARD_THEN_NAMES: Final = re.compile(r"[xUTRN,csvf]{0,5}A[kUwexdsJG]{0,6}(?:(?<=[kwAe]),[xU]{0,2}s?x?)?:")
_NAME_THEN_AWARDS: Final = re.compile(
    r"[xUT]{0,3}[OFLJd]{0,4}([PO])h?[:\-]+[TxcAUkR]*(?:,[TxcAUkR]+)*(?=,|$)"
)
_TABLE_ROW: Final = re.compile(r"[xUNT,]{0,3}[OFL]*([PO])[OFJh]*(?:T?A[c,]?)+")
_WINNERS_ARE: Final = re.compile(r"w[s:][OFLd]*P(?:[cOFLd,hx]{1,5}P)*")
_NAMES: Final = re.compile(r"[xUOFLJ]{0,4}[PO](?:[hdJOLxUe]{0,4}[c,]?[OFLJhxUe]{0,5}[PO])*")


def only_proposed(reading: Reading, row: Row, award: int) -> bool:
    """Whether what follows an honour says that it is not yet received (…候选人, …推荐名额)."""
    end = row.units[award].end
    return _NOT_YET.match(reading.text, end, end + 6) is not None


def in_brackets(reading: Reading, row: Row, used: set[int]) -> list[Claim]:
    """张三（全国劳动模范）, 全国五一劳动奖章1名（张三）; honours that are read so are added to ``used``."""
    found: list[Claim] = []
    for i, aside in row.asides():
        if row.codes[i] in "Ph":
            found += _title_in_bracket(reading, row, i, aside)
        else:
            found += _winners_in_bracket(reading, row, i, aside, used)
    return found


def _title_in_bracket(reading: Reading, row: Row, i: int, aside: Row) -> Iterator[Claim]:
    person = i if row.codes[i] == "P" else i - 1
    if person < 0 or row.codes[person] != "P" or set("vfbP") & set(aside.codes):
        return
    for k, code in enumerate(aside.codes):
        if (
            code == "A"
            and not denied(clause_text(reading, aside, k))
            and not only_proposed(reading, aside, k)
        ):
            year = year_in(text_of(reading, aside, k)) or year_at(reading, aside, k, carried=False)
            attributes = plain_attributes(reading, aside, k, year)
            for key in aside.units[k].keys:
                yield claim_of(
                    aside,
                    Predicate.RECEIVED_AWARD,
                    row.units[person].key,
                    key,
                    "award.title",
                    attributes,
                    (k,),
                )


def _winners_in_bracket(reading: Reading, row: Row, i: int, aside: Row, used: set[int]) -> Iterator[Claim]:
    codes = row.codes
    award = i if codes[i] == "A" else i - 1 if codes[i] in "UkwN" and i and codes[i - 1] == "A" else None
    if award is None or award in used or set("vf") & set(aside.codes):
        return
    if denied(clause_text(reading, row, award)) or only_proposed(reading, row, award):
        return
    if codes[i] != "U" and codes[:award].strip("TxUN,:-"):
        return
    winners, givers = _sorted_out(reading, aside)
    for giver in givers:
        for key in row.units[award].keys:
            yield claim_of(
                aside, Predicate.CONFERRED_BY, key, aside.units[giver].key, "conferred.listed", (), (giver,)
            )
    year = (
        year_in(words_of(reading, aside))
        or year_in(text_of(reading, row, award))
        or year_at(reading, row, award)
    )
    attributes = plain_attributes(reading, row, award, year)
    for k in winners:
        used.add(award)
        for key in row.units[award].keys:
            yield claim_of(aside, Predicate.RECEIVED_AWARD, aside.units[k].key, key, _RULE, attributes, (k,))


def _sorted_out(reading: Reading, aside: Row) -> tuple[list[int], list[int]]:
    """Winners and conferrers in the bracket of an honour (水利部，2015年，三车间)."""
    bodies = [k for k, c in enumerate(aside.codes) if c == "O"]
    givers = [k for k in bodies if _confers(reading.by_key[aside.units[k].key])]
    winners = [k for k, c in enumerate(aside.codes) if c == "P"]
    return winners or [k for k in bodies if k not in givers][:1], givers


def _confers(body: Referent) -> bool:
    return body.subtype in _AUTHORITIES or body.name.endswith(("总工会", "妇女联合会", "团委", "共青团"))


def in_row(reading: Reading, row: Row, used: set[int]) -> Iterator[Claim]:
    """全国五一劳动奖章（2名）：张三、李四; 张三：全国五一劳动奖章; 得主为张三、李四."""
    match = _AWARD_THEN_NAMES.match(row.codes)
    if match:
        award = row.codes.index("A")
        head = reading.text[row.sentence.start : row.units[match.end() - 1].start]
        if award not in used and not denied(head):
            yield from _paired(reading, row, _listed(row.codes, match.end()), [award], used)
    match = _COUNTED_THEN.search(row.codes)
    if match and match.start(1) not in used and _says_who(reading, row, match):
        yield from _paired(reading, row, _listed(row.codes, match.end()), [match.start(1)], used)
    match = _NAME_THEN_AWARDS.match(row.codes)
    if match and "A" in row.codes[match.end(1) :]:
        awards = [k for k in range(match.end(1), len(row.codes)) if row.codes[k] == "A" and k not in used]
        awards = [k for k in awards if not only_proposed(reading, row, k)]
        yield from _paired(reading, row, [match.start(1)], awards, used)
    match = _TABLE_ROW.fullmatch(row.codes)
    if match and row.sentence.end - row.sentence.start <= 60:
        awards = [k for k in range(match.end(1), len(row.codes)) if row.codes[k] == "A" and k not in used]
        yield from _paired(reading, row, [match.start(1)], awards, used)
    for match in _WINNERS_ARE.finditer(row.codes):
        award = row.codes.rfind("A", 0, match.start())
        if award >= 0 and award not in used:
            persons = [k for k in range(*match.span()) if row.codes[k] == "P"]
            yield from _paired(reading, row, persons, [award], used)


def _says_who(reading: Reading, row: Row, match: re.Match[str]) -> bool:
    """Whether the clause behind the honour says who has received it (…3人获奖，他们分别是…)."""
    if match.start(2) >= len(row.units):
        return False
    return _WHO_THEY_ARE.match(reading.text, row.units[match.start(2)].start) is not None


def _paired(
    reading: Reading, row: Row, winners: Sequence[int], awards: Sequence[int], used: set[int]
) -> Iterator[Claim]:
    for award in awards:
        used.add(award)
        attributes = award_attributes(reading, row, award, award, title=True)
        for winner in winners:
            dated = _dated_beside(reading, row, winner, attributes)
            for key in row.units[award].keys:
                for owner in row.units[winner].keys:
                    yield claim_of(row, Predicate.RECEIVED_AWARD, owner, key, _RULE, dated, (award, winner))


def _dated_beside(reading: Reading, row: Row, winner: int, attributes: Attributes) -> Attributes:
    """The attributes with the year in the bracket behind a winner, if it has one."""
    aside = row.units[winner].aside
    year = year_in(words_of(reading, aside)) if aside is not None else None
    return tuple(sorted((dict(attributes) | {"year": year}).items())) if year else attributes


def _listed(codes: str, start: int) -> list[int]:
    """The persons of a list, or its bodies where it names no person."""
    match = _LISTED.match(codes, start) or _NAMES.match(codes, start)
    if match is None:
        return []
    persons = [k for k in range(start, match.end()) if codes[k] == "P"]
    bodies = [k for k in range(start, match.end()) if codes[k] == "O"]
    alone = [
        k for k in bodies if codes[k - 1 : k] in ("c", ",", ":") and codes[k + 1 : k + 2] in ("c", ",", "")
    ]
    return sorted([*persons, *alone]) if persons else bodies


@dataclass(frozen=True, slots=True)
class _Heading:
    """A line that names an honour, under which its winners stand."""

    row: Row
    award: int
    proposed: bool


@dataclass(frozen=True, slots=True)
class HonourLines:
    """What lines of honours and of winners state, and whose honours a line tells (by its start)."""

    claims: tuple[Claim, ...]
    owners: dict[int, tuple[str, ...]]


def in_lines(reading: Reading) -> HonourLines:
    """Winners line by line under an honour, and honours line by line under 主要荣誉; made once."""
    cached: HonourLines | None = reading.__dict__.get("_honour_lines")
    if cached is None:
        owners: dict[int, tuple[str, ...]] = {}
        cached = HonourLines(tuple(_in_lines(reading, owners)), owners)
        reading.__dict__["_honour_lines"] = cached
    return cached


def _in_lines(reading: Reading, owned: dict[int, tuple[str, ...]]) -> Iterator[Claim]:
    heading: _Heading | None = None
    counted: _Heading | None = None
    owners: tuple[str, ...] = ()
    rows = rows_of(reading)
    proposed = any(_PROPOSED.search(reading.text, r.sentence.start, r.sentence.end) for r in rows[:3])
    paragraph = -1
    for row in rows:
        opens = row.sentence.paragraph != paragraph
        paragraph = row.sentence.paragraph
        if counted:
            yield from _counted_before(reading, row, counted)
        counted = _counting(reading, row)
        if not row.sentence.heading and row.sentence.end - row.sentence.start > 160:
            heading, owners = None, ()
            continue
        words = reading.text[row.sentence.start : row.sentence.end]
        announced = _HONOURS.search(words) is not None
        if announced:
            owners, heading = _owners(reading, row), None
        match = _AWARD_LINE.fullmatch(row.codes) or _counted_above(reading, row)
        if match and not owners:
            heading = _heading(
                row, next(match.start(g) for g in (1, 2) if match.group(g) == "A"), words, proposed
            )
        elif owners and _HONOUR_LINE.fullmatch(row.codes):
            owned[row.sentence.start] = owners
            yield from _honours(reading, row, owners)
        elif heading and opens and _WINNER_LINE.fullmatch(row.codes) and not words.endswith("。"):
            yield from _winners(reading, row, heading)
        elif heading and not row.units and _COUNT_LINE.fullmatch(words):
            continue
        elif owners and opens and row.codes[:1] == "T" and len(words) <= 60:
            owned[row.sentence.start] = owners
        elif not announced:
            heading, owners = None, ()


def _counted_above(reading: Reading, row: Row) -> re.Match[str] | None:
    """…6人入选“…”，他们分别是：, with the names in the lines below."""
    match = _COUNTED_THEN.search(row.codes)
    ends = match is not None and match.end() == len(row.codes) and row.codes.endswith(":")
    return match if ends and match is not None and _says_who(reading, row, match) else None


def _counting(reading: Reading, row: Row) -> _Heading | None:
    """The honour that so and so many people without names are said to receive (8名工人获得“…”)."""
    match = _COUNTED_WINNERS.search(row.codes)
    if match is None or denied(clause_text(reading, row, match.start(1))):
        return None
    return _Heading(row, match.start(1), False)


def _counted_before(reading: Reading, row: Row, heading: _Heading) -> Iterator[Claim]:
    """这8名工人分别是：张三、李四: who they are that the sentence before has counted."""
    match = _THEY_ARE.match(row.codes)
    if match and _OF_THEM.match(reading.text, row.sentence.start):
        yield from _winners(reading, row, heading, _listed(row.codes, match.end()))


def _heading(row: Row, award: int, words: str, proposed: bool) -> _Heading | None:
    planned = proposed or _PROPOSED.search(words) is not None
    return None if _RECOMMENDED.search(words) and not proposed else _Heading(row, award, planned)


def _owners(reading: Reading, row: Row) -> tuple[str, ...]:
    """Of whom a heading like 主要荣誉 speaks: who is named in it, else the one whom the passage is about."""
    for code in "PO":
        named = [u.key for u in row.units if u.code == code]
        if named:
            return tuple(named[:1])
    found = _form_person(reading, row) or _title_person(reading)
    if found:
        return found
    owner = main_organization(reading)
    return (owner,) if owner else subjects_at(reading, row.sentence.start, _RECIPIENTS)[:1]


def _title_person(reading: Reading) -> tuple[str, ...]:
    """The one person whom the first lines of an article name."""
    first = rows_of(reading)[:2]
    if first and "O" in first[0].codes and "P" not in first[0].codes:
        return ()
    named = {u.key for row in first for u in row.units if u.code == "P"}
    return tuple(named) if len(named) == 1 else ()


def _form_person(reading: Reading, row: Row) -> tuple[str, ...]:
    """The person of a form (姓名：…) some lines above."""
    rows = rows_of(reading)
    at = bisect_left(rows, row.sentence.start, key=lambda r: r.sentence.start)
    for k in range(at - 1, max(-1, at - _FORM), -1):
        if _FORM_NAME.match(reading.text, rows[k].sentence.start):
            return tuple(u.key for u in rows[k].units if u.code == "P")[:1]
    return ()


def _honours(reading: Reading, row: Row, owners: tuple[str, ...]) -> Iterator[Claim]:
    year: str | None = None
    for i, unit in enumerate(row.units):
        if unit.code == "T":
            year = year_in(reading.text[unit.start : unit.end]) or year
        if unit.code != "A" or _STILL_OPEN.match(reading.text, unit.end, unit.end + 6):
            continue
        if denied(clause_text(reading, row, i)):
            continue
        winners, givers = ([], []) if unit.aside is None else _sorted_out(reading, unit.aside)
        inner = tuple(unit.aside.units[k].key for k in winners) if unit.aside is not None else ()
        for giver in givers:
            body = unit.aside.units[giver].key if unit.aside is not None else ""
            for key in unit.keys:
                yield claim_of(row, Predicate.CONFERRED_BY, key, body, "conferred.listed", (), (i,))
        beside = year_in(words_of(reading, unit.aside)) if unit.aside is not None else None
        dated = year_in(text_of(reading, row, i)) or beside or year
        attributes = plain_attributes(reading, row, i, dated)
        for owner in inner or _first_named(row, i) or owners:
            for key in unit.keys:
                yield claim_of(row, Predicate.RECEIVED_AWARD, owner, key, _RULE, attributes, (i,))


def _first_named(row: Row, end: int) -> tuple[str, ...]:
    """The last person, else the last body, named before index ``end`` of a row."""
    for code in "PO":
        named = [u.key for u in row.units[:end] if u.code == code]
        if named:
            return (named[-1],)
    return ()


def _winners(
    reading: Reading, row: Row, heading: _Heading, listed: Sequence[int] | None = None
) -> Iterator[Claim]:
    units = listed if listed is not None else _of_line(row.codes)
    head = heading.row
    year = year_in(text_of(reading, head, heading.award)) or year_at(reading, head, heading.award)
    attributes: Attributes = plain_attributes(reading, head, heading.award, year)
    if heading.proposed:
        attributes = (*attributes, ("status", "planned"))
    for k in units:
        for award in head.units[heading.award].keys:
            yield claim_of(row, Predicate.RECEIVED_AWARD, row.units[k].key, award, _RULE, attributes, (k,))


def _of_line(codes: str) -> list[int]:
    """The persons of a line, else the body with which it begins if it tells of no post."""
    persons = [k for k, code in enumerate(codes) if code == "P"]
    return persons or ([k for k, code in enumerate(codes) if code == "O"][:1] if "J" not in codes else [])

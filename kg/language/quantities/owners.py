"""Whose a figure is: the event's, the place's, or that of whoever the clause speaks of."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.language.annotations import Reading, Referent, Sentence
from kg.language.quantities.amounts import Amount
from kg.language.quantities.context import Wording
from kg.language.quantities.words import role
from kg.language.subjects import main_organization, subject_at, subjects_at
from kg.vocabulary import EntityType

__all__ = ["Owners"]

_OWNERS: Final = (
    EntityType.ORGANIZATION,
    EntityType.PERSON,
    EntityType.PLACE,
    EntityType.EVENT,
    EntityType.FACILITY,
)
_BODIES: Final = (EntityType.ORGANIZATION, EntityType.PLACE, EntityType.EVENT)
_ACTORS: Final = (EntityType.ORGANIZATION, EntityType.PERSON, EntityType.PLACE)
_LISTED: Final = (EntityType.ORGANIZATION, EntityType.PERSON, EntityType.PLACE)
_LEADING: Final = (*_OWNERS, EntityType.PROGRAMME)
_AT_EVENT: Final = re.compile(r"\s*(?:大会|会议|会上|大赛|比赛|本次|此次|本届)")
"""How a clause begins that speaks of the event named before it."""
_COMMA: Final = re.compile(r"[，,；;。：！？\n]")
_SPEECH: Final = re.compile(r"(?:表示|介绍|告诉|强调|指出|透露|通报|坦言|说|要求|提出|希望|宣布)")
_TITLE: Final = re.compile(
    r"[^共有建新办设出获为的]{0,8}(?:能手|劳动模范|劳模|先进工作者|工匠|学者|教师|标兵|专家|先锋号|奖章|奖状|模范|先进集体|个人)"
)
"""What follows a place's name in the name of an honour."""
_WHOLE: Final = re.compile(r"全([省市州县区旗盟镇乡])")
_UNION: Final = ("总工会", "工会", "产业工会", "教育工会", "机关工会")
_SAID: Final = re.compile(r"(?:表示|介绍|指出|透露|通报|坦言|说|宣布|强调)[，,：:]")
_SELF: Final = re.compile(r"[他她我](?!们?[市县省区州国校院局厂司])")
_POINTING: Final = re.compile(r"该|这[家个支]|本(?!报|市|县|省|次)")
_REPORTED: Final = re.compile(r"[他她][^，。]{0,4}(?:表示|介绍|告诉|强调|指出|透露|通报|坦言|说)")
_FOUNDED: Final = re.compile(r"(?:成立|组建|建起|建立|新建|组建成立|建成)(?:了|起)?[^，。；]{0,30}$")
_JOINED: Final = re.compile(r"(?:首批)?(?:吸收|吸纳|覆盖|涵盖|下辖|共有)")
_CONSISTS: Final = re.compile(r"(?:下设|包括|包含|设有|分为|共设)[^，。；]{0,4}$")
_OF_NUMBER: Final = re.compile(r"的(?:$|\d|[一二两三四五六七八九十百千]+[一-龥])")
_DIVISION: Final = re.compile(r"(?:县|市|区|镇|乡|街道|村|社区|团场|旗)$|县[（(]市、区[）)]$")
_REST: Final = re.compile(r"(?:其余|其他|另外)[^，。；]{0,8}$")


@cache
def _any_of(name: str) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, role(name)), key=lambda w: (-len(w), w))))


def _is_named_after(body: str, place: str) -> bool:
    """Whether a body bears the name of a place (云岭总工会: 云岭市, not 云岭某族自治州总工会)."""
    rest = body.removeprefix(place[:-1])
    return body.startswith(place) or (rest != body and rest.startswith(_UNION))


class Owners:
    """Answers for one reading, sentence by sentence in order of place."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._main = main_organization(reading) or ""
        self._place = self._place_of(self._main)
        self._hero = self._protagonist()
        self._decided = self._last = ""

    def enter_sentence(self, sentence: Sentence) -> None:
        """Begins a sentence; behind a semicolon the one before goes on."""
        self._last = ""
        before = self._reading.text[max(0, sentence.start - 3) : sentence.start].rstrip()
        if not before or before[-1] not in "；;":
            self._decided = ""

    def owner(
        self, sentence: Sentence, amount: Amount, wording: Wording, share: tuple[int, int] = (0, 1)
    ) -> str:
        """The key of what the figure is stated of, or empty.

        ``share`` is (i, n) for the i-th of n amounts that are dealt out with 分别.
        """
        place = amount.number[0]
        dealt = self._dealt(place, share)
        if dealt:
            return dealt
        clause = self._clause_before(sentence, place)
        if self._last and self._is_in_measure(amount, clause):
            return self._last
        self._last = (
            self._event(sentence, place, clause, wording)
            or self._possessor(sentence, amount, clause)
            or self._founded(sentence, place, clause)
            or self._whole(clause)
            or self._spoken_of(sentence, amount, wording, clause)
            or self._main
        )
        return self._last

    def _is_in_measure(self, amount: Amount, clause: str) -> bool:
        """Whether a place with which the clause begins belongs to what is counted (湖北省楚天学者2人)."""
        said = clause.strip()
        start = amount.number[0] - len(clause.lstrip())
        names = self._reading.within(start, amount.start, EntityType.PLACE)
        if not names or names[0][0].start != start:
            return False
        following = self._reading.text[names[0][0].end : amount.start]
        return bool(said) and bool(_TITLE.fullmatch(following))

    def _clause_before(self, sentence: Sentence, place: int) -> str:
        """The words of the clause before the number."""
        said = self._reading.text[sentence.start : place]
        return _COMMA.split(said)[-1]

    def _dealt(self, place: int, share: tuple[int, int]) -> str:
        """恩施市、利川市、巴东县分别建成61个、38个、27个."""
        if share[1] < 2:
            return ""
        keys = subjects_at(self._reading, place, _OWNERS)
        return keys[share[0]] if len(keys) == share[1] else ""

    def _event(self, sentence: Sentence, place: int, clause: str, wording: Wording) -> str:
        """Those who take part are the event's, where the sentence has named it."""
        events = self._reading.within(sentence.start, place, EntityType.EVENT)
        if not events or not (_AT_EVENT.match(clause) or _any_of("event").search(clause + wording.measure)):
            return ""
        name, referent = events[-1]
        following = self._reading.text[name.end : place].lstrip('”"')
        return "" if following[:1] in ("的", "等", "") or following[0].isdigit() else referent.key

    def _possessor(self, sentence: Sentence, amount: Amount, clause: str) -> str:
        """某街道的8个小区, 某品牌下设12个子项目: what the clause begins with and the number belongs to."""
        start = amount.number[0] - len(clause)
        for name, referent in self._reading.within(max(start, sentence.start), amount.start):
            between = self._reading.text[name.end : amount.start].strip('”" ')
            lead = self._reading.text[start : name.start].strip('“" ')
            if (
                not lead
                and (_OF_NUMBER.match(between) or _CONSISTS.fullmatch(between))
                and referent.type in _LEADING
            ):
                return referent.key
        return ""

    def _founded(self, sentence: Sentence, place: int, clause: str) -> str:
        """成立快递行业工会联合会，首批吸纳会员612名: the new body's."""
        start = place - len(clause)
        before = (
            self._reading.within(sentence.start, start, EntityType.ORGANIZATION)
            if start > sentence.start
            else []
        )
        if not before or not _JOINED.match(clause.lstrip()) or before[-1][0].end + 2 < start:
            return ""
        name, referent = before[-1]
        return referent.key if _FOUNDED.search(self._reading.text[sentence.start : name.start]) else ""

    def _whole(self, clause: str) -> str:
        """其余五县: what is left of the whole."""
        return self._place if _REST.search(clause) and self._place else ""

    def _spoken_of(self, sentence: Sentence, amount: Amount, wording: Wording, clause: str) -> str:
        place = amount.number[0]
        key = subject_at(self._reading, place, _OWNERS) or ""
        if key and self._is_counted(sentence, amount, key):
            key = self._main
        referent = self._reading.by_key.get(key)
        if referent and referent.type is EntityType.PERSON and not self._is_of_person(sentence, place, key):
            key = subject_at(self._reading, place, _BODIES) or self._main
            referent = self._reading.by_key.get(key)
        if referent and self._is_other_place(sentence, place, referent):
            key = self._place or self._main
            referent = self._reading.by_key.get(key)
        if referent and self._is_part_left(sentence, place, referent):
            key, referent = self._main, self._reading.by_key.get(self._main)
        if (
            referent
            and referent.type is EntityType.EVENT
            and not _any_of("event").search(clause + wording.measure)
        ):
            key = subject_at(self._reading, place, _ACTORS) or self._main
            referent = self._reading.by_key.get(key)
        if any(r in wording.measure for r in role("rate")) and self._place and self._is_body(referent):
            return self._place
        if key == self._main and self._place and self._is_whole(sentence, place, wording):
            return self._place
        if referent and referent.type is EntityType.PLACE:
            return self._of_place(sentence, place, referent, wording)
        return key

    def _is_other_place(self, sentence: Sentence, place: int, referent: Referent) -> bool:
        """Whether 全州 is said where an earlier sentence spoke of a county: it is not that county's."""
        if referent.type is not EntityType.PLACE:
            return False
        whole = _WHOLE.search(self._reading.text, sentence.start, place)
        if whole is None or whole[1] == referent.name[-1]:
            return False
        named = self._reading.within(sentence.start, place, EntityType.PLACE)
        return all(r.key != referent.key for _, r in named)

    def _is_body(self, referent: Referent | None) -> bool:
        return referent is None or referent.key == self._main

    def _is_counted(self, sentence: Sentence, amount: Amount, key: str) -> bool:
        """Whether the name right before the number belongs to what is counted (张三等6名同志)."""
        start = max(sentence.start, amount.start - 60)
        names = self._reading.within(start, amount.start, *_LISTED)
        if not names or self._reading.text[names[-1][0].end : amount.start] not in ("", "等", "等共", "”"):
            return False
        last, referent = names[-1]
        listed = self._reading.text[last.start - 1 : last.start] in ("、", "和", "及")
        etc = self._reading.text[last.end : amount.start].startswith("等")
        return (listed or etc) and (referent.key == key or any(r.key == key for _, r in names))

    def _is_of_person(self, sentence: Sentence, place: int, key: str) -> bool:
        """Whether a person is spoken of here, or only speaks, or was the subject of an earlier sentence."""
        text = self._reading.text
        for name, referent in self._reading.within(sentence.start, place, EntityType.PERSON):
            if referent.key == key:
                speech = _SPEECH.search(text, name.end, min(place, name.end + 12)) or _SAID.search(
                    text, name.end, min(place, name.end + 60)
                )
                return speech is None or _SELF.search(text, speech.end(), place) is not None
        said = text[sentence.start : place]
        return key == self._hero or (bool(_SELF.search(said)) and not _REPORTED.search(said))

    def _is_whole(self, sentence: Sentence, place: int, wording: Wording) -> bool:
        """Whether 全市 stands in the sentence, the union itself does not, and nobody acts."""
        if wording.acts or self._decided == self._main:
            return False
        said = self._reading.text[sentence.start : place]
        named = any(r.key == self._main for _, r in self._reading.within(sentence.start, place))
        return not named and _any_of("place").search(said) is not None

    def _is_part_left(self, sentence: Sentence, place: int, referent: Referent) -> bool:
        """Whether a part of the main body (县总工会机关支部) was the subject of an earlier sentence only."""
        body = self._reading.by_key.get(self._main)
        if body is None or referent.key == body.key or not referent.name.startswith(body.name):
            return False
        if _POINTING.search(self._reading.text, sentence.start, place):
            return False
        return all(r.key != referent.key for _, r in self._reading.within(sentence.start, place))

    def _protagonist(self) -> str:
        """The person whom most of the article is about, or empty."""
        people = [r for r in self._reading.referents if r.type is EntityType.PERSON]
        if not people:
            return ""
        first = max(people, key=lambda r: len(r.names))
        pronouns = len(_SELF.findall(self._reading.text))
        body = self._reading.by_key.get(self._main)
        said = len(first.names) + pronouns
        return first.key if said >= 6 and 2 <= len(first.names) >= len(body.names if body else ()) else ""

    # Places and the unions that speak for them.

    def _place_of(self, key: str) -> str:
        """The place after which the main organization is named."""
        body = self._reading.by_key.get(key)
        if body is None:
            return ""
        places = [r for r in self._reading.referents if r.type is EntityType.PLACE]
        fitting = [r for r in places if _is_named_after(body.name, r.name)]
        return max(fitting, key=lambda r: len(r.name)).key if fitting else ""

    def _of_place(self, sentence: Sentence, place: int, referent: Referent, wording: Wording) -> str:
        """全市 stands for the union in what the union does, for the city in how the city is."""
        if self._is_named(sentence, place, referent) or not self._main or referent.key != self._place:
            return referent.key
        acts = wording.acts and not _DIVISION.search(wording.noun)
        key = self._main if acts or self._decided == self._main else referent.key
        self._decided = self._decided or key
        return key

    def _is_named(self, sentence: Sentence, place: int, referent: Referent) -> bool:
        """Whether the sentence calls the place by name (清远市新建工会573家)."""
        named = self._reading.within(sentence.start, place, EntityType.PLACE)
        return any(r.key == referent.key and n.text not in role("place") for n, r in named)

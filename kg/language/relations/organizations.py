"""What organizations do: carry out programmes, issue documents, run facilities, and belong to each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.language.annotations import Claim, Name, Reading, Referent
from kg.language.relations.predication import (
    Deed,
    actors_at,
    agents_before,
    claim,
    deeds,
    doers,
    is_denied,
    is_planned,
    names_an_actor,
    sentence_of,
    year_of,
)
from kg.language.subjects import clause_at, clauses_before, names_after, names_before, subjects_at
from kg.vocabulary import EntityType, Predicate, Subtype

__all__ = ["find_claims"]

ORGANIZATION: Final = frozenset({EntityType.ORGANIZATION})
_Spans = tuple[tuple[int, int], ...]

_WHERE: Final = re.compile(r"(?:在|于|到|至|赴|走进|来到|前往|位于)[“\"]?$")
"""What makes a facility behind a verb only the place of it."""
_AWARDED: Final = re.compile(
    r"(?:荣获|获得|获评|入选|赢得|被誉为|誉为|称为|喜获|收获|斩获|被评为|评为|评选为|授予|被授予|命名为|获|捧回|夺得|斩获|摘得|推荐|申报)(?:了)?[^，。；]{0,24}$"
)
_HONOURED: Final = re.compile(
    r"[”’\"'》]*(?:[^，。；、]{0,10})(?:先进(?:集体|个人|单位|工作者)|标兵|示范(?:镇|点|单位|县|区|企业)|优秀[^，。；、]{0,6}(?:单位|个人|奖)"
    r"|奖(?!励|补|学金)|称号|荣誉|模范|大奖)"
)
_CONTRIBUTED: Final = re.compile(r"[^，。；]{0,20}作出[^，。；]{0,8}贡献的")
_DEFINED: Final = re.compile(r"[”’\"']*(?:(?:往往|总|常常|容易)?(?:让人|使人)|是(?!由)|即|指的是|，是)")
_RECEIVING: Final = re.compile(r"[”’\"']*[^，。；]{0,8}(?:被|荣获|获评|入选|获得|获(?!取))")
_EXHORTED: Final = re.compile(
    r"(?:^|[，。；：“\"])\s*(?:要|应|应当|必须|需要|希望|务必|须|建议|呼吁|期待|号召)[^，。；]{0,40}$"
)
_ADVISED: Final = re.compile(r"\s*建议[^。]{0,30}[：:，,][^。\n]*$")
_LEARNT: Final = re.compile(
    r"(?:参观|走访|观摩|调研|考察|了解|学习借鉴|学习|借鉴|收了|收录|收入|写进|写入|选入|受益于|得益于|来自|感谢)[^，。；]{0,16}$"
)
_POSSESSED: Final = re.compile(r"(?:的|所属|自有的|旗下)?[“‘\"'《]?")
_NAMED_FOR: Final = re.compile(
    r"[”’\"'》]*(?:关于|印发|章程|实施|工作|深入|贯彻|组织|开展|第|20\d\d|[一二三四五六七八九十]|、|和|与)"
)
_DURING: Final = re.compile(r"(?:以来|期间|之后|以后|后|中)[，,]?$")
_JOINING: Final = frozenset({"参加", "报名", "报名参加"})
_PLAN: Final = re.compile(r"(?:方案|措施|计划|意见|通知|办法|规划|指引|决定)(?:[（(].*[)）])?$")
_LABEL: Final = re.compile(
    r"(?:项目|实施|承担|参与|试点|合作|共建|牵头|支持)(?:单位|院校|学校|机构|企业|部门)(?:为|是|包括|有|[：:])"
)
_OFFICIAL: Final = re.compile(
    r"(?:通知|意见|方案|办法|条例|规定|细则|措施|决定|倡议书|指引|公告|规划|纲要|计划|通报|指南|标准|制度|规则|清单|建议书"
    r"|函|守则|手册|倡议)(?:[（(].*[)）])?$"
)
_ISSUING: Final = re.compile(r"[”’\"']?(?:的)?[《“\"]?")
_LINKED: Final = re.compile(r"[”’\"']?(?:[、和与及,]|以及)[“\"]?")
_ENTERED: Final = re.compile(r"(?:列入|纳入|归入|借着|讲到|谈到|提到|说起)[^，。；]{0,16}$")
_TOPIC: Final = re.compile(r"\s*[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*关于[“\"]?")
_ISSUER_LABEL: Final = re.compile(
    r"(?:印发|发布|出台|发文|制定|编制|颁布|编写)(?:单位|部门|机关)(?:为|是|[：:])"
)
_ITEM: Final = re.compile(r"[\s、，和与及“”\"]*")
_DEMANDS: Final = re.compile(r"认为|强调|指出|要求|希望|勉励|号召|寄语|呼吁|建议|提出")
_BECOMES: Final = re.compile(r"合并|更名|改制|改组|前身|重组|改名|变更")
_NAMED_LATER: Final = re.compile(r"时|为|后|以来|初")
_TITLE_JOIN: Final = re.compile(r"[、和与及 ]|以及")
_CREATED: Final = frozenset(
    {
        Subtype.TRADE_UNION,
        Subtype.SOCIAL_ORGANIZATION,
        Subtype.TEAM,
        Subtype.OTHER,
        Subtype.COMPANY,
        Subtype.PARTY_ORGANIZATION,
        Subtype.SCHOOL,
    }
)
_BELONGS: Final = re.compile(
    r"[”’\"']*(?:（[^（）]{0,40}）)?(?:成立于[^，。]{2,20}，)?(?:是|系|为)?(?:隶属于?|直属于?|从属于|归属于?|附属于)[“\"]?"
)
_BENEATH: Final = re.compile(r"(?<=[，,])(?:现|共)?(?:下辖|下设|内设|所辖|辖有)(?=[一-鿿])")
_OVER: Final = re.compile(r"(?:直属管理|直接管理|直接领导|主管|直管|归口管理)(?=[，。；、的]|$)")
_UNDER: Final = re.compile(
    r"(?:所属的?|下属的?|旗下的?|直属的?|辖下的?|下辖的?|属下的?|下设的?|内设的?)[“\"]?"
)
_LINK: Final = re.compile(r"[”’\"']*(?:（[^（）]{0,40}）)?(?:[、和与及]|以及)[“\"]?")
_ANAPHORIC: Final = re.compile(r"像?这样的([^，。；]{1,8})，")
_BUILT: Final = re.compile(r"[^，。；]{0,12}(?:建了|建成|建起|已建|新建|设立|开设|打造)")


def find_claims(reading: Reading) -> list[Claim]:
    """The ``implements``, ``issued``, ``operates`` and ``subOrganizationOf`` claims, in order of place."""
    issued = list(_issued(reading))
    found = [*issued, *_implements(reading), *_by_document(reading, issued), *_by_label(reading)]
    found += [*_operates(reading), *_belongs(reading)]
    return sorted(found, key=lambda c: (c.start, c.spans, c.predicate, c.subject, c.object, c.rule))


# Programmes.


def _implements(reading: Reading) -> Iterator[Claim]:
    verbs = {deed.name: deed for deed in deeds(reading, EntityType.PROGRAMME)}
    for name, programme in reading.mentions:
        if name.type is not EntityType.PROGRAMME or _only_mentioned(reading, name):
            continue
        deed = verbs.get(name)
        spans: _Spans = ((name.start, name.end),)
        rule = "implements.subject"
        keys: tuple[str, ...] = ()
        if deed is not None and deed.verb.text in _JOINING and not names_an_actor(reading, deed.start):
            continue
        if deed is not None and deed.verb.takes:
            rule, spans = "implements.verb", (*spans, (deed.start, deed.end))
            keys = doers(reading, deed) if agents_before(reading, deed.start)[0] else ()
        keys = keys or _whose(reading, name) or _carriers(reading, name)
        for key in dict.fromkeys((*keys, *_next_actors(reading, name))):
            yield _carries_out(reading, key, programme, rule, spans, name)


def _carries_out(
    reading: Reading, key: str, programme: Referent, rule: str, spans: _Spans, name: Name
) -> Claim:
    planned = is_planned(reading, name.start)
    said = (("status", "planned" if planned else None), ("year", year_of(reading, name.end)))
    return claim(reading, Predicate.IMPLEMENTS, (key, programme.key), rule, spans, said)


def _next_actors(reading: Reading, name: Name) -> tuple[str, ...]:
    """自…活动以来，我校工会精心组织: who acts in the clause behind a clause of time."""
    clause = clause_at(reading, name.start)
    if clause is None or not _DURING.search(reading.text, max(name.end, clause.end - 8), clause.end):
        return ()
    following = clause_at(reading, clause.end)
    if following is None or following.sentence != clause.sentence:
        return ()
    return tuple(key for key in following.subjects if reading.by_key[key].type in ORGANIZATION)


def _by_document(reading: Reading, papers: list[Claim]) -> Iterator[Claim]:
    """A programme in whose name a plan has been issued (《…“四个万家”活动方案》)."""
    programmes = [r for r in reading.referents if r.type is EntityType.PROGRAMME]
    for issued in papers:
        document = reading.by_key[issued.object]
        if not _PLAN.search(document.name):
            continue
        for programme in programmes:
            forms = (programme.name, *programme.aliases)
            if any(len(form) >= 4 and form in document.name for form in forms):
                ends = (issued.subject, programme.key)
                rule = "implements.document"
                yield claim(reading, Predicate.IMPLEMENTS, ends, rule, issued.spans, issued.attributes)


def _by_label(reading: Reading) -> Iterator[Claim]:
    """项目院校为北京语言大学, 试点单位：A、B: the label names who takes part in the programme before it."""
    for match in _LABEL.finditer(reading.text):
        programme = _nearest_before(reading, match.start(), EntityType.PROGRAMME)
        if programme is not None:
            for name, body in _listed_after(reading, match.end()):
                spans = ((name.start, name.end), match.span())
                yield _carries_out(reading, body.key, programme[1], "implements.label", spans, name)


def _only_mentioned(reading: Reading, name: Name) -> bool:
    """Whether the programme is no more than mentioned: defined, honoured, denied, urged, looked at."""
    text = reading.text
    sentence = reading.sentence_at(name.start)
    if sentence is None or sentence.heading or text[sentence.end - 1] in "？?":
        return True
    before = text[max(sentence.start, name.start - 60) : name.start]
    if _ADVISED.match(text[max(sentence.start, name.start - 200) : name.start]):
        return True
    if _AWARDED.search(before) or _EXHORTED.search(before) or _LEARNT.search(before):
        return True
    after = text[name.end : min(sentence.end, name.end + 40)]
    if not names_an_actor(reading, name.start):
        spoken = text[sentence.start] in '“"' and name.start > sentence.start + 1
        spoken = spoken and not re.search('[”"]', text[sentence.start + 1 : name.start])
        topic = _TOPIC.fullmatch(text, sentence.start, name.start)
        if spoken or topic or _ENTERED.search(before):
            return True
    if (
        _HONOURED.match(after)
        or _DEFINED.match(after)
        or _RECEIVING.match(after)
        or _CONTRIBUTED.match(after)
    ):
        return True
    return is_denied(reading, name.start, name.end)


def _whose(reading: Reading, name: Name) -> tuple[str, ...]:
    """省邮政工会的“邮路送健康”: the body whose programme it is."""
    for other, body in names_before(reading, name.start):
        gap = reading.text[other.end : name.start].strip("“”‘’\"'《")
        owns = gap == "的" or (not gap and not names_an_actor(reading, other.start - 1))
        return (body.key,) if owns and body.type in ORGANIZATION else ()
    return ()


def _carriers(reading: Reading, name: Name) -> tuple[str, ...]:
    """Who the clause of the programme speaks of; none where that is a thing or a named place, or talk."""
    clause = clause_at(reading, name.start)
    if clause is not None:
        kinds = {reading.by_key[key].type for key in clause.subjects if name.start > clause.end_of_subject}
        named = not _STAND_IN.search(reading.text, clause.start, clause.end_of_subject)
        if kinds == {EntityType.PLACE} and named:
            return ()
        if _subject_kind(reading, name.start) in (EntityType.FACILITY, EntityType.EVENT) or _is_talk(
            reading, name
        ):
            return ()
    return actors_at(reading, name.start)


def _subject_kind(reading: Reading, place: int) -> EntityType | None:
    """The type of the nearest subject that the sentence names before ``place``."""
    for clause in clauses_before(reading, place):
        for key in clause.subjects:
            kind = reading.by_key[key].type
            if kind is not EntityType.PROGRAMME and clause.end_of_subject <= place:
                return kind
    return None


def _is_talk(reading: Reading, name: Name) -> bool:
    """Whether the clause goes on with what somebody demands (张三强调，…), no body acting in between."""
    for clause in clauses_before(reading, name.start, whole_paragraph=True):
        kinds = {reading.by_key[key].type for key in clause.subjects}
        if EntityType.ORGANIZATION in kinds:
            return False
        if EntityType.PERSON in kinds:
            return bool(_DEMANDS.search(reading.text, clause.end_of_subject, clause.end_of_subject + 60))
    return False


_STAND_IN: Final = re.compile(r"[全我本该](?:省|市|县|区|州|旗|镇|乡|街道)")


# Documents.


def _issued(reading: Reading) -> Iterator[Claim]:
    done: set[str] = set()
    for deed in deeds(reading, EntityType.DOCUMENT):
        if EntityType.DOCUMENT not in deed.verb.takes or is_denied(reading, deed.start, deed.name.end):
            continue
        keys = doers(reading, deed) if deed.before else _passive_agents(reading, deed)
        for key in keys:
            done.add(deed.thing.key)
            yield _issue(reading, key, deed.name, deed.thing, "issued.verb", ((deed.start, deed.end),))
    for found in (*_issued_of(reading), *_issued_by_label(reading)):
        done.add(found.object)
        yield found
    owners = _forms(reading)
    for document in reading.referents:
        if document.type is EntityType.DOCUMENT and document.names and document.key not in done:
            for key in _issuers_in_name(document, owners):
                yield _issue(reading, key, document.names[0], document, "issued.named", ())


def _issued_of(reading: Reading) -> Iterator[Claim]:
    """按照省总工会《关于…的通知》要求: the body right before the title of an official paper."""
    for name, document in reading.mentions:
        if document.type is not EntityType.DOCUMENT or not _OFFICIAL.search(document.name):
            continue
        for other, body in names_before(reading, name.start):
            if body.type in ORGANIZATION and _ISSUING.fullmatch(reading.text, other.end, name.start):
                for key, span in _list_before(reading, other, body):
                    yield _issue(reading, key, name, document, "issued.possessive", (span,))
            break


def _list_before(reading: Reading, last: Name, body: Referent) -> Iterator[tuple[str, tuple[int, int]]]:
    """The organizations of the list that ends with ``last``, from its end."""
    yield body.key, (last.start, last.end)
    at = last.start
    for name, thing in names_before(reading, at):
        if thing.type not in ORGANIZATION or not _LINKED.fullmatch(reading.text, name.end, at):
            return
        yield thing.key, (name.start, name.end)
        at = name.start


def _issued_by_label(reading: Reading) -> Iterator[Claim]:
    """《…指引》…，印发单位是A、B: the label names who issued the document before it."""
    for match in _ISSUER_LABEL.finditer(reading.text):
        document = _nearest_before(reading, match.start(), EntityType.DOCUMENT)
        if document is not None:
            for name, body in _listed_after(reading, match.end()):
                spans = ((name.start, name.end), match.span())
                yield _issue(reading, body.key, document[0], document[1], "issued.label", spans)


def _nearest_before(reading: Reading, place: int, kind: EntityType) -> tuple[Name, Referent] | None:
    for name, thing in names_before(reading, place):
        if place - name.end > 120:
            return None
        if thing.type is kind:
            return name, thing
    return None


def _listed_after(reading: Reading, place: int) -> Iterator[tuple[Name, Referent]]:
    """The organizations of the list that begins at ``place``."""
    for name, body in names_after(reading, place):
        if body.type not in ORGANIZATION or not _ITEM.fullmatch(reading.text, place, name.start):
            return
        yield name, body
        place = name.end


def _passive_agents(reading: Reading, deed: Deed) -> tuple[str, ...]:
    keys, start = agents_before(reading, deed.start)
    return keys if keys and re.search(r"由[“\"]?$", reading.text[deed.name.end : start]) else ()


def _issue(reading: Reading, key: str, name: Name, document: Referent, rule: str, verb: _Spans) -> Claim:
    planned = bool(verb) and is_planned(reading, name.start)
    said = (("status", "planned" if planned else None), ("year", year_of(reading, name.start)))
    return claim(reading, Predicate.ISSUED, (key, document.key), rule, ((name.start, name.end), *verb), said)


def _forms(reading: Reading) -> dict[str, str]:
    found: dict[str, str] = {}
    for referent in reading.referents:
        if referent.type is EntityType.ORGANIZATION:
            for form in (referent.name, *referent.aliases):
                if len(form) >= 3:
                    found.setdefault(form, referent.key)
    return found


def _issuers_in_name(document: Referent, owners: dict[str, str]) -> tuple[str, ...]:
    """The bodies with which the document's own name begins (中共中央、国务院关于…的决定)."""
    for form in (document.name, *document.aliases):
        keys: list[str] = []
        at = 0
        while True:
            end = next((n for n in range(len(form), at + 2, -1) if form[at:n] in owners), 0)
            if not end:
                break
            keys.append(owners[form[at:end]])
            join = _TITLE_JOIN.match(form, end)
            at = join.end() if join else end
            if join is None:
                break
        if keys and _NAMED_FOR.match(form, at):
            return tuple(dict.fromkeys(keys))
    return ()


# Facilities.


def _operates(reading: Reading) -> Iterator[Claim]:
    for deed in deeds(reading, EntityType.FACILITY):
        if EntityType.FACILITY not in deed.verb.takes or is_denied(reading, deed.start, deed.name.end):
            continue
        if deed.before and _WHERE.search(reading.text, deed.end, deed.name.start):
            continue
        for key in doers(reading, deed):
            yield _operation(reading, key, deed.name, deed.thing, "operates.verb", ((deed.start, deed.end),))
    for name, facility in reading.mentions:
        if facility.type is not EntityType.FACILITY:
            continue
        owner = _possessor(reading, name)
        if owner is not None:
            other, body = owner
            yield _operation(
                reading, body.key, name, facility, "operates.possessive", ((other.start, other.end),)
            )
    yield from _anaphoric(reading)


def _operation(reading: Reading, key: str, name: Name, facility: Referent, rule: str, verb: _Spans) -> Claim:
    planned = is_planned(reading, name.start)
    said = (("status", "planned" if planned else None), ("year", year_of(reading, name.end)))
    return claim(
        reading, Predicate.OPERATES, (key, facility.key), rule, ((name.start, name.end), *verb), said
    )


def _possessor(reading: Reading, name: Name) -> tuple[Name, Referent] | None:
    """公司的“两室一中心”: the body right before the facility, whose it is."""
    for other, body in names_before(reading, name.start):
        if body.type in ORGANIZATION and _POSSESSED.fullmatch(reading.text, other.end, name.start):
            return other, body
        return None
    return None


def _anaphoric(reading: Reading) -> Iterator[Claim]:
    """像这样的驿站，市总工会建了74个: whoever builds its like runs the one that was named."""
    for match in _ANAPHORIC.finditer(reading.text):
        noun = match.group(1)
        clause = clause_at(reading, match.end())
        if clause is None or not _BUILT.match(reading.text, max(clause.end_of_subject, match.end())):
            continue
        named = next(
            ((n, t) for n, t in names_before(reading, match.start()) if t.type is EntityType.FACILITY), None
        )
        if named is None or match.start() - named[0].end > 200 or not named[1].name.endswith(noun):
            continue
        for key in subjects_at(reading, match.end(), ORGANIZATION):
            yield _operation(reading, key, named[0], named[1], "operates.like", (match.span(),))


# Bodies.


def _belongs(reading: Reading) -> Iterator[Claim]:
    yield from _founded(reading)
    yield from _stated(reading)
    yield from _under_it(reading)


def _founded(reading: Reading) -> Iterator[Claim]:
    """城前镇总工会建起樱桃产业工会联合会: a body that another one sets up is under it."""
    for deed in deeds(reading, EntityType.ORGANIZATION):
        if "Organization" not in deed.verb.takes or not deed.before or deed.thing.subtype not in _CREATED:
            continue
        if is_denied(reading, deed.start, deed.name.end):
            continue
        keys = _founders(reading, deed)
        if len(keys) == 1 and keys[0] != deed.thing.key:
            spans = ((deed.name.start, deed.name.end), (deed.start, deed.end))
            yield _sub(reading, deed.thing.key, keys[0], "subOrganizationOf.founded", spans)


def _founders(reading: Reading, deed: Deed) -> tuple[str, ...]:
    """Who sets a body up, if the sentence itself says so and no body only becomes another one."""
    sentence = sentence_of(reading, deed.start)
    if _BECOMES.search(reading.text, sentence.start, deed.start):
        return ()
    if _NAMED_LATER.search(reading.text[deed.end : deed.name.start]):
        return ()
    named = names_an_actor(reading, deed.start) or agents_before(reading, deed.start)[0]
    return doers(reading, deed) if named else ()


def _stated(reading: Reading) -> Iterator[Claim]:
    """X隶属于Y; Y下属(的)X、Z."""
    for name, body in reading.mentions:
        if body.type is not EntityType.ORGANIZATION:
            continue
        match = _BELONGS.match(reading.text, name.end)
        if match is not None:
            for other, whole in _first_organization(reading, match.end()):
                spans = ((name.start, name.end), (other.start, other.end))
                yield _sub(reading, body.key, whole.key, "subOrganizationOf.stated", spans)
        yield from _managed(reading, name)
        match = _UNDER.match(reading.text, name.end)
        at = match.end() if match else 0
        for other, part in names_after(reading, at) if match else ():
            if part.type is not EntityType.ORGANIZATION or reading.text[at : other.start].strip("“”\"' "):
                break
            spans = ((name.start, name.end), (other.start, other.end))
            yield _sub(reading, part.key, body.key, "subOrganizationOf.stated", spans)
            link = _LINK.match(reading.text, other.end)
            if link is None:
                break
            at = link.end()


def _under_it(reading: Reading) -> Iterator[Claim]:
    """铁路工会设专职干部9人，下辖甲、乙等: the bodies listed are under what the sentence speaks of."""
    for match in _BENEATH.finditer(reading.text):
        if not names_an_actor(reading, match.end()):
            continue
        for key in subjects_at(reading, match.end(), ORGANIZATION)[:1]:
            if _other_between(reading, key, match.start()):
                continue
            for name, part in _listed_after(reading, match.end()):
                if part.key != key:
                    spans = ((name.start, name.end), match.span())
                    yield _sub(reading, part.key, key, "subOrganizationOf.beneath", spans)


def _other_between(reading: Reading, key: str, place: int) -> bool:
    """Whether the last body named before ``place`` in its sentence is another one (母公司是X集团，下设…)."""
    sentence = sentence_of(reading, place)
    named = reading.within(sentence.start, place, EntityType.ORGANIZATION)
    return bool(named) and named[-1][1].key != key


def _managed(reading: Reading, over: Name) -> Iterator[Claim]:
    """由省教育厅主管: the body of which the clause speaks is under the one that is over it."""
    text = reading.text
    if not _OVER.match(text, over.end) or not text.endswith("由", 0, over.start):
        return
    whole = next(
        (r for n, r in reading.within(over.start, over.end, EntityType.ORGANIZATION) if n == over), None
    )
    for key in subjects_at(reading, over.start, ORGANIZATION)[:1]:
        part = reading.by_key[key]
        if whole is not None and key != whole.key and any(n.end <= over.start for n in part.names):
            spans = ((over.start, over.end),)
            yield _sub(reading, key, whole.key, "subOrganizationOf.managed", spans)


def _first_organization(reading: Reading, place: int) -> Iterator[tuple[Name, Referent]]:
    for name, thing in names_after(reading, place):
        if name.start == place and thing.type is EntityType.ORGANIZATION:
            yield name, thing
        return


def _sub(reading: Reading, part: str, whole: str, rule: str, spans: _Spans) -> Claim:
    return claim(reading, Predicate.SUB_ORGANIZATION_OF, (part, whole), rule, spans)

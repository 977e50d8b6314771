"""What an article says of itself: title, makers, publisher, date.

They stand at the head (title lines, a line of fields, a by-line), in the dateline, in brackets
behind the text, and in what the file says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Final

from kg.language.annotations import Byline
from kg.language.bylines import bylines_in, is_credit, is_person_name, org_end
from kg.language.lexicon import table
from kg.model import Metadata

__all__ = ["Masthead", "find_masthead"]

_HAN: Final = "一-鿿㐀-䶿"
_DOT: Final = "·•・‧∙"


@dataclass(frozen=True, slots=True)
class Masthead:
    """What was found; ``title_span`` is a half-open range of the text, and so are those of the by-lines.

    ``title`` is the title as it is to be read, over the lines that it takes; what stands over it
    (an organization, a column) and a line under it that only tells of whom it speaks (——记…) are
    no part of it. ``published`` is an ISO 8601 date, perhaps without day or month.
    """

    title: str | None = None
    title_span: tuple[int, int] | None = None
    publisher: str | None = None
    published: str | None = None
    bylines: tuple[Byline, ...] = ()


def find_masthead(text: str, metadata: Metadata | None = None) -> Masthead:
    """The masthead of a repaired text; what the text does not say is taken from ``metadata``.

    >>> head = find_masthead("山里来了服务队\\n本报记者 张小明\\n4月1日，服务队进山。")
    >>> head.title, [(b.text, b.role) for b in head.bylines]
    ('山里来了服务队', [('张小明', '记者')])
    """
    known = metadata or Metadata()
    lines = _lines(text)
    body = _first_of_body(lines)
    span = _known_title(lines, known.title) or _title(lines[:body])
    title = _read_title(text, span) if span else known.title
    return Masthead(
        title=title or None,
        title_span=span,
        publisher=_publisher(lines, body) or known.publisher,
        published=_published(lines, body) or known.published,
        bylines=_bylines(text, lines, body),
    )


def _bylines(text: str, lines: list[_Line], body: int) -> tuple[Byline, ...]:
    named = [b for line in lines[: body + 1] for b in _authors(line)]
    named = named or [b for line in lines[body + 1 :][-5:] for b in _authors(line)]
    found = bylines_in(text, [(line.start, line.end) for line in lines], body)
    with_part = {b.text for b in found}
    together = [*found, *(b for b in named if b.text not in with_part)]
    return tuple(sorted(together, key=lambda b: (b.start, b.role)))


def _authors(line: _Line) -> Iterator[Byline]:
    """The authors whom a field names (作者：…)."""
    for meaning, start, value in _field_values(line):
        if meaning == "author":
            for match in re.finditer(rf"[{_HAN}{_DOT}]+", value[:40]):
                if not is_person_name(match.group(), after_role=True):
                    break
                yield Byline(start + match.start(), start + match.end(), match.group(), "作者")


# --- lines -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


_HEAD_LINES: Final = 14
_LONGEST_TITLE: Final = 60
_LONGEST_OFFICIAL: Final = 110
_LONGEST_QUESTION: Final = 45
_LONGEST_FIELDS: Final = 200
_STOPPED = re.compile(r"[。；;]|[！？!?][”’」』\"]?.*[，,]|[。！？!?；;，,.][”’」』\"]*$")
_DATELINE = re.compile(
    rf"[【［\[]?(?P<medium>[^，。；：\n（(【】 ]{{0,12}}?)(?P<place>[{_HAN}、]{{0,8}}?)[ ]?"
    r"(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日)?(?:电|讯)(?:[】］\]]|(?=[ （(　：:]))"
)


def _lines(text: str) -> list[_Line]:
    found = []
    position = 0
    for raw in text.splitlines(keepends=True):
        body = raw.strip()
        if body:
            found.append(_Line(position + raw.index(body[0]), body))
        position += len(raw)
    return found


def _first_of_body(lines: list[_Line]) -> int:
    """The number of the first line that is running text."""
    for number, line in enumerate(lines[:_HEAD_LINES]):
        if _is_body(line.text) and not (number == 0 and _asks(line.text)):
            return number
    return min(len(lines), _HEAD_LINES)


def _asks(line: str) -> bool:
    """Whether a first line is a title that is a question or a call (农民合作社建厂，职工怎么入会？)."""
    return len(line) <= _LONGEST_QUESTION and line[-1] in "？！?!" and not re.search("[。；;]|”", line)


def _is_body(line: str) -> bool:
    if (len(line) > _LONGEST_QUESTION and _DATELINE.match(line)) or line.startswith(
        ("编者按", "【编者按", "问：", "问:")
    ):
        return True
    if _is_field_line(line) or is_credit(line) or line.startswith("#"):
        return False
    if len(line) > _LONGEST_TITLE:
        return not re.fullmatch(r"[（(【].*[)）】]", line) and not _is_official(line)
    return line[-1] in "。；" or (bool(_STOPPED.search(line)) and len(line) > 12)


# --- the title ---------------------------------------------------------------------------------

_MARKS = re.compile(r"(?:#{1,6}|\*\*|[■□◆◇●○◎★☆▍▎※]+|[—–-]{2,})[ 　]*")
_NUMBERED = re.compile(
    r".{2,24}[〔\[（(](?:19|20)\d\d[〕\]）)][^，。]{0,4}\d+号$|.{0,30}第?\d+期$|.{2,30}文件$"
)
"""The number of an official paper, of a bulletin."""
_ASIDE = re.compile(
    r"首页|当前位置|您(?:现在|当前)?的?位置|[（(【\[〔].{1,40}[)）】\]〕]$|[（(][肩引]题[)）]|.*(?:供图|扫码)"
)
_PAGE = re.compile(
    r"[A-D]?\d{1,2} ?(?:版|专版|要闻|综合|头版)|第[一二三四五六七八九十\d]+版"
    r"|.{0,12}(?:19|20)\d\d年\d{1,2}月\d{1,2}日 ?(?:星期|周).$"
)
_UNSIGNED = re.compile(
    r".{0,14}(?:评论员|社论|时评|通讯员|记者|课题组|编辑部|宣传组|[一二三四五六七八九十]、.*)$"
)
"""A by-line without a name, or the heading of a section."""
_MAIN_LINE = re.compile(r"[（(]主题[)）]")
_OF_WHOM = re.compile(r"(?:——|—|--)[ ]?(?:记|访|追记|专访|对话)")
_UNDER = re.compile(r"——|--")
_GENRE = re.compile(
    r"(?:总结|计划|打算|安排|要点|通知|公告|公示|通报|决定|意见|办法|细则|方案|纪要|报告|简报|综述|讲话|摘要|节选|简章"
    r"|倡议书|慰问信|说明|章程|条例|函|解读|介绍|概况|简介)(?:[（(].{1,12}[)）])?$"
)
_COLUMN = re.compile(
    r".{0,20}(?:专栏|专题|特刊|系列报道|之[一二三四五六七八九十]+$|篇[①-⑳]$)|[^！？]{0,7}·[^！？]{0,10}$"
)
"""The name of a column, which stands over titles."""
_TELLS = re.compile("[了着来去吗呢谁]")
_BODY = re.compile(rf"[{_HAN}（）()·“”]{{3,40}}$")


def _known_title(lines: list[_Line], title: str | None) -> tuple[int, int] | None:
    """Where the title of which the file knows stands in the text."""
    wanted = _bare(title or "")
    if len(wanted) < 2:
        return None
    for line in lines[:_HEAD_LINES]:
        mark = _MARKS.match(line.text)
        lead = mark.end() if mark else 0
        if _bare(line.text[lead:]) == wanted:
            return line.start + lead, line.end
    return None


def _bare(words: str) -> str:
    return re.sub(r"[\s　“”\"‘’']", "", words)


def _title(head: list[_Line]) -> tuple[int, int] | None:
    """The lines that are the title, where the head has one."""
    for number, line in enumerate(head):
        if main := _MAIN_LINE.match(line.text):
            if main.end() < len(line.text):
                return line.start + main.end(), line.end
            if number:
                return head[number - 1].start, head[number - 1].end
    marked = [line for line in head if line.text.startswith(("# ", "## ")) and line.text[-1] not in "：:"]
    lines = [line for line in marked or head if not _is_no_title(line.text)]
    for number, line in enumerate(lines):
        following = _near(head, line)
        if _is_over_title(line.text) and lines[number + 1 :] and not _continues(line, following):
            continue
        last = line
        while following and _continues(last, following):
            last, following = following, _near(head, following)
        mark = _MARKS.match(line.text)
        aside = _OF_WHOM.search(line.text) if last is line else None
        end = line.start + len(line.text[: aside.start()].rstrip()) if aside else last.end
        return line.start + (mark.end() if mark else 0), end
    return None


def _near(head: list[_Line], line: _Line) -> _Line | None:
    """The line right under ``line``."""
    behind = [other for other in head if other.start > line.start][:1]
    return behind[0] if behind and behind[0].start - line.end <= 2 else None


def _is_no_title(line: str) -> bool:
    if line[-1] in "：:" or any(form.match(line) for form in (_PAGE, _ASIDE, _NUMBERED, _UNDER, _UNSIGNED)):
        return True
    if _is_field_line(line) or is_credit(line) or _date_of(line, whole=True) or _is_stamp(line):
        return True
    return (len(line) > _LONGEST_TITLE and not _is_official(line)) or len(_bare(line)) < 2


def _is_official(line: str) -> bool:
    """Whether a long line is the title of an official paper (关于……的通知)."""
    return len(line) <= _LONGEST_OFFICIAL and "。" not in line and bool(_GENRE.search(line))


def _is_over_title(line: str) -> bool:
    """Whether a line only names the body or the column that stands over the title."""
    words = _MARKS.sub("", line, count=1)
    named = _BODY.match(words) and not _TELLS.search(words) and org_end(words, body=True) == len(words)
    return bool(named or _COLUMN.match(words))


def _continues(before: _Line, line: _Line | None) -> bool:
    """Whether a title goes on in the next line."""
    if line is None or line.text[-1] in "：:":
        return False
    if _UNDER.match(line.text):
        return not _OF_WHOM.match(line.text)
    if _MARKS.match(line.text) or _NUMBERED.match(line.text) or line.text.startswith(("关于", "《")):
        return False
    return bool(_GENRE.search(line.text)) and not (
        _GENRE.search(before.text) or org_end(line.text, body=True)
    )


def _read_title(text: str, span: tuple[int, int]) -> str:
    parts = [part.strip() for part in text[span[0] : span[1]].splitlines() if part.strip()]
    return "".join(parts).strip("* 　")


# --- fields, publisher, date -------------------------------------------------------------------

_DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d|[一二][〇○零ＯO九][一二三四五六七八九〇○零ＯO]{2})(?:[ ]?年[ ]?|[-/.])"
    r"(?:(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})(?:[ ]?月[ ]?|[-/.](?=\d)|(?![\d]))"
    r"(?:(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})(?:[ ]?日)?(?!\d))?)?"
)
_DATE_WORDS: Final = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "O": 0, "Ｏ": 0}
_TAIL_DATE = re.compile(r"[（(][^（）()]{0,40}[)）]$")
_NOT_PUBLISHED = re.compile(
    r"截至|截止|数据|以来|起施行|根据|录音|访谈|采访|更新时间|修订|时间|审议|通过|生于|出生"
)
_IN_TITLE_MARKS = re.compile(r"《([^《》]{2,20})》")
_REPRINTED = re.compile(
    r"(?:原载于?|转载自|摘自|选自|刊于|载于|转自)[ ]?(?:(?:19|20)\d\d年[^《]{0,8})?"
    r"(?:《(?P<quoted>[^《》]{2,20})》|(?P<medium>[^《》，。；、\d一二（）()]{3,16}))"
)


@cache
def _fields() -> dict[str, str]:
    return {row["form"]: row["meaning"] for row in table("masthead_fields")}


@cache
def _field() -> re.Pattern[str]:
    forms = "|".join("[ 　]*".join(form) for form in sorted(_fields(), key=len, reverse=True))
    return re.compile(rf"(?:(?<=^)|(?<=[ 　|｜(（【\[]))(?P<form>{forms})[ 　]*[：:｜][ 　]*")


def _is_field_line(line: str) -> bool:
    """Whether a line consists of fields (发布时间：… 来源：…)."""
    return bool(_field().match(line)) or line.startswith(("首页", "当前位置"))


def _field_values(line: _Line) -> Iterator[tuple[str, int, str]]:
    """The fields of a line: meaning, place of the value, value."""
    if len(line.text) > _LONGEST_FIELDS:
        return
    matches = list(_field().finditer(line.text))
    for match, following in zip_longest(matches, matches[1:]):
        value = line.text[match.end() : following.start() if following else len(line.text)]
        value = re.split(r"[【\[|｜]", value)[0].strip(" 　")
        if value:
            yield _fields()[match["form"].replace(" ", "").replace("　", "")], line.start + match.end(), value


def _publisher(lines: list[_Line], body: int) -> str | None:
    near = [*lines[: body + 1], *lines[body + 1 :][-5:]]
    for line in near:
        for meaning, _, value in _field_values(line):
            if meaning == "publisher":
                return re.split(r"[ 　、，；)）]", value)[0].strip("《》") or None
    for line in [*lines[:body], *lines[-3:]]:
        found = _REPRINTED.search(line.text[-80:]) or _REPRINTED.search(line.text[:80])
        if found and (found["quoted"] or _is_medium(found["medium"].strip())):
            return found["quoted"] or found["medium"].strip()
    for line in reversed(lines[-2:]):
        bracket = _TAIL_DATE.search(line.text)
        if bracket:
            words = bracket.group().strip("（）()")
            medium = _IN_TITLE_MARKS.match(words)
            first = medium.group(1) if medium else re.split(r"[ 　，,]", words)[0]
            if _is_medium(first) and (len(first) == len(words) or medium or _date_of(words)):
                return first
    return _dateline_medium(lines[body : body + 1])


def _dateline_medium(lines: list[_Line]) -> str | None:
    match = _DATELINE.match(lines[0].text) if lines else None
    if not match or match["medium"].startswith("本"):
        return None
    words = match["medium"] + (match["place"] or "")
    for end in range(len(words), 1, -1):
        if _is_medium(words[:end]):
            return words[:end]
    return None


@cache
def _media_heads() -> tuple[str, ...]:
    heads = {
        row["head"]
        for row in table("organization_heads")
        if row["subtype"] == "Media" and row["role"] == "body"
    }
    return tuple(sorted(heads | {"报", "社", "网", "台", "刊"}, key=len, reverse=True))


def _is_medium(words: str) -> bool:
    return 3 <= len(words) <= 20 and words.endswith(_media_heads()) and not words.startswith("本")


def _published(lines: list[_Line], body: int) -> str | None:
    for line in lines[: body + 1]:
        if date := _date_in_fields(line):
            return date
    for line in lines[:body]:
        if len(line.text) <= 60 and (_PAGE.match(line.text) or _is_stamp(line.text)):
            return _date_of(line.text)
    for line in reversed(lines[max(body, len(lines) - 4) :]):
        if (date := _date_of(line.text, whole=True)) or (date := _date_behind_body(line.text)):
            return date
    for line in reversed(lines[-2:]):
        bracket = _TAIL_DATE.search(line.text[-60:])
        if bracket and not _NOT_PUBLISHED.search(bracket.group()) and (date := _date_of(bracket.group())):
            return date
    match = _DATELINE.match(lines[body].text) if body < len(lines) else None
    return _date_of(match["date"]) if match and match["date"] else None


def _date_in_fields(line: _Line) -> str | None:
    found = list(_field_values(line))
    for meaning, _, value in found:
        if meaning == "published" and (date := _date_of(value)):
            return date
        if meaning == "time" and len(found) > 1 and not any(m == "place" for m, _, _ in found):
            others = {m for m, _, _ in found} & {"publisher", "author", "views"}
            if others and (date := _date_of(value)):
                return date
    return None


def _is_stamp(line: str) -> bool:
    """Whether a line of the head is a site's name with a date (工会小微 2024-11-29 18:30)."""
    return bool(
        re.fullmatch(
            r"(?:[^，。：:]{2,20} )?(?:19|20)\d\d[-年./]\d{1,2}[-月./]\d{1,2}日?(?: \d\d:\d\d.*| .*)?", line
        )
    ) and not _GENRE.search(line)


def _date_behind_body(line: str) -> str | None:
    """The date of a signature that stands on one line with the body that signs."""
    match = re.fullmatch(rf"[（(]?([{_HAN}“”（）()]{{4,40}}?)[ 　，,]+(.{{6,14}})[）)]?", line)
    return (
        _date_of(match.group(2), whole=True)
        if match and org_end(match.group(1)) == len(match.group(1))
        else None
    )


def _date_of(words: str, *, whole: bool = False) -> str | None:
    """The ISO form of the first date in ``words``; with ``whole`` only where there is nothing else."""
    match = _DATE.search(words)
    if match is None or words[match.end() :].startswith("第"):
        return None
    rest = words[: match.start()] + words[match.end() :]
    if whole and re.sub(r"[（）() 　]|星期.|周.|\d{1,2}[:：]\d\d(?:[:：]\d\d)?", "", rest):
        return None
    year = "".join(str(_DATE_WORDS.get(c, c)) for c in match["y"])
    month, day = _number(match["m"]), _number(match["d"])
    if month is None or not 1 <= month <= 12:
        return year
    if day is None or not 1 <= day <= 31:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{day:02}"


def _number(words: str | None) -> int | None:
    if not words:
        return None
    if words.isdecimal():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    value = (_DATE_WORDS.get(tens, 1) * 10 if ten else 0) + (_DATE_WORDS.get(ones, 0) if ones else 0)
    return value or None

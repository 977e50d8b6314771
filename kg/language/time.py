"""When something holds: period expressions in a text, and the interval of dates that each one means.

今年, 去年, 近五年, "十四五"期间, 2023年1至9月, 截至2024年年底, 2023年以来, 上半年, 五年来 …
Offsets are half-open ranges of code points of the text that was given.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kg.language.lexicon import table
from kg.language.numerals import halfwidth, parse

__all__ = ["Period", "find_periods", "interval"]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch ``text[start:end]`` that says when; ``text`` is its wording, shortened where it is long."""

    start: int
    end: int
    text: str


# Finding.

_HAN: Final = "〇零一二三四五六七八九十"
_COUNT: Final = r"(?:\d{1,3}|[一二两三四五六七八九十百]{1,3}|多|几|数)(?:多|余)?"
_YEAR: Final = (
    r"(?:(?:19|20)\d\d ?年(?:度)?|[一二][〇零一二三四五六七八九]{3}年"
    r"|今年|去年|前年|大前年|明年|后年|当年|本年度|同年|翌年|次年|上年度?|[今明]后两年)"
)
_MONTH: Final = r"(?:(?<!\d)\d{1,2}|[一二三四五六七八九十]|十[一二]|腊|正) ?月(?:份)?(?!来|[间内里])"
_DAY: Final = r"(?<![\d〕］\])）第])\d{1,2} ?(?:日|号(?!楼|线|馆))"
_TO: Final = r" ?(?:——|--|[—–\-~～至到]) ?"
_PART: Final = (
    r"(?:上半年|下半年|前?[一二三四]个?季度|第[一二三四]季度|年底|年末|年初|年中|[春夏秋冬](?:天|季|初|末)"
    r"|底|末|初|上旬|中旬|下旬|中下旬|上中旬|中(?!国|央|秋|华|共|铁|建|石|车|小|高|专|职|学|医|心|西|部|外)|同期|前[\d一二三四五六七八九十]{1,2}个月)"
)
_HOUR: Final = r"(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚|夜里|当天|当日)"
_MONTHS: Final = rf"{_MONTH}(?: ?{_DAY})?(?:(?:{_TO}|[、和])(?:{_MONTH}(?: ?{_DAY})?|{_DAY}))?"
_MOMENT: Final = (
    rf"(?:{_YEAR}(?:{_TO}{_YEAR}(?:{_MONTH}(?: ?{_DAY})?)?| ?的?(?:\d{{1,2}}{_TO}{_MONTH}|{_MONTHS}))?"
    rf"{_PART}?"
    rf"|(?:19|20)\d\d{_TO}(?:19|20)\d\d ?年(?:度)?"
    rf"|\d{{1,2}}{_TO}{_MONTH}|{_MONTHS}{_PART}?|{_DAY}(?:{_TO}{_DAY})?)(?:{_HOUR})?"
)
_ENDING: Final = r"(?:以来|之后|以后|之前|以前|期间|年间|起|开始|至今|前|(?<=年)[间内里])"
_RELATIVE: Final = (
    rf"(?:近|过去|最近|这|前|今后|未来|接下来|此后|之后)的?这?{_COUNT}个?(?:年|月|季度|周)多?"
    r"(?:以来|来|间|内|里|时间)?"
    rf"|{_COUNT}个?(?:年|月)(?:多)?(?:以来|来|间|里)(?!自)"
    r"|近(?:些|几)?年来?|连年|历年(?:来)?|一直以来|长期以来|过去一年|过去五年|过去几年"
)
_WORDS: Final = (
    r"(?:截至|截止)(?:目前|当前|现在|发稿时?|记者发稿时?)|目前(?:为止)?|至今|迄今(?:为止)?|如今|当前|眼下|现今"
    r"|现在(?!化)|全年|年内|年初|年底(?:前)?|年末|年中|今年以来|本年度|上半年|下半年|前?[一二三四]个?季度|第[一二三四]季度"
    r"|上个?月底?|本月底?|当月|月底前|上周|本周|本届|上届|昨[日天]|前[日天]|当[日天]|每(?:年|月|天|周|季度|个月)"
    rf"|现(?=有|共|全|已)|[“\"]两节[”\"]|(?:\A|(?<=[，。；、\n])){_COUNT}年多?(?=，|,)"
    r"|寒暑假(?:期间)?|暑假(?:期间)?|寒假(?:期间)?|暑期|(?:高温|疫情|汛期|农闲|农忙|抗战)(?:期间|季节?)"
)
_PLAN: Final = r"[“\"‘「]?十[一二三四五六]五[”\"’」]?(?:规划)?(?:期间|时期|以来|开局|末|初)?"
_FEAST: Final = (
    r"[“\"‘]?(?:五一|两节|三八|十一|七一|六一|春节|元旦|国庆|中秋)[”\"’]?(?:国际劳动节|劳动节|妇女节|节)?"
    r"(?:前夕|期间|前后|来临之际|节前|假期)"
)
_PERIOD: Final = re.compile(
    rf"(?:截至|截止到|截止|截止至)[ ]?(?:{_MOMENT})(?:为止)?"
    rf"|(?:早在|自从|自|从|到|至)?(?:{_PLAN}|{_FEAST}|{_MOMENT})(?:{_TO}(?:目前|今))?{_ENDING}?"
    rf"|{_WORDS}|{_RELATIVE}"
)
_SINCE: Final = re.compile(r"以来")
_OPENING: Final = re.compile(r"[，。；：,;:！？!?\n（）()]|——")
_LONGEST_ERA: Final = 30


def find_periods(text: str, start: int = 0, end: int | None = None) -> list[Period]:
    """The period expressions in ``text[start:end]``, in order and apart from each other.

    What began with an event (百工兴茶行动开展以来) runs from the beginning of its clause.

    >>> [p.text for p in find_periods("2023年以来，全市建会21家；截至2024年年底，共有会员3万人")]
    ['2023年以来', '截至2024年年底']
    >>> [p.text for p in find_periods("产改试点启动以来，培训职工百人，去年1至9月竞赛3场")]
    ['产改试点启动以来', '去年1至9月']
    """
    stop = len(text) if end is None else end
    matches = _PERIOD.finditer(halfwidth(text[start:stop]))
    found = [
        Period(start + m.start(), start + m.end(), text[start + m.start() : start + m.end()]) for m in matches
    ]
    starts, ends = [p.start for p in found], {p.end for p in found}
    eras = []
    for match in _SINCE.finditer(text, start, stop):
        if match.end() not in ends:
            last = bisect_left(starts, match.start()) - 1
            eras += _era_before(text, match, start, found[last : last + 1] if last >= 0 else [])
    return list(_apart(found + eras))


def _era_before(text: str, since: re.Match[str], start: int, before: list[Period]) -> list[Period]:
    """The period that ends with this 以来: 某行动开展以来, or 自2019年5月…以来 (told as 自2019年5月以来)."""
    low = max(start, since.start() - _LONGEST_ERA)
    opening = max((m.end() for m in _OPENING.finditer(text, low, since.start())), default=-1)
    for period in before:
        if (
            period.text[0] in "自从"
            and max(opening, since.start() - 3 * _LONGEST_ERA) <= period.start < since.start()
        ):
            return [Period(period.start, since.end(), period.text + "以来")]
    if opening < 0 and low > start:
        return []
    opening = max(opening, low)
    return [Period(opening, since.end(), text[opening : since.end()])]


def _apart(found: list[Period]) -> Iterator[Period]:
    """The periods in order; one that lies in a longer one goes."""
    reach = -1
    for period in sorted(found, key=lambda p: (p.start, -p.end)):
        if period.start >= reach:
            yield period
            reach = period.end


# Understanding.

_Days = tuple[date, date]
_FIRST: Final = date(1, 1, 1)


def interval(period: str, published: str | None) -> tuple[str, str] | None:
    """The ISO dates of the first and last day that ``period`` means; an open side is an empty string.

    ``published`` is the date of the article (2025-01-16, 2025-01 or 2025); without it what is told
    from the day of writing (去年, 近五年) has no interval. None is given for what names no time.

    >>> interval("2023年1至9月", None)
    ('2023-01-01', '2023-09-30')
    >>> interval("截至2024年年底", None), interval("近五年", "2025-01-16")
    (('', '2024-12-31'), ('2020-01-16', '2025-01-16'))
    """
    words = _bare(period)
    today = _published(published)
    for reader in _READERS:
        found = reader(words, today)
        if found is not None:
            return found
    return None


def _bare(words: str) -> str:
    return re.sub(r"[\s“”\"‘’「」的]", "", halfwidth(words))


def _published(published: str | None) -> date | None:
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?.*", published or "")
    if not match:
        return None
    year, month = int(match[1]), int(match[2] or 12)
    try:
        return date(year, month, int(match[3])) if match[3] else _month(year, month)[1]
    except ValueError:
        return None


def _text(days: _Days | None) -> tuple[str, str] | None:
    return None if days is None else (days[0].isoformat(), days[1].isoformat())


def _month(year: int, month: int) -> _Days:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def _year(year: int) -> _Days:
    return date(year, 1, 1), date(year, 12, 31)


def _now(words: str, today: date | None) -> tuple[str, str] | None:
    if today is None or not re.fullmatch(
        r"(?:截至|截止)?(?:目前|当前|现在|(?:记者)?发稿时?)(?:为止)?|至今|迄今(?:为止)?|如今|眼下|现今?|现有",
        words,
    ):
        return None
    return "", today.isoformat()


def _plan(words: str, today: date | None) -> tuple[str, str] | None:
    """The five-year plans: the fourteenth runs from 2021 to 2025."""
    match = re.fullmatch(r"十([一二三四五六])五(?:规划)?(期间|时期|以来)?", words)
    if not match:
        return None
    first = 1951 + 5 * (10 + "一二三四五六".index(match[1]) + 1)
    last = f"{first + 4}-12-31"
    if match[2] == "以来":
        last = today.isoformat() if today else ""
    return f"{first}-01-01", last


def _era(words: str, today: date | None) -> tuple[str, str] | None:
    match = re.fullmatch(r"(?:自从|自|从)?(.+?)(?:胜利)?(?:召开|开展)?以来(?:特别是.*)?", words)
    if not match:
        return None
    for row in table("periods"):
        if row["kind"] == "era" and match[1] in (_bare(row["words"]), row["words"].removeprefix("党的")):
            return row["start"], today.isoformat() if today else ""
    return None


def _feast(words: str, today: date | None) -> tuple[str, str] | None:
    for row in table("periods"):
        if row["kind"] == "day" and today and words.startswith(row["words"]):
            first, last = (date.fromisoformat(f"{today.year}-{row[side]}") for side in ("start", "end"))
            if first > today:
                first, last = first.replace(year=first.year - 1), last.replace(year=last.year - 1)
            if "前夕" in words or "节前" in words:
                first, last = first - timedelta(days=7), first - timedelta(days=1)
            return _text((first, last))
    return None


def _since(words: str, today: date | None) -> tuple[str, str] | None:
    match = re.fullmatch(
        r"(?:自从|自|从|早在)?(.+?)(?:以来|以后|之后|起|开始|至今|[至到—-]+(?:目前|今))", words
    )
    days = _moment(match[1], today) if match else None
    if days is None:
        return None
    return days[0].isoformat(), today.isoformat() if today else ""


def _until(words: str, today: date | None) -> tuple[str, str] | None:
    match = re.fullmatch(r"(?:截至|截止[到至]?|到|至)(.+?)(?:为止|之?前)?|(.+?)(?:之前|以前|前)", words)
    if not match:
        return None
    inner = match[1] or match[2]
    days = _moment(inner, today, ahead=match[1] is None or words[0] in "到至")
    if days is None:
        return None
    by_its_end = match[1] or inner[-1] in "底末"
    return "", (days[1] if by_its_end else days[0] - timedelta(days=1)).isoformat()


def _between(words: str, today: date | None) -> tuple[str, str] | None:
    match = re.fullmatch(r"(.+?)(?:——|--|[—–\-~～至到、和])(.+?)(?:期间|[间内])?", words)
    if not match:
        return None
    first = _moment(match[1] + _missing(match), today)
    last = _moment(_shared(match[1], match[2]) + match[2], today)
    if first is None or last is None or first[0] > last[1]:
        return None
    return _text((first[0], last[1]))


def _shared(first: str, second: str) -> str:
    """What the second end leaves out: the year of 2023年1至9月, the month of 10月12日至15日."""
    year = re.match(r"(?:19|20)\d\d年|[今去前明当]年", first)
    month = re.match(r"\d{1,2}月", first[year.end() if year else 0 :])
    prefix = year.group() if year and not re.match(r"(?:19|20)\d\d年", second) else ""
    return prefix + (month.group() if month and re.fullmatch(r"\d{1,2}[日号]", second) else "")


def _missing(match: re.Match[str]) -> str:
    """The unit that the first of 1至9月, 2021—2023年 or 8—9日 shares with the second."""
    if re.search(r"[年月日号度季]$", match[1]) and not re.search(r"年\d{1,2}$", match[1]):
        return ""
    for sign in "年月日号":
        if match[2].rstrip("度份").endswith(sign):
            return sign
    return ""


def _span(words: str, today: date | None) -> tuple[str, str] | None:
    """近五年, 五年来, 过去三个月, 今后两年."""
    match = re.fullmatch(
        r"(近|过去|最近|这|前|今后|未来|接下来)?这?(\d+|[一二两三四五六七八九十百]+)(?:多|余)?个?(年|月|周)多?(?:以来|来|间|内|里|时间)?",
        words,
    )
    count = parse(match[2]) if match else None
    if match is None or today is None or count is None or not (match[1] or words[-1] in "来间里内"):
        return None
    ahead = match[1] in ("今后", "未来", "接下来")
    other = _shift(today, int(count) if ahead else -int(count), match[3])
    return None if other is None else _text((today, other) if ahead else (other, today))


def _shift(day: date, count: int, unit: str) -> date | None:
    if unit == "周":
        return day + timedelta(days=7 * count)
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "年" else 1)
    if not 12 <= months < 12 * 9999:
        return None
    last = _month(months // 12, months % 12 + 1)[1]
    return last.replace(day=min(day.day, last.day))


def _plain(words: str, today: date | None) -> tuple[str, str] | None:
    return _text(_moment(re.sub(r"(?:(?<=年)间|期间|[内里])$", "", words), today))


_YEARS_AHEAD: Final = {
    **dict.fromkeys(("今年", "本年度", "当年", "年内"), 0),
    "去年": -1,
    "上年": -1,
    "前年": -2,
    "明年": 1,
    "后年": 2,
}
_QUARTERS: Final = {"一": 1, "二": 2, "三": 3, "四": 4}
_SEASONS: Final = {"春": 3, "夏": 6, "秋": 9, "冬": 12}
_MOMENT_PARTS: Final = re.compile(
    r"(?P<year>(?:19|20)\d\d年度?|[一二][〇零一二三四五六七八九]{3}年|今年|去年|前年|明年|后年|当年|本年度|上年度?|年内)?"
    r"(?:(?P<month>\d{1,2}|[一二三四五六七八九]|十[一二]?)月份?(?:(?P<day>\d{1,2})[日号])?)?"
    r"(?P<part>上半年|下半年|前?[一二三四]个?季度|第[一二三四]季度|前[\d一二三四五六七八九十]{1,2}个月|全年|同期|年底|年末|年初|年中|底|末|初|上旬|中旬|下旬|[春夏秋冬](?:天|季|初|末)?|上个?月|本月|当月|昨[日天])?"
    r"(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚|夜里|当天|当日)?"
)


def _moment(words: str, today: date | None, *, ahead: bool = False) -> _Days | None:
    """The days of a plain date, month, year, quarter or season; ``ahead`` where it may lie in the future."""
    match = _MOMENT_PARTS.fullmatch(words)
    if not match or not words or not any(match.groupdict().values()):
        return None
    year = _year_of(match["year"], today)
    if match["year"] and year is None:
        return None
    try:
        return _resolved(match, year, today, ahead=ahead)
    except ValueError:
        return None


def _year_of(words: str | None, today: date | None) -> int | None:
    if not words:
        return None
    words = words.removesuffix("度") if words != "本年度" else words
    if words in _YEARS_AHEAD:
        return today.year + _YEARS_AHEAD[words] if today else None
    value = parse(words.removesuffix("年"))
    return int(value) if value is not None and 1 <= value <= 9998 else None


def _resolved(match: re.Match[str], year: int | None, today: date | None, *, ahead: bool) -> _Days | None:
    if year is not None:
        return _within(match, year, today)
    if today is None:
        return None
    days = _within(match, today.year, today)
    if days is not None and not ahead and today < _settled(match, days):
        return _within(match, today.year - 1, today)
    if days is not None and match["part"] == "全年" and today.month <= 3:
        return _year(today.year - 1)
    return days


def _settled(match: re.Match[str], days: _Days) -> date:
    """The day from which 上半年 or a quarter without a year means this year's: its middle."""
    half = match["part"] is not None and not match["month"] and match["part"][-1] in "年度"
    return days[0] + (days[1] - days[0]) / 2 if half and match["part"] != "全年" else days[0]


def _within(match: re.Match[str], year: int, today: date | None) -> _Days | None:
    part = match["part"] or ""
    if match["month"]:
        month = int(parse(match["month"]) or 0)
        if match["day"]:
            day = date(year, month, int(match["day"]))
            return day, day
        return _part_of_month(_month(year, month), part) if 1 <= month <= 12 else None
    if part in ("昨日", "昨天"):
        return (today - timedelta(days=1), today - timedelta(days=1)) if today else None
    if part.endswith("月") and not part.startswith("前") and today:
        first = today.replace(day=1) - timedelta(days=1 if part.startswith("上") else 0)
        return _month(first.year, first.month) if part.startswith("上") else _month(today.year, today.month)
    return _part_of_year(year, part)


def _part_of_month(days: _Days, part: str) -> _Days:
    first, last = days
    if part in ("底", "末"):
        return last, last
    if part in ("上旬", "初"):
        return first, first.replace(day=10)
    if part == "中旬":
        return first.replace(day=11), first.replace(day=20)
    return (first.replace(day=21), last) if part == "下旬" else days


def _part_of_year(year: int, part: str) -> _Days:
    if part in ("年底", "年末", "底", "末"):
        return _month(year, 12)
    if part in ("年初", "初"):
        return _month(year, 1)
    if part in ("上半年", "下半年"):
        start = 1 if part == "上半年" else 7
        return date(year, start, 1), _month(year, start + 5)[1]
    if part.startswith("前") and part.endswith("个月"):
        months = parse(part[1:-2])
        return (date(year, 1, 1), _month(year, int(months))[1]) if months and months <= 12 else _year(year)
    if part.endswith("季度"):
        quarter = next(n for sign, n in _QUARTERS.items() if sign in part)
        start = 1 if part.startswith("前") else 3 * quarter - 2
        return date(year, start, 1), _month(year, 3 * quarter)[1]
    if part[:1] in _SEASONS:
        start = _SEASONS[part[0]]
        end = start + 2
        return date(year, start, 1), _month(year + (end > 12), (end - 1) % 12 + 1)[1]
    return _year(year)


_READERS: Final[tuple[Callable[[str, date | None], tuple[str, str] | None], ...]] = (
    _now,
    _plan,
    _era,
    _feast,
    _plain,
    _since,
    _until,
    _between,
    _span,
)

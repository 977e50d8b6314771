"""Bytes to text: decoded exactly, or refused with the reason.

UTF-8 proves itself by its form. For the rest, each encoding that reads the bytes without an
error is judged by how common the characters are that come out: in Chinese prose some four
hundred characters make three quarters of the text, while bytes read in the wrong encoding
give rare ones. Where the difference is not clear the bytes are refused.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import Final

from kg.errors import ReadingError

__all__ = ["check_text", "decode"]

_FREQUENT: Final = frozenset(
    # simplified, by frequency in union news
    "工的会一人年了有是市业不个在总三公县区上职来月名司第省动员家大学主十没中到里二说能行他技五奖下作全天四国合成"
    "出分劳镇班新得为子和长师后席东两办院建手江开山水次日要州理车小把获先事去组自表务时过南发这部局报限委进我机文"
    "广赛电体点就任安元问件也同老多着单还教前厂看生最集间位海以河联由给万记条西地通女今管用队企资高关站头等经心选"
    "写副本六议号们道法金口起代改她每都民台化场当校字社章话讲医产加者设回从项术提林只届服保农门级平程明那协书室实"
    "定与于阳城入护评模族半专七百制方费石调政么带科走所面张装好被九参现范做比清路团计修匠其数接外期送推八乡北治对"
    "份可竞防原结打收少源干之算请意信目钟李立龙村交活志力答见补商叫物因共夜授荣谁度系云再支助查德检处品湖牌线己贴"
    "拿运标岗消什气秀课边签红听尔示光岁至排解宁举句育创研连试予材卫街放才训种应样钱包复印按谈内证船案列矿白领维常"
    "川称已律审退导马救党重造派织青让别各监展兰药正优油换又首完兴纸"
    # the same in traditional characters
    "會業個總縣區職來動員學沒裏裡說獎國勞鎮為長師後東兩辦開車獲組務時過發這報進機廣賽電體點問單還廠間聯給萬記條隊"
    "資關頭經選寫議號們臺場話講醫產設從項術屆農門級協書實與於陽護評專費調麼帶張裝參現範團計數鄉對競結幹請鐘龍見補"
    "誰係雲檢處線貼運標崗氣課邊簽紅聽爾歲寧舉創連試衛訓種應樣錢複談證案礦領維稱審導馬黨織讓別監蘭藥優換興紙著區"
    "，。、：；！？“”‘’《》（）「」『』—…·　％"
)
_LEVEL_GB: Final = range(0xB0, 0xD8)
_LEVEL_BIG5: Final = range(0xA4, 0xC7)
_SAMPLE: Final = 40_000
_ENOUGH: Final = 0.5
_MARGIN: Final = 0.25
_FEWEST: Final = 5

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
_BINARY: Final = (
    (b"%PDF-", "a PDF; give it the suffix .pdf"),
    (b"PK\x03\x04", "a zip archive or an office file; give a Word file the suffix .docx"),
    (b"\xd0\xcf\x11\xe0", "an old Word or office file; save it as .docx"),
    (b"{\\rtf", "a rich text file; save it as .docx or .txt"),
    (b"\x89PNG", "a picture; give its text instead"),
    (b"\xff\xd8\xff", "a picture; give its text instead"),
    (b"GIF8", "a picture; give its text instead"),
    (b"\x1f\x8b", "a compressed file; unpack it first"),
    (b"Rar!", "a compressed file; unpack it first"),
    (b"7z\xbc\xaf", "a compressed file; unpack it first"),
)
_NO_TEXT: Final = "this is binary data and no text; give a text, html, docx or pdf file"
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1d-\x1f\x7f]")
_ALIASES: Final = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "utf8": "utf-8"}
"""Declared names that mean a wider encoding in practice."""


def decode(
    data: bytes, *, where: str, encoding: str | None = None, declared: str | None = None
) -> tuple[str, str]:
    """The text of ``data`` and the name of the encoding that gave it.

    Args:
        data: the bytes of a text file.
        where: the file's name, for the messages.
        encoding: an encoding to use whatever the bytes look like.
        declared: an encoding that the file names for itself; it is believed where it is possible.

    Raises:
        ReadingError: if the bytes are empty, are no text, or cannot be decoded exactly.
    """
    if not data:
        raise ReadingError(f"{where}: the file is empty; give a file with text in it")
    for magic, what in _BINARY:
        if data.startswith(magic):
            raise ReadingError(f"{where}: this is no text but {what}")
    if encoding is not None:
        return _decode_as(data, encoding, where), encoding
    return _by_mark(data, where) or _by_form(data, where, declared)


def check_text(text: str, where: str) -> None:
    """Make sure that ``text`` is text, and whole.

    Raises:
        ReadingError: if it holds control characters of binary data, half surrogates, or the mark
            that stands for lost characters.
    """
    if not text.strip():
        raise ReadingError(f"{where}: there is no text in it but white space; give a file with text in it")
    lost = text.count("\ufffd")
    if lost:
        raise ReadingError(
            f"{where}: {lost} character(s) were lost before the file came here (U+FFFD, "
            f"first in {_place(text, text.index(chr(0xFFFD)))}); get an undamaged copy or delete the marks"
        )
    controls = len(_CONTROLS.findall(text))
    if "\x00" in text or controls * 200 > len(text):
        raise ReadingError(f"{where}: {_NO_TEXT}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadingError(
            f"{where}: half a surrogate pair stands in {_place(text, error.start)}; get an undamaged copy"
        ) from None


def _place(text: str, index: int) -> str:
    line = text.count("\n", 0, index) + 1
    return f"line {line}, column {index - text.rfind(chr(10), 0, index)}"


def _decode_as(data: bytes, encoding: str, where: str) -> str:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        raise ReadingError(
            f"{where}: there is no encoding {encoding!r}; use utf-8, utf-16, gb18030 or big5"
        ) from None
    try:
        return data.decode("utf-8-sig" if name == "utf-8" else name)
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"{where}: is not {encoding} at byte {error.start}; leave the encoding out or name another"
        ) from None


def _by_mark(data: bytes, where: str) -> tuple[str, str] | None:
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(codec), name
            except UnicodeDecodeError as error:
                raise ReadingError(
                    f"{where}: begins as {name} but breaks at byte {error.start}; get an undamaged copy"
                ) from None
    return None


def _by_form(data: bytes, where: str, declared: str | None) -> tuple[str, str]:
    text, broken = None, ""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        broken = f" (as UTF-8 it breaks at byte {error.start}, line {line})"
    if text is not None and "\x00" not in text and (text.isascii() or _share(text, _is_common_gb) >= _ENOUGH):
        return text, "utf-8"
    if declared is not None:
        believed = _as_declared(data, declared)
        if believed is not None:
            return believed
    found = sorted(_readings(data), key=lambda reading: -reading[0])
    if found and found[0][0] >= _ENOUGH:
        return _clearest(found, where)
    if text is not None and "\x00" not in text:
        return text, "utf-8"
    if b"\x00" in data:
        raise ReadingError(f"{where}: {_NO_TEXT}")
    raise ReadingError(
        f"{where}: is not readable as UTF-8, UTF-16, GB18030 or Big5{broken}; "
        "save it as UTF-8 or name its encoding with the option encoding"
    )


def _as_declared(data: bytes, declared: str) -> tuple[str, str] | None:
    name = _ALIASES.get(declared.strip().lower(), declared.strip())
    try:
        return data.decode(name), codecs.lookup(name).name
    except (LookupError, UnicodeDecodeError):
        return None


def _clearest(found: list[tuple[float, str, str]], where: str) -> tuple[str, str]:
    best, text, name = found[0]
    others = [other for score, _, other in found[1:] if best - score < _MARGIN]
    wide = name.startswith("utf-16")
    if not others and sum(wide or not c.isascii() for c in text[:_SAMPLE]) >= _FEWEST:
        return text, name
    would_do = " and ".join([name, *others])
    raise ReadingError(
        f"{where}: too little tells its encoding ({would_do} would do); "
        f"name it with the option encoding, as encoding={name}"
    )


def _readings(data: bytes) -> Iterator[tuple[float, str, str]]:
    """What the bytes are in each encoding that reads them whole: how common, the text, the encoding."""
    if b"\x00" not in data:
        for family, is_common in _FAMILIES:
            for codec in family:
                try:
                    text = data.decode(codec)
                except UnicodeDecodeError:
                    continue
                yield _share(text, is_common), text, codec
                break
    if len(data) % 2 == 0:
        for codec in ("utf-16-le", "utf-16-be"):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            yield _share(text, _is_common_gb, ascii_counts=True), text, codec


def _share(text: str, is_common: Callable[[str], bool], *, ascii_counts: bool = False) -> float:
    """How common the characters of ``text`` are, in 0–1; ASCII counts only where it is evidence."""
    seen, weight = 0, 0.0
    for character in text[:_SAMPLE]:
        if character.isascii():
            if ascii_counts:
                seen += 1
                weight += character.isprintable() or character in "\r\n\t"
            continue
        seen += 1
        if character in _FREQUENT:
            weight += 1
        elif is_common(character):
            weight += 0.4
    return weight / seen if seen else 0.0


def _is_common_gb(character: str) -> bool:
    """Whether GB 2312 counts it among its 3,755 characters of the first level."""
    code = character.encode("gb2312", "ignore")
    return len(code) == 2 and code[0] in _LEVEL_GB


def _is_common_big5(character: str) -> bool:
    """Whether Big5 counts it among its 5,401 characters of the first level."""
    code = character.encode("big5", "ignore")
    return len(code) == 2 and code[0] in _LEVEL_BIG5


_FAMILIES: Final = ((("gb18030",), _is_common_gb), (("big5", "cp950", "big5hkscs"), _is_common_big5))

"""Which names of an article speak of one thing, and what its fullest name is.

A name is first opened (省、市总工会 is two), then expanded by what the article is about
(:mod:`~kg.language.references.setting`), then grouped with the names that mean the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.language import forms
from kg.language.annotations import Name, Referent, Sentence, in_order
from kg.language.references.anaphora import anaphors, short_persons
from kg.language.references.coordination import opened
from kg.language.references.expansion import Expander
from kg.language.references.grouping import Form, grouped
from kg.language.references.namesakes import told_apart
from kg.language.references.setting import Setting
from kg.vocabulary import EntityType

__all__ = ["resolve"]


def resolve(
    text: str, sentences: Sequence[Sentence], names: Sequence[Name], *, publisher: str | None = None
) -> list[Referent]:
    """The things that the names of an article speak of, in order of first mention.

    Args:
        text: the repaired text.
        sentences: its sentences, in order.
        names: names that do not overlap, in text coordinates.
        publisher: who published the article, where that is known.
    """
    setting = Setting(text, names, publisher=publisher)
    expander = Expander(setting)
    found: list[Form] = []
    for name in in_order(names):
        host = found[-1] if found else None
        found += _above(name, setting, expander)
        for part in opened(name.text, name.type):
            full = expander.expand(part, name.type, name.start)
            if name.type is EntityType.EVENT and host is not None and _is_host(host.name, name):
                full = host.full + full
            found.append(Form(name, part, full))
            expander.remember(full, name)
    referents = [_referent(group) for group in grouped(text, found)]
    referents = told_apart(text, referents)
    referents = _with_names(referents, anaphors(text, referents))
    return _with_names(referents, short_persons(text, referents))


def _above(name: Name, setting: Setting, expander: Expander) -> Iterator[Form]:
    """What a name begins with: 阿图什市 in 阿图什市光明街道, the company in that of its workshop."""
    if name.type is EntityType.PLACE:
        found = list(setting.above(name.text))
    elif name.type is EntityType.ORGANIZATION:
        found = [(n, expander.expand(name.text[:n], name.type, name.start)) for n in forms.parents(name.text)]
    else:
        return
    for length, full in found:
        end, words = name.start + length, name.text[:length]
        yield Form(Name(name.start, end, name.type, words, name.rule, name.score), words, full)


def _is_host(before: Name, event: Name) -> bool:
    """Whether the organization right before an event is the beginning of its full name."""
    return before.type is EntityType.ORGANIZATION and before.end == event.start


def _referent(group: Sequence[Form]) -> Referent:
    kind = group[0].name.type
    name = max((f.full for f in group), key=lambda full: (len(forms.bare(full)), full))
    surfaces = [f.name.text if f.part == f.name.text else f.part for f in group]
    aliases = {s for s in surfaces if s != name}
    aliases |= {
        inner
        for s in surfaces
        if kind is EntityType.PROGRAMME and (inner := _quoted_part(s)) != name and inner
    }
    return Referent(
        key=f"{kind}/{name}",
        type=kind,
        name=name,
        subtype=forms.subtype_of(name) if kind is EntityType.ORGANIZATION else None,
        aliases=tuple(sorted(aliases)),
        names=tuple(in_order({f.name for f in group})),
    )


def _quoted_part(name: str) -> str:
    """The words in the quotation marks that a name begins with: 送清凉 in “送清凉”慰问活动."""
    for opening, closing in ("“”", '""', "「」"):
        if name.startswith(opening) and closing in name[1:]:
            return name[1 : name.index(closing, 1)]
    return ""


def _with_names(referents: Sequence[Referent], more: Sequence[tuple[str, Name]]) -> list[Referent]:
    if not more:
        return list(referents)
    extra: dict[str, list[Name]] = {}
    for key, name in more:
        extra.setdefault(key, []).append(name)
    return [_extended(r, extra.get(r.key, [])) for r in referents]


def _extended(referent: Referent, names: Sequence[Name]) -> Referent:
    if not names:
        return referent
    aliases = {*referent.aliases, *(n.text for n in names)} - {referent.name}
    return Referent(
        key=referent.key,
        type=referent.type,
        name=referent.name,
        subtype=referent.subtype,
        aliases=tuple(sorted(aliases)),
        names=tuple(in_order([*referent.names, *names])),
    )

"""Linking that keeps up with articles as they come, change and go.

The linker holds profiles and, by block, the evidence of their things with what was made of it. A change
touches the blocks of the article's things, old and new; only these are linked again, and only the articles
of which a thing became another are reported. What it answers is a function of the profiles and decisions
that it holds: the way on which it came to them makes no difference.

Bodies with names of their own come first, then branches, then what places and owners tell apart, then
people: each may rest on what was found before.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from kg.identity import bodies
from kg.identity.copies import are_copies, copy_keys
from kg.identity.decisions import Decision, Reference, Verdict, dump_decisions, load_decisions
from kg.identity.evidence import Copy, Evidence, Known, Own, Part, PersonSaid, Profile, Scoped, Thing
from kg.identity.items import Assignment, Item, signature_of
from kg.identity.linking import keys_of, link_block, part_iri
from kg.language import forms
from kg.vocabulary import EntityType, entity_iri, entity_iri_parts

__all__ = ["VERSION", "Doubt", "Linker", "Links", "link"]

VERSION: Final = "2"
"""Of the tables of the index: one of another version is made anew."""

_TABLES: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE articles (
  id TEXT PRIMARY KEY, mark TEXT NOT NULL, copy TEXT NOT NULL, text TEXT NOT NULL, profile TEXT NOT NULL
);
CREATE TABLE stretches (key INTEGER NOT NULL, article TEXT NOT NULL);
CREATE INDEX stretches_key ON stretches (key);
CREATE INDEX stretches_article ON stretches (article);
CREATE TABLE items (
  signature TEXT PRIMARY KEY, stratum INTEGER NOT NULL, item TEXT NOT NULL, result TEXT NOT NULL
);
CREATE TABLE keys (key TEXT NOT NULL, signature TEXT NOT NULL);
CREATE INDEX keys_key ON keys (key);
CREATE INDEX keys_signature ON keys (signature);
CREATE TABLE members (
  article TEXT NOT NULL, thing TEXT NOT NULL, stratum INTEGER NOT NULL, signature TEXT NOT NULL,
  PRIMARY KEY (article, thing)
) WITHOUT ROWID;
CREATE INDEX members_signature ON members (signature);
"""

_KEPT: Final = 512
"""Of how many articles the things are kept in memory."""

_SHARED: Final = 6
"""Of so many keys of an article at least one is a key of any that may be a copy of it."""

_OWN, _PART, _SCOPED, _PERSON = range(4)
_STRATA: Final = (_OWN, _PART, _SCOPED, _PERSON)


@dataclass(frozen=True, slots=True)
class Links:
    """What the things of one article are, by their keys, and the article whose text it shares, if any."""

    assignments: Mapping[str, Assignment] = field(default_factory=dict)
    copy: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """Two things of which it is least certain whether they are one, each by an article and key.

    ``merged`` says what was done; ``grounds`` are what the two have in common.
    """

    type: EntityType
    name: str
    one: Reference
    other: Reference
    merged: bool
    grounds: tuple[str, ...] = ()


class Linker:
    """Profiles and what linking made of them, in memory or in a file that can be thrown away.

    Args:
        path: the file; without it everything is in memory.
        rules: of which rules the results in the file must be, in any words; a file of others is thrown away.

    Raises:
        OSError: if the file cannot be opened.
    """

    def __init__(self, path: Path | None = None, *, rules: str = "") -> None:
        self._database = _opened(path, f"{VERSION} {rules}")
        self._dirty: set[str] = set()
        self._pending: dict[int, set[str]] = {s: set() for s in _STRATA}
        self._regroup: set[str] = set()
        self._profiles: dict[str, dict[str, Thing]] = {}
        self._prepare(f"{VERSION} {rules}")
        self._decisions = load_decisions(self._meta("decisions"))
        self._ties: dict[Reference, list[Decision]] = {}
        self._index_decisions()

    def _prepare(self, version: str) -> None:
        self._database.execute("BEGIN IMMEDIATE")
        if not self._database.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            for statement in filter(str.strip, _TABLES.split(";")):
                self._database.execute(statement)
            self._set_meta("version", version)

    def _meta(self, name: str) -> str:
        row = self._database.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def _set_meta(self, name: str, value: str) -> None:
        self._database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def close(self, *, keep: bool = True) -> None:
        """Let go of the file, with the changes since it was opened or without them."""
        self._database.execute("COMMIT" if keep else "ROLLBACK")
        self._database.close()

    def keep(self) -> None:
        """Keep in the file what has been learned so far."""
        self._database.execute("COMMIT")
        self._database.execute("BEGIN IMMEDIATE")

    # ------------------------------------------------------------------ what is held

    def marks(self) -> dict[str, str]:
        """By article: the mark that was given with its profile."""
        return dict(self._database.execute("SELECT id, mark FROM articles"))

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions that hold."""
        return self._decisions

    def put(self, profile: Profile, mark: str = "") -> None:
        """Take in an article, in place of what was held under its id; ``mark`` is kept with it."""
        self._forget(profile.article)
        self._database.execute(
            "INSERT INTO articles VALUES (?, ?, '', ?, ?)",
            (profile.article, mark, profile.copy.dumps(), profile.dumps()),
        )
        self._database.executemany(
            "INSERT INTO stretches VALUES (?, ?)", [(key, profile.article) for key in copy_keys(profile.copy)]
        )
        self._touch({profile.article})

    def remove(self, article: str) -> None:
        """Give up an article; its things go with their last one."""
        self._forget(article)
        rows = self._database.execute(
            "SELECT thing, stratum, signature FROM members WHERE article = ?", (article,)
        ).fetchall()
        for thing, stratum, signature in rows:
            self._leave(article, thing, stratum, signature)
        self._touch({article})
        self._dirty.discard(article)

    def _touch(self, articles: set[str]) -> None:
        """Have these articles linked again, and those whose things are decided upon together with theirs."""
        tied = self._tied(articles)
        self._dirty |= tied
        for article in tied:
            self._profiles.pop(article, None)

    def _forget(self, article: str) -> None:
        row = self._database.execute("SELECT copy FROM articles WHERE id = ?", (article,)).fetchone()
        if row and row[0]:
            self._regroup |= self._group(row[0]) - {article}
        self._database.execute("DELETE FROM articles WHERE id = ?", (article,))
        self._database.execute("DELETE FROM stretches WHERE article = ?", (article,))
        self._profiles.pop(article, None)

    def decide(self, decisions: Iterable[Decision]) -> None:
        """Let these decisions hold and no others."""
        wanted = load_decisions(dump_decisions(decisions))
        if wanted == self._decisions:
            return
        changed = set(wanted) ^ set(self._decisions)
        for reference in (r for d in changed for r in d.references):
            if self._profile_text(reference.article) is not None:
                self._dirty.add(reference.article)
                self._profiles.pop(reference.article, None)
        self._decisions = wanted
        self._set_meta("decisions", dump_decisions(wanted))
        self._index_decisions()

    def _index_decisions(self) -> None:
        self._ties = {}
        for decision in filter(_is_of_one_type, self._decisions):
            for reference in decision.references:
                self._ties.setdefault(reference, []).append(decision)

    def unapplied(self) -> tuple[Decision, ...]:
        """The decisions that name an article or thing that is not there, or things of two types."""
        return tuple(
            d for d in self._decisions if not (_is_of_one_type(d) and all(map(self._is_here, d.references)))
        )

    def _is_here(self, reference: Reference) -> bool:
        return self._profile_text(reference.article) is not None and reference.key in self._things(
            reference.article
        )

    # ------------------------------------------------------------------ linking

    def settle(self) -> set[str]:
        """Link what was touched; return the articles whose links may have changed, also those taken in."""
        changed = set(self._dirty)
        changed |= self._find_copies(changed)
        for stratum in _STRATA:
            touched = self._pending[stratum]
            for article in sorted(changed):
                touched |= self._place(article, stratum)
            changed |= self._tied(self._relink(stratum, touched))
            self._pending[stratum] = set()
        self._dirty.clear()
        return {a for a in changed if self._profile_text(a) is not None}

    def links(self, article: str) -> Links:
        """What the things of an article are.

        Raises:
            KeyError: if the article is not held.
        """
        row = self._database.execute("SELECT copy FROM articles WHERE id = ?", (article,)).fetchone()
        if row is None:
            raise KeyError(article)
        found = self._assigned(article)
        return Links({key: found[key] for key in sorted(found)}, str(row[0]))

    def _tied(self, articles: set[str]) -> set[str]:
        """The articles, and those that decisions tie to them."""
        more = {
            other.article
            for reference, decisions in self._ties.items()
            if reference.article in articles
            for decision in decisions
            for other in decision.references
            if self._profile_text(other.article) is not None
        }
        return articles | more

    def doubts(self) -> list[Doubt]:
        """What is least certain: merges on likeness alone, and namesakes kept apart for want of evidence."""
        rows = self._database.execute(
            "SELECT k.key, i.signature, i.item, i.result FROM keys k JOIN items i USING (signature)"
            " WHERE k.key IN"
            " (SELECT key FROM keys JOIN items USING (signature) WHERE result LIKE '%,false,%')"
            " ORDER BY k.key, i.signature"
        ).fetchall()
        blocks: dict[str, dict[str, list[tuple[Item, Assignment, Reference]]]] = {}
        for key, signature, item, result in rows:
            members = self._database.execute(
                "SELECT article, thing FROM members WHERE signature = ? ORDER BY article, thing LIMIT 2",
                (signature,),
            )
            found = _load_assignment(result)
            entries = [(Item.loads(item), found, Reference(*member)) for member in members]
            blocks.setdefault(key, {}).setdefault(found.id, []).extend(entries)
        return sorted({doubt for things in blocks.values() for doubt in _doubts(things)})

    def types(self, article: str) -> dict[str, EntityType]:
        """The types of the things of an article, by their keys."""
        return {key: thing.type for key, thing in self._things(article).items()}

    # -- copies

    def _group(self, name: str) -> set[str]:
        return {a for (a,) in self._database.execute("SELECT id FROM articles WHERE copy = ?", (name,))}

    def _find_copies(self, fresh: set[str]) -> set[str]:
        """Group the articles anew that are copies of these, or were of one that has gone."""
        seen: set[str] = set()
        changed: set[str] = set()
        for article in sorted(fresh | self._regroup):
            if article in seen or self._profile_text(article) is None:
                continue
            group = self._copies_of(article)
            seen |= group
            name = min(group) if len(group) > 1 else ""
            for member in group:
                (before,) = self._database.execute(
                    "SELECT copy FROM articles WHERE id = ?", (member,)
                ).fetchone()
                if before != name:
                    self._database.execute("UPDATE articles SET copy = ? WHERE id = ?", (name, member))
                    changed.add(member)
        self._regroup = set()
        return changed

    def _copies_of(self, article: str) -> set[str]:
        group, waiting = {article}, [article]
        while waiting:
            one = waiting.pop()
            copy = self._copy(one)
            rivals = self._database.execute(
                "SELECT b.article FROM stretches a JOIN stretches b USING (key)"
                " WHERE a.article = ? GROUP BY b.article HAVING COUNT(*) >= ?",
                (one, max(1, len(copy_keys(copy)) // _SHARED)),
            )
            for (other,) in sorted(rivals.fetchall()):
                if other not in group and are_copies(copy, self._copy(other)):
                    group.add(other)
                    waiting.append(other)
        return group

    def _copy(self, article: str) -> Copy:
        (text,) = self._database.execute("SELECT text FROM articles WHERE id = ?", (article,)).fetchone()
        return Copy.loads(text)

    # -- items

    def _profile_text(self, article: str) -> str | None:
        row = self._database.execute("SELECT profile FROM articles WHERE id = ?", (article,)).fetchone()
        return str(row[0]) if row else None

    def _profile(self, article: str) -> Profile:
        text = self._profile_text(article)
        if text is None:
            raise KeyError(article)
        return Profile.loads(text)

    def _things(self, article: str) -> dict[str, Thing]:
        """The things of an article by key, as people have corrected them."""
        if article not in self._profiles:
            if len(self._profiles) >= _KEPT:
                self._profiles.clear()
            things = self._named(article)
            for key, thing in things.items():
                if isinstance(thing.evidence, Known):
                    things[key] = self._decided_known(article, thing, thing.evidence)
            self._profiles[article] = things
        return self._profiles[article]

    def _named(self, article: str) -> dict[str, Thing]:
        """The things of an article by key, with the names that people gave as the right ones."""
        things = {t.key: t for t in self._profile(article).things}
        for reference, ties in self._ties.items():
            if reference.article == article and reference.key in things:
                names = [d.name for d in ties if d.verdict is Verdict.NAME]
                if names:
                    things[reference.key] = _corrected(things[reference.key], names[0])
        return things

    def _decided_known(self, article: str, thing: Thing, known: Known) -> Thing:
        """A thing that its name identifies, as decisions join it to another such or keep it apart."""
        here = Reference(article, thing.key)
        for decision in self._ties.get(here, ()):
            there = next((r for r in decision.references if r != here), here)
            other = self._named(there.article).get(there.key) if self._holds(there.article) else None
            if other is None or not isinstance(other.evidence, Known) or other.type is not thing.type:
                continue
            theirs = other.evidence
            surer = (bool(theirs.discriminator), there) < (bool(known.discriminator), here)
            if decision.verdict is Verdict.SAME and surer:
                return replace(thing, evidence=replace(theirs, rule="decision.same"))
            if decision.verdict is Verdict.DIFFERENT and theirs.name == known.name and there < here:
                apart = replace(known, discriminator=article, rule="decision.different")
                return replace(thing, evidence=apart)
        return thing

    def _holds(self, article: str) -> bool:
        return self._profile_text(article) is not None

    def _place(self, article: str, stratum: int) -> set[str]:
        """Bring the items of an article in a stratum up to date; return the keys of the blocks touched."""
        things = self._things(article)
        before: dict[str, str] = dict(
            self._database.execute(
                "SELECT thing, signature FROM members WHERE article = ? AND stratum = ?", (article, stratum)
            ).fetchall()
        )
        touched: set[str] = set()
        wanted = {}
        mine = [t for t in things.values() if _stratum(t.evidence) == stratum]
        if mine:
            lower = self._assigned(article)
            (copy,) = self._database.execute("SELECT copy FROM articles WHERE id = ?", (article,)).fetchone()
            for thing in mine:
                item = self._item(article, str(copy), thing, things, lower)
                if item is not None:
                    wanted[thing.key] = item
        content = {key: item.dumps() for key, item in wanted.items()}
        signatures = {key: signature_of(text) for key, text in content.items()}
        for key, signature in before.items():
            if signatures.get(key) != signature:
                touched |= self._leave(article, key, stratum, signature)
        for key, signature in signatures.items():
            if before.get(key) != signature:
                touched |= self._enter(article, key, stratum, signature, wanted[key], content[key])
        return touched

    def _leave(self, article: str, thing: str, stratum: int, signature: str) -> set[str]:
        self._database.execute("DELETE FROM members WHERE article = ? AND thing = ?", (article, thing))
        left = self._database.execute(
            "SELECT 1 FROM members WHERE signature = ? LIMIT 1", (signature,)
        ).fetchone()
        if left:
            return set()
        keys = {
            k for (k,) in self._database.execute("SELECT key FROM keys WHERE signature = ?", (signature,))
        }
        self._database.execute("DELETE FROM keys WHERE signature = ?", (signature,))
        self._database.execute("DELETE FROM items WHERE signature = ?", (signature,))
        self._pending[stratum] |= keys
        return keys

    def _enter(
        self, article: str, thing: str, stratum: int, signature: str, item: Item, content: str
    ) -> set[str]:
        row = self._database.execute(
            "SELECT stratum, signature FROM members WHERE article = ? AND thing = ?", (article, thing)
        ).fetchone()
        if row:  # a name that was corrected can make it a thing of another kind
            self._leave(article, thing, *row)
        self._database.execute(
            "INSERT INTO members VALUES (?, ?, ?, ?)", (article, thing, stratum, signature)
        )
        if self._database.execute("SELECT 1 FROM items WHERE signature = ?", (signature,)).fetchone():
            return set()
        self._database.execute("INSERT INTO items VALUES (?, ?, ?, '')", (signature, stratum, content))
        keys = {*keys_of(item), *self._decided_keys(item)}
        self._database.executemany(
            "INSERT INTO keys VALUES (?, ?)", [(key, signature) for key in sorted(keys)]
        )
        return keys

    @staticmethod
    def _decided_keys(item: Item) -> Iterator[str]:
        for digest in item.refs[1:]:
            yield f"decision:{_stratum(item.evidence)}:{digest}"

    def _relink(self, stratum: int, touched: Iterable[str]) -> set[str]:
        """Link the blocks of these keys; return the articles of which a thing became another."""
        changed: set[str] = set()
        done: set[str] = set()
        for key in sorted(touched):
            if key in done:
                continue
            keys, signatures = self._block(key)
            done |= keys
            rows = {
                signature: self._database.execute(
                    "SELECT item, result FROM items WHERE signature = ?", (signature,)
                ).fetchone()
                for signature in signatures
            }
            items = {signature: Item.loads(row[0]) for signature, row in rows.items()}
            found = link_block(items, self._decisions_on(items.values()))
            for signature, row in rows.items():
                result = _dump_assignment(found[signature])
                if result != row[1]:
                    self._database.execute(
                        "UPDATE items SET result = ? WHERE signature = ?", (result, signature)
                    )
                    changed |= {
                        a
                        for (a,) in self._database.execute(
                            "SELECT DISTINCT article FROM members WHERE signature = ?", (signature,)
                        )
                    }
        return changed

    def _block(self, key: str) -> tuple[set[str], list[str]]:
        """All keys and items that hang together with a key."""
        keys, signatures, waiting = {key}, set[str](), [key]
        while waiting:
            for (signature,) in self._database.execute(
                "SELECT signature FROM keys WHERE key = ?", (waiting.pop(),)
            ).fetchall():
                if signature in signatures:
                    continue
                signatures.add(signature)
                more = self._database.execute("SELECT key FROM keys WHERE signature = ?", (signature,))
                fresh = {k for (k,) in more} - keys
                keys |= fresh
                waiting += sorted(fresh)
        return keys, sorted(signatures)

    def _decisions_on(self, items: Iterable[Item]) -> list[Decision]:
        found = {
            d
            for item in items
            for text in item.refs[:1]
            for d in self._ties.get(_reference(text), ())
            if d.verdict is not Verdict.NAME
        }
        return sorted(found, key=lambda d: (d.verdict, d.references))

    # -- resolving

    def _assigned(self, article: str) -> dict[str, Assignment]:
        """What the things of an article are, as far as they have been linked."""
        things = self._things(article)
        linked = {
            thing: _load_assignment(result)
            for thing, result in self._database.execute(
                "SELECT thing, result FROM members JOIN items USING (signature) WHERE article = ?", (article,)
            )
            if result
        }
        return _all_assigned(things, linked)

    def _item(
        self,
        article: str,
        copy: str,
        thing: Thing,
        things: Mapping[str, Thing],
        lower: Mapping[str, Assignment],
    ) -> Item | None:
        """The evidence of a thing with its references resolved; None where it needs no linking."""
        evidence = _resolved(thing.evidence, things, lower)
        if evidence is None:
            return None
        reference = Reference(article, thing.key)
        ties = [d for d in self._ties.get(reference, ()) if d.verdict is not Verdict.NAME]
        bare = _tells_nothing(evidence)
        return Item(
            thing.type,
            evidence,
            copy,
            (copy or article) if bare else "",
            (f"{article} {thing.key}", *sorted(map(_digest, ties))) if ties else (),
            self._forced(thing, ties),
        )

    def _forced(self, thing: Thing, ties: Iterable[Decision]) -> str:
        """The IRI of the known thing, or thing of an earlier kind, that this one was decided to be."""
        for decision in ties:
            if decision.verdict is Verdict.SAME:
                for other in decision.references:
                    if self._is_here(other):
                        evidence = self._things(other.article)[other.key].evidence
                        if _stratum(evidence) < _stratum(thing.evidence):
                            return self._assigned(other.article)[other.key].id
        return ""


def _opened(path: Path | None, version: str) -> sqlite3.Connection:
    """The database; one that is damaged or of another version is thrown away."""
    try:
        database = sqlite3.connect(str(path) if path else ":memory:", isolation_level=None)
    except sqlite3.OperationalError as error:
        raise OSError(f"{path}: {error}") from error
    try:
        database.execute("PRAGMA synchronous = OFF")
        tables = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if not tables:
            return database
        found = database.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
        if found and found[0] == version:
            return database
    except sqlite3.DatabaseError:
        pass
    database.close()
    assert path is not None
    for rest in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + rest).unlink(missing_ok=True)
    return _opened(path, version)


def _doubts(things: Mapping[str, list[tuple[Item, Assignment, Reference]]]) -> Iterator[Doubt]:
    """The doubts of one block: within a thing each weak member, between things those that are open."""
    for members in things.values():
        sure = [m for m in members if m[1].certain] or members[:1]
        for item, found, reference in members:
            if not found.certain and reference != sure[0][2]:
                yield _doubt(item, sure[0][2], reference, True, found.grounds)
    ordered = [min(members, key=lambda m: (not m[1].certain, m[2])) for _, members in sorted(things.items())]
    for number, (item, found, reference) in enumerate(ordered):
        for other, more, another in ordered[number + 1 :]:
            if not (found.certain and more.certain):
                shared = tuple(sorted(set(found.grounds) & set(more.grounds)))
                yield _doubt(other if found.certain else item, reference, another, False, shared)


def _doubt(item: Item, one: Reference, other: Reference, merged: bool, grounds: tuple[str, ...]) -> Doubt:
    first, second = sorted((one, other))
    return Doubt(item.type, item.evidence_name, first, second, merged, grounds)


def link(profiles: Iterable[Profile], decisions: Iterable[Decision] = ()) -> dict[str, Links]:
    """What the things of all these articles are, by article."""
    profiles, decisions = list(profiles), list(decisions)
    if len(profiles) == 1 and not decisions:
        return {profiles[0].article: _alone(profiles[0])}
    linker = Linker()
    linker.decide(decisions)
    for profile in profiles:
        linker.put(profile)
    linker.settle()
    found = {article: linker.links(article) for article in sorted({p.article for p in profiles})}
    linker.close()
    return found


def _alone(profile: Profile) -> Links:
    """What the things of a single article are: what a linker finds, without its tables."""
    things = {thing.key: thing for thing in profile.things}
    linked: dict[str, Assignment] = {}
    strata = [[t for t in things.values() if _stratum(t.evidence) == stratum] for stratum in _STRATA]
    for mine in filter(None, strata):
        lower = _all_assigned(things, linked)
        signatures: dict[str, str] = {}
        items: dict[str, Item] = {}
        for thing in mine:
            evidence = _resolved(thing.evidence, things, lower)
            if evidence is not None:
                article = profile.article if _tells_nothing(evidence) else ""
                item = Item(thing.type, evidence, article=article)
                signatures[thing.key] = signature_of(item.dumps())
                items[signatures[thing.key]] = item
        found: dict[str, Assignment] = {}
        for block in _blocks(items):
            found |= link_block(block)
        linked |= {key: found[signature] for key, signature in signatures.items()}
    assigned = _all_assigned(things, linked)
    return Links({key: assigned[key] for key in sorted(assigned)})


def _blocks(items: Mapping[str, Item]) -> Iterator[dict[str, Item]]:
    """The items that hang together by their keys."""
    by_key: dict[str, list[str]] = {}
    for signature, item in items.items():
        for key in keys_of(item):
            by_key.setdefault(key, []).append(signature)
    seen: set[str] = set()
    for first in items:
        block: dict[str, Item] = {}
        waiting = [first]
        while waiting:
            signature = waiting.pop()
            if signature not in seen:
                seen.add(signature)
                block[signature] = items[signature]
                waiting += (s for key in keys_of(items[signature]) for s in by_key.pop(key, ()))
        if block:
            yield block


def _stratum(evidence: Evidence) -> int:
    match evidence:
        case Own():
            return _OWN
        case Part():
            return _PART
        case Scoped():
            return _SCOPED
        case PersonSaid():
            return _PERSON
    return -1


def _reference(text: str) -> Reference:
    article, _, key = text.partition(" ")
    return Reference(article, key)


def _is_of_one_type(decision: Decision) -> bool:
    """Whether the things of a decision are of one type, as their keys say: else they cannot be one."""
    return len({reference.key.partition("/")[0] for reference in decision.references}) == 1


def _digest(decision: Decision) -> str:
    return sha256(f"{decision.verdict} {decision.references!r}".encode()).hexdigest()[:20]


def _dump_assignment(assignment: Assignment) -> str:
    return json.dumps(astuple(assignment), ensure_ascii=False, separators=(",", ":"))


def _load_assignment(text: str) -> Assignment:
    iri, rule, grounds, certain, cities = json.loads(text)
    return Assignment(iri, rule, tuple(grounds), certain, tuple(cities))


def _corrected(thing: Thing, name: str) -> Thing:
    """The thing under the name that a person gave as the right one."""
    match thing.evidence:
        case PersonSaid() as said:
            evidence: Evidence = replace(said, name=name)
        case Own() as own if bodies.analyse(name).kind == "own":
            evidence = replace(own, core=bodies.analyse(name).core, name=name)
        case Scoped() as scoped:
            evidence = replace(scoped, core=forms.core(name, thing.type), name=name, common=False)
        case _:
            evidence = Known(forms.full_form(name, thing.type), "decision.name", (name,))
    return replace(thing, name=name, evidence=evidence)


def _all_assigned(things: Mapping[str, Thing], linked: Mapping[str, Assignment]) -> dict[str, Assignment]:
    """What things are, as far as they have been linked."""
    found: dict[str, Assignment] = {}
    for key in things:
        _assign(key, things, linked, found)
    return found


def _assign(
    key: str, things: Mapping[str, Thing], linked: Mapping[str, Assignment], found: dict[str, Assignment]
) -> Assignment | None:
    if key in found:
        return found[key]
    thing = things.get(key)
    assignment = None
    match thing.evidence if thing else None:
        case Known() as known:
            assert thing is not None
            iri = entity_iri(thing.type, known.name, known.discriminator or None)
            certain = not known.discriminator or known.rule.startswith("decision")
            assignment = Assignment(iri, known.rule, known.grounds, certain, known.cities)
        case Part(whole=whole, suffix=suffix) if whole and key not in linked:
            above = _assign(whole, things, linked, found)
            if above:
                grounds = (_called(above.id), suffix) if suffix else (_called(above.id),)
                rule = "part" if suffix else "standin"
                assignment = Assignment(
                    part_iri(above.id, suffix), rule, grounds, above.certain, above.cities
                )
        case None:
            pass
        case _:
            assignment = linked.get(key)
    if assignment:
        found[key] = assignment
    return assignment


def _called(iri: str) -> str:
    parts = entity_iri_parts(iri)
    return parts[1] if parts else iri


def _root(key: str, things: Mapping[str, Thing], lower: Mapping[str, Assignment]) -> str:
    """The IRI of the body at which a post in one of its offices, teams or unions is held."""
    thing = things.get(key)
    match thing.evidence if thing else None:
        case Part(whole=whole, branch=False) if whole:
            return _root(whole, things, lower)
        case Known(whole=whole, discriminator=discriminator) if whole:
            return entity_iri(EntityType.ORGANIZATION, whole, discriminator or None)
    return lower[key].id if key in lower else ""


def _resolved(
    evidence: Evidence, things: Mapping[str, Thing], lower: Mapping[str, Assignment]
) -> Own | Part | Scoped | PersonSaid | None:
    match evidence:
        case Own():
            return evidence
        case Part() as part:
            if not part.branch:
                return None
            whole = lower[part.whole].id if part.whole in lower else ""
            return replace(part, whole=whole, around=() if whole else part.around)
        case Scoped() as scoped:
            owners = {c for key in scoped.owners if key in lower for c in lower[key].cities}
            return replace(scoped, owners=tuple(sorted(owners)))
        case PersonSaid() as said:
            return _resolved_person(said, things, lower)
    return None


def _resolved_person(
    said: PersonSaid, things: Mapping[str, Thing], lower: Mapping[str, Assignment]
) -> PersonSaid:
    def pairs(of: Iterable[tuple[str, str]], *, root: bool = False) -> tuple[tuple[str, str], ...]:
        ends = ((_root(k, things, lower) if root else _iri(k, lower), v) for k, v in of)
        return tuple(sorted({(iri, value) for iri, value in ends if iri}))

    open_ = {key for key, _ in said.units if _is_open(key, things)}
    return replace(
        said,
        units=pairs(((k, post) for k, post in said.units if k not in open_), root=True),
        wholes=tuple(sorted({iri for k, _ in said.units if (iri := _company(k, things, lower))})),
        trades=tuple(sorted({*said.trades, *(things[k].name for k in open_)})),
        near=tuple(sorted({iri for k in said.near if (iri := _root(k, things, lower))})),
        about=_root(said.about, things, lower),
        awards=pairs(said.awards),
        ranks=pairs(said.ranks),
        events=tuple(sorted({iri for k in said.events if (iri := _iri(k, lower))})),
        rooms=tuple(sorted({iri for k in said.rooms if (iri := _iri(k, lower))})),
    )


def _is_open(key: str, things: Mapping[str, Thing]) -> bool:
    """Whether it is open which body a key means: 区总工会 where nothing says of which district."""
    thing = things.get(key)
    match thing.evidence if thing else None:
        case Part(whole=whole) if whole:
            return _is_open(whole, things)
        case Known(discriminator=discriminator):
            return bool(discriminator)
    return False


def _company(key: str, things: Mapping[str, Thing], lower: Mapping[str, Assignment]) -> str:
    """The company of the branch in which a post is held; empty where it is held in none."""
    thing = things.get(key)
    match thing.evidence if thing else None:
        case Part(whole=whole, branch=True) if whole:
            return lower[whole].id if whole in lower else ""
        case Part(whole=whole) if whole:
            return _company(whole, things, lower)
    return ""


def _iri(key: str, lower: Mapping[str, Assignment]) -> str:
    return lower[key].id if key in lower else ""


def _tells_nothing(evidence: Own | Part | Scoped | PersonSaid) -> bool:
    """Whether nothing but the article tells the thing from others of its name."""
    match evidence:
        case PersonSaid() as said:
            told = (said.units, said.near, said.outlets, said.awards, said.ranks, said.events, said.rooms)
            return not any((*told, said.trades, said.places, said.about, said.rival))
        case Scoped() as scoped:
            return scoped.common
    return False

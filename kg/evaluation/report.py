"""Measuring the extraction over a folder of annotated articles."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadingError
from kg.evaluation.scoring import Finding, Tally, compare
from kg.extraction import extract
from kg.reading import read_file
from kg.vocabulary import EntityType

__all__ = ["Evaluation", "evaluate", "together"]

_MAIN = (EntityType.ORGANIZATION, EntityType.PERSON, EntityType.PROGRAMME, EntityType.AWARD)


@dataclass(frozen=True)
class Evaluation:
    """The findings of each article, by article id."""

    findings: dict[str, list[Finding]]

    def _all(self) -> Iterable[Finding]:
        return (f for findings in self.findings.values() for f in findings)

    def tallies(self) -> dict[str, Tally]:
        """Tallies by entity type, by groups of types, for facts by predicate, and for figures."""
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for finding in self._all():
            for row in _rows(finding.kind):
                counts[row][finding.outcome] += 1
        order = {row: i for i, row in enumerate(_ORDER)}
        return {
            row: Tally(c["right"], c["extra"], c["missed"])
            for row, c in sorted(counts.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0]))
        }

    def causes(self) -> Counter[tuple[str, str, str]]:
        """How often each kind was extra or missed, by cause."""
        return Counter((f.kind, f.outcome, f.cause) for f in self._all() if f.outcome != "right")

    def rules(self) -> dict[str, Tally]:
        """Right and extra findings by the rule that made them (``missed`` is 0)."""
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for f in self._all():
            if f.rule:
                counts[f.rule][f.outcome] += 1
        return {rule: Tally(c["right"], c["extra"]) for rule, c in sorted(counts.items())}

    def format(self, *, misses: bool = False) -> str:
        """The tables as text: scores, then errors by kind and cause, then each error if asked for."""
        lines = [f"{'':<28}{'P':>8}{'R':>8}{'F1':>8}{'right':>8}{'extra':>8}{'missed':>8}"]
        lines += [
            f"{row:<28}{t.precision:>8.3f}{t.recall:>8.3f}{t.f1:>8.3f}{t.right:>8}{t.extra:>8}{t.missed:>8}"
            for row, t in self.tallies().items()
        ]
        lines += ["", f"{'errors':<28}{'':<10}{'cause':<28}{'number':>8}"]
        lines += [f"{k:<28}{o:<10}{c:<28}{n:>8}" for (k, o, c), n in sorted(self.causes().items())]
        if misses:
            lines += [
                f"{article}\t{f.outcome}\t{f.kind}\t{f.cause}\t{f.label}\t{f.rule}"
                for article, findings in self.findings.items()
                for f in findings
                if f.outcome != "right"
            ]
        return "\n".join(lines)


_TYPES = frozenset(map(str, EntityType))
_ORDER = (*_MAIN, "four main types", *EntityType, "all types", "fact", "observation")


def _rows(kind: str) -> list[str]:
    rows = [kind]
    if kind in _TYPES:
        rows.append("all types")
        if kind in _MAIN:
            rows.append("four main types")
    elif kind.startswith("fact:"):
        rows.append("fact")
    return rows


def evaluate(texts: Path, gold: Path, *, model: str | None = None) -> Evaluation:
    """Extract every article of ``texts`` that ``gold`` holds a JSON file for, and compare.

    Raises:
        ReadingError: if a gold file is no JSON, has no article, or there is none at all.
    """
    findings: dict[str, list[Finding]] = {}
    for path in sorted(gold.glob("*.json")):
        try:
            expected = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ReadingError(f"{path}: not JSON ({error}); mend the file or take it out") from error
        article = next((p for p in sorted(texts.glob(f"{path.stem}.*")) if p.is_file()), None)
        if article is None:
            raise ReadingError(f"{path}: no article {path.stem}.* in {texts}")
        found = extract(read_file(article), model=model).to_dict()
        findings[path.stem] = compare(expected, found)
    if not findings:
        raise ReadingError(f"{gold}: no .json file to measure by")
    return Evaluation(findings)


def together(parts: dict[str, Evaluation]) -> Evaluation:
    """Several evaluations as one; their articles are told apart by the names of the parts."""
    if len(parts) == 1:
        return next(iter(parts.values()))
    return Evaluation({f"{name}/{a}": f for name, part in parts.items() for a, f in part.findings.items()})

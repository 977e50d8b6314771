"""Values into queries, as terms and never as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.graph.guard import Form, tokens
from kg.graph.terms import prefixed

__all__ = ["Value", "Values", "bind", "fill", "given_values", "iri_term", "several", "term_of", "typed_term"]

Value = str | int | float | bool | date | NamedNode | Literal
"""What a parameter can be; a text that is an http address is an IRI."""

Values = Value | Sequence[Value]
"""One value, or a list or tuple of values of which any will do."""

_SLOT = r"VALUES\s+\?{name}\s*\{{\s*UNDEF\s*\}}"


def given_values(pairs: Iterable[str], option: str) -> dict[str, list[str]]:
    """The values for parameters that are written ``NAME=VALUE``; a name may come several times.

    Raises:
        QueryError: if one is not written so; the message names the ``option`` that gave it.

    >>> given_values(["year=2023", "year=2024"], "-p")
    {'year': ['2023', '2024']}
    """
    values: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise QueryError(f"{option} wants NAME=VALUE, not {pair!r}")
        values.setdefault(name, []).append(value)
    return values


def several(values: Values) -> tuple[Value, ...]:
    """The values, of which there is at least one.

    Raises:
        QueryError: if there is none: a parameter that may be anything is left out.

    >>> several("会员"), several(["会员", "工会"])
    (('会员',), ('会员', '工会'))
    """
    found = tuple(values) if isinstance(values, list | tuple) else (values,)
    if not found:
        raise QueryError("a parameter got an empty list: leave it out where it may be anything")
    return found


def term_of(value: Value) -> NamedNode | Literal:
    """The RDF term that stands for a value.

    Raises:
        QueryError: if the value cannot be a term.
    """
    if isinstance(value, NamedNode | Literal):
        return value
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=prefixed("xsd:date"))
    if isinstance(value, str) and re.match(r"https?://\S+$", value):
        return iri_term(value)
    if isinstance(value, str | int | float):
        return Literal(value)
    raise QueryError(f"{value!r} cannot be a value in a query: give a text, a number, a date or an RDF term")


def typed_term(value: Value, kind: str) -> NamedNode | Literal:
    """The term for a parameter of a named query: ``text``, ``year`` or ``number``.

    Raises:
        QueryError: if the value is of another kind.
    """
    text = value.value if isinstance(value, NamedNode | Literal) else str(value)
    if kind == "year":
        if not re.fullmatch(r"[1-9]\d{3}", text):
            raise QueryError(f"a year has four digits, not {text!r}")
        return Literal(text, datatype=prefixed("xsd:gYear"))
    if kind == "number":
        if not re.fullmatch(r"-?\d+(\.\d+)?", text):
            raise QueryError(f"{text!r} is no number")
        return Literal(text, datatype=prefixed("xsd:decimal"))
    return Literal(text)


def iri_term(iri: str) -> NamedNode:
    """The term of an IRI.

    Raises:
        QueryError: if it is no valid IRI.
    """
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"{iri!r} is no valid IRI: {error}") from error


def fill(query: str, values: Mapping[str, Iterable[NamedNode | Literal]]) -> str:
    """The query with terms in its slots: where it says ``VALUES ?name { UNDEF }``.

    Slots that stay open are taken out: they would change nothing but make the engine plan badly.

    >>> fill("ASK { VALUES ?x { UNDEF } VALUES ?y { UNDEF } ?x a ?y }", {"x": [NamedNode("http://e/a")]})
    'ASK { VALUES ?x { <http://e/a> }  ?x a ?y }'
    """
    for name, terms in values.items():
        filled = f"VALUES ?{name} {{ {' '.join(map(str, terms))} }}"
        query = re.sub(_SLOT.format(name=re.escape(name)), filled.replace("\\", r"\\"), query)
    return re.sub(_SLOT.format(name=r"\w+"), "", query)


def bind(query: str, form: Form, values: Mapping[str, Values]) -> tuple[str, int]:
    """The query with values for variables, and how many characters were added at ``form.pattern``.

    Raises:
        QueryError: if the query has no such variable, or no pattern to bind it in.
    """
    names = {t.text[1:] for t in tokens(query) if t.kind == "variable"}
    for name in values:
        if name not in names:
            raise QueryError(
                f"the query has no variable ?{name}; it has {', '.join(sorted(names)) or 'none'}"
            )
    if not values:
        return query, 0
    if form.pattern is None:
        raise QueryError("the query has no pattern in braces in which a parameter could be bound")
    added = "".join(
        f" VALUES ?{name} {{ {' '.join(str(term_of(v)) for v in several(value))} }} "
        for name, value in values.items()
    )
    return query[: form.pattern] + added + query[form.pattern :], len(added)

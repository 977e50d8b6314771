"""What things are called: entity types, predicates and namespaces.

The terms are closed: a name that does not stand here is an error, and a test
proves that this module and ``ontology/`` hold the same terms.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote

__all__ = [
    "DOCUMENT",
    "ID",
    "ONTOLOGY",
    "Attribute",
    "AwardKind",
    "AwardLevel",
    "EntityType",
    "Predicate",
    "ProgrammeKind",
    "Property",
    "RecordType",
    "Status",
    "Subtype",
    "entity_iri",
    "entity_iri_parts",
    "local_name",
]

ONTOLOGY: Final = "https://w3id.org/union-kg/ontology#"
"""Namespace of the classes and properties."""

ID: Final = "https://w3id.org/union-kg/id/"
"""Namespace of the things that articles speak of."""

DOCUMENT: Final = "DOCUMENT"
"""The object of ``wroteFor``: the article that is being read."""


class EntityType(StrEnum):
    """The eight types of thing that an article can name."""

    ORGANIZATION = "Organization"
    PERSON = "Person"
    PROGRAMME = "Programme"
    AWARD = "Award"
    EVENT = "Event"
    PLACE = "Place"
    DOCUMENT = "Document"
    FACILITY = "Facility"


class Subtype(StrEnum):
    """The kinds of organization."""

    TRADE_UNION = "TradeUnion"
    PARTY_ORGANIZATION = "PartyOrganization"
    GOVERNMENT_BODY = "GovernmentBody"
    COMPANY = "Company"
    SCHOOL = "School"
    MEDIA = "Media"
    SOCIAL_ORGANIZATION = "SocialOrganization"
    COURT = "Court"
    TEAM = "Team"
    OTHER = "Other"


class Predicate(StrEnum):
    """The twelve relations that a text can state."""

    HOLDS_POST = "holdsPost"
    RECEIVED_AWARD = "receivedAward"
    CONFERRED_BY = "conferredBy"
    IMPLEMENTS = "implements"
    ORGANIZES = "organizes"
    PARTICIPATES_IN = "participatesIn"
    ISSUED = "issued"
    SUB_ORGANIZATION_OF = "subOrganizationOf"
    LOCATED_IN = "locatedIn"
    OPERATES = "operates"
    PART_OF = "partOf"
    WROTE_FOR = "wroteFor"


class Attribute(StrEnum):
    """What a fact can say beside its two ends."""

    POST = "post"
    YEAR = "year"
    RANK = "rank"
    TIMES = "times"
    EVENT = "event"
    ROLE = "role"
    ITEM = "item"
    STATUS = "status"


class Status(StrEnum):
    """How a fact stands to the present of its article; ``stated`` is what is not said aloud."""

    STATED = "stated"
    PLANNED = "planned"
    FORMER = "former"


class AwardLevel(StrEnum):
    """Who stands behind an award."""

    NATIONAL = "National"
    MINISTERIAL = "Ministerial"
    PROVINCIAL = "Provincial"
    MUNICIPAL = "Municipal"
    COUNTY = "County"
    TOWNSHIP = "Township"
    INDUSTRY = "Industry"
    ENTERPRISE = "Enterprise"


class AwardKind(StrEnum):
    """What an award is."""

    TITLE = "Title"
    MEDAL = "Medal"
    PRIZE = "Prize"
    MODEL_UNIT = "ModelUnit"
    COMPETITION_PRIZE = "CompetitionPrize"
    RECOGNITION = "Recognition"


class ProgrammeKind(StrEnum):
    """What a programme is."""

    REFORM = "Reform"
    PROJECT = "Project"
    CAMPAIGN = "Campaign"
    SERVICE = "Service"
    MECHANISM = "Mechanism"
    COMPETITION = "Competition"
    POLICY = "Policy"


class RecordType(StrEnum):
    """The classes of the graph that are no entity types: articles, statements and what they rest on."""

    ARTICLE = "Article"
    STATEMENT = "Statement"
    AWARD_RECEIPT = "AwardReceipt"
    PARTICIPATION = "Participation"
    OBSERVATION = "Observation"
    TEXT_SPAN = "TextSpan"
    SENTENCE = "Sentence"
    MENTION = "Mention"
    RULE = "Rule"
    IDENTIFICATION = "Identification"
    DERIVATION = "Derivation"
    COPY_GROUP = "CopyGroup"


class Property(StrEnum):
    """The properties of the graph that are no predicates of facts."""

    RECIPIENT = "recipient"
    AWARD = "award"
    PARTICIPANT = "participant"
    EVENT = "event"
    YEAR = "year"
    RANK = "rank"
    TIMES = "times"
    OCCASION = "occasion"
    AT_EVENT = "atEvent"
    ROLE = "role"
    ITEM = "item"
    STATUS = "status"
    HAS_OBSERVATION = "hasObservation"
    MEASURE = "measure"
    DURING = "during"
    REFERS_TO = "refersTo"
    IN_SENTENCE = "inSentence"
    AWARD_LEVEL = "awardLevel"
    AWARD_KIND = "awardKind"
    PROGRAMME_KIND = "programmeKind"
    PROGRAMME_LEVEL = "programmeLevel"
    SHORT_NAME = "shortName"
    UNION_OF = "unionOf"
    UNDER_UNION = "underUnion"
    DIVISION_CODE = "divisionCode"
    FORMER_NAME = "formerName"
    MERGED_INTO = "mergedInto"
    IDENTIFIES = "identifies"
    IDENTIFIED_BY = "identifiedBy"
    CERTAIN = "certain"
    COPY_OF = "copyOf"
    COMPARABLE = "comparable"
    MEASURE_CORE = "measureCore"
    BOUND = "bound"


_LEFT_AS_IT_IS: Final = "-._()+,"


@lru_cache(maxsize=65536)
def local_name(name: str, *, more: str = "") -> str:
    """``name`` as one segment of an IRI: letters of any script stay, the rest is percent-encoded.

    The name is brought to NFC first. ``more`` are further characters that may stay.

    >>> local_name("“法院+工会” A/B")
    '“法院+工会”%20A%2FB'
    """
    kept = _LEFT_AS_IT_IS + more
    return "".join(
        c if c in kept or _stands_in_iri(c) else quote(c, safe="") for c in unicodedata.normalize("NFC", name)
    )


def _stands_in_iri(character: str) -> bool:
    """Whether RFC 3987 lets the character stand and a reader can see it."""
    if character.isascii():
        return character.isalnum()
    seen = unicodedata.category(character)[0] in "LMNPS"
    return seen and ord(character) < 0xE0000 and not 0xFFF0 <= ord(character) <= 0xFFFF


def entity_iri(type: EntityType, name: str, discriminator: str | None = None) -> str:  # noqa: A002
    """The IRI of a thing: its type, its full name and, for namesakes, what tells it from the others.

    Raises:
        ValueError: if the name is empty.

    >>> entity_iri(EntityType.PERSON, "王勇", "云浮市总工会")
    'https://w3id.org/union-kg/id/person/王勇@云浮市总工会'
    """
    if not name.strip():
        raise ValueError(f"a {type} without a name has no IRI")
    tail = f"@{local_name(discriminator)}" if discriminator else ""
    return f"{ID}{type.lower()}/{local_name(name)}{tail}"


def entity_iri_parts(iri: str) -> tuple[EntityType, str, str | None] | None:
    """Type, name and discriminator of an IRI made by :func:`entity_iri`, or None for another IRI.

    >>> entity_iri_parts("https://w3id.org/union-kg/id/person/王勇@云浮市总工会")
    (<EntityType.PERSON: 'Person'>, '王勇', '云浮市总工会')
    """
    kind, _, rest = iri.removeprefix(ID).partition("/")
    found = next((t for t in EntityType if t.lower() == kind), None)
    if found is None or not rest or not iri.startswith(ID):
        return None
    name, _, discriminator = rest.partition("@")
    return found, unquote(name), unquote(discriminator) if discriminator else None

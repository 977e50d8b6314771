"""Two people of one name in an article are two where the text shows it, and one where it does not."""

from __future__ import annotations

import pytest

from kg.language.annotations import Name, Referent
from kg.language.references.namesakes import told_apart
from kg.vocabulary import EntityType


def people(text: str, person: str, *units: str) -> list[tuple[str, int]]:
    """The keys of the people of this name, with how often each is named."""

    def names(kind: EntityType, form: str) -> tuple[Name, ...]:
        found, start = [], text.find(form)
        while start >= 0:
            found.append(Name(start, start + len(form), kind, form, "test"))
            start = text.find(form, start + 1)
        return tuple(found)

    referents = [
        Referent(f"Organization/{u}", EntityType.ORGANIZATION, u, names=names(EntityType.ORGANIZATION, u))
        for u in units
    ]
    referents.append(
        Referent(f"Person/{person}", EntityType.PERSON, person, names=names(EntityType.PERSON, person))
    )
    return [(r.key, len(r.names)) for r in told_apart(text, referents) if r.type is EntityType.PERSON]


@pytest.mark.parametrize(
    ("text", "units", "expected"),
    [
        (
            "一位是湘东电机厂技师王勇，一位是湘潭市总工会副主席王勇。王勇笑了。",
            ("湘东电机厂", "湘潭市总工会"),
            [("Person/王勇@湘东电机厂", 1), ("Person/王勇@湘潭市总工会", 2)],
        ),
        (
            "王勇（湘东电机厂）获奖。会后，王勇（莲城重工）也来了。",
            ("湘东电机厂", "莲城重工"),
            [("Person/王勇@湘东电机厂", 1), ("Person/王勇@莲城重工", 1)],
        ),
        (
            "获奖名单\n王勇 湘东电机厂\n李静 莲城重工\n王勇 莲城重工\n",
            ("湘东电机厂", "莲城重工"),
            [("Person/王勇@湘东电机厂", 1), ("Person/王勇@莲城重工", 1)],
        ),
        (
            "厂里有两位王勇。机械车间的王勇是焊工。装配车间的王勇是钳工。",
            (),
            [("Person/王勇@机械车间", 2), ("Person/王勇@装配车间", 1)],
        ),
        # a second post does not make a second person, nor does a deed done to one
        (
            "湘东电机厂技师王勇获奖。省总工会兼职副主席王勇说。",
            ("湘东电机厂", "省总工会"),
            [("Person/王勇", 2)],
        ),
        ("市总工会慰问王勇，湘东电机厂的王勇很感动。", ("市总工会", "湘东电机厂"), [("Person/王勇", 2)]),
        (
            "湘东电机厂工会主席王勇和湘东电机厂职工到场，湘东电机厂王勇讲话。",
            ("湘东电机厂",),
            [("Person/王勇", 2)],
        ),
        ("王勇来了。", (), [("Person/王勇", 1)]),
    ],
)
def test_people_of_one_name(text: str, units: tuple[str, ...], expected: list[tuple[str, int]]) -> None:
    assert people(text, "王勇", *units) == expected


def test_a_mention_goes_to_the_one_whose_unit_lies_there() -> None:
    text = (
        "一位是株洲湘东电机厂技师王勇，一位是湘潭市总工会副主席王勇。"
        "株洲的王勇擅长焊接，湘潭的王勇带来五名学员。"
    )
    assert people(text, "王勇", "株洲湘东电机厂", "湘潭市总工会") == [
        ("Person/王勇@株洲湘东电机厂", 2),
        ("Person/王勇@湘潭市总工会", 2),
    ]

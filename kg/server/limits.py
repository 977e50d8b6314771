"""What a visitor may use of the machine."""

from __future__ import annotations

from dataclasses import dataclass, fields

__all__ = ["Limits"]


@dataclass(frozen=True)
class Limits:
    """Limits that hold for each question, with defaults for a machine that does other work as well.

    Attributes:
        timeout: seconds that a question may take; after them its process is ended.
        max_rows: rows, or triples, of one answer; what is beyond is cut, and the answer says so.
        max_bytes: bytes of one answer, cut likewise.
        max_query_bytes: length of a query in UTF-8, and of what else is sent.
        concurrency: queries that run at once, each in a process of its own.
        waiting: queries that may wait for one of those; further ones are refused at once.
        memory: bytes that one process may use, where the system can limit it.
        batch: names in one request for reconciliation.

    Raises:
        ValueError: if one of them is not positive.
    """

    timeout: float = 10.0
    max_rows: int = 10_000
    max_bytes: int = 32_000_000
    max_query_bytes: int = 65_536
    concurrency: int = 2
    waiting: int = 16
    memory: int = 2_000_000_000
    batch: int = 50

    def __post_init__(self) -> None:
        for field in fields(self):
            if not getattr(self, field.name) > 0:
                raise ValueError(f"{field.name} must be positive, not {getattr(self, field.name)}")

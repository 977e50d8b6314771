"""The errors that the package raises on purpose.

Each message says what was wrong, with which value, where, and what to do about it.
"""

from __future__ import annotations

__all__ = ["GraphError", "KgError", "ModelError", "QueryError", "ReadingError", "ReviewError"]


class KgError(Exception):
    """Any error of this package; its text is one line that a person can act upon."""


class ReadingError(KgError):
    """A file could not become a document."""


class ModelError(KgError):
    """A model or pipeline could not be loaded or trained."""


class GraphError(KgError):
    """A graph folder is missing, broken or in use."""


class QueryError(KgError):
    """A question could not be asked."""


class ReviewError(KgError):
    """A sheet or a file of decisions is not as it must be."""

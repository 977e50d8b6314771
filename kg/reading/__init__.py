"""How a file becomes a document: decoding, formats, repair of broken lines, offsets back to the source."""

from __future__ import annotations

from kg.reading.documents import find_files, read_bytes, read_file, read_text

__all__ = ["find_files", "read_bytes", "read_file", "read_text"]

"""A process that answers questions about a graph, one at a time, until its input ends.

It is started as ``python -m kg.server.worker FOLDER MEMORY``; questions and answers go over its
standard input and output, both ends of which are this package.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from kg.server.frames import HEAD, READY, UnexpectedError

__all__ = ["main"]


def main(folder: str, memory: str) -> None:
    """Answer questions about the graph in ``folder``, within so many bytes of memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends this process
    questions = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a stray print must not land among the answers
    from kg.server.reader import Reader

    reader = Reader(Path(folder))
    _limit(int(memory))
    answers.write(READY)
    answers.flush()
    with Path(os.devnull).open("w") as silence:
        while (frame := _read(questions)) is not None:
            seconds, job = pickle.loads(frame)  # from the server, by a pipe of its own
            # the watchdog ends the process even within the engine, and if the server itself is gone
            faulthandler.dump_traceback_later(seconds + 1, exit=True, file=silence)
            content = pickle.dumps(_answered(reader, job))
            faulthandler.cancel_dump_traceback_later()
            answers.write(len(content).to_bytes(HEAD, "big") + content)
            answers.flush()


def _answered(reader: Any, job: Any) -> tuple[Any, Exception | None]:
    from kg.errors import KgError

    try:
        reader.refresh()
        return job(reader), None
    except (KgError, KeyError) as error:
        return None, error
    except MemoryError:
        return None, UnexpectedError("out of memory")
    except Exception as error:  # whatever it is, the server must hear of it
        return None, UnexpectedError(f"{type(error).__name__}: {error}")


def _read(stream: IO[bytes]) -> bytes | None:
    head = stream.read(HEAD)
    if len(head) < HEAD:
        return None
    length = int.from_bytes(head, "big")
    content = stream.read(length)
    return content if len(content) == length else None


def _limit(memory: int) -> None:
    """Let the system refuse memory beyond the limit, where it can; the process then ends by itself."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(*sys.argv[1:])

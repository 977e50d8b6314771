"""Worker processes, and the questions that wait for them."""

from __future__ import annotations

import asyncio
import contextlib
import pickle
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from kg.errors import GraphError, KgError
from kg.server.frames import HEAD, READY, UnexpectedError
from kg.server.limits import Limits
from kg.server.reader import Job

__all__ = ["BusyError", "DiedError", "Pool", "TooLongError"]

T = TypeVar("T")

_START: Final = 60.0
"""Seconds within which a process must have opened the graph."""


class BusyError(Exception):
    """All workers are at work and enough questions wait already."""


class TooLongError(Exception):
    """A question took more than its time; the process that worked on it has been ended."""


class DiedError(Exception):
    """The process that worked on a question came to an end: too little memory, or a fault of the engine."""


class _Worker:
    """One process; started again after it has been ended."""

    def __init__(self, folder: Path, memory: int) -> None:
        self._command = (sys.executable, "-m", "kg.server.worker", str(folder), str(memory))
        self._process: Process | None = None
        self._open = False

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def opened(self) -> bool:
        """Whether the process has opened the graph."""
        return self._open

    async def start(self) -> None:
        if self._process is None:
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
            )

    async def ready(self) -> None:
        """Wait until the process has loaded its modules and opened the graph."""
        await self.start()
        assert self._process
        assert self._process.stdout
        if not self._open:
            await self._process.stdout.readexactly(len(READY))
            self._open = True

    async def ask(self, job: Job[T], seconds: float) -> T:
        process = self._process
        assert process
        assert process.stdin
        assert process.stdout
        content = pickle.dumps((seconds, job))
        process.stdin.write(len(content).to_bytes(HEAD, "big") + content)
        await process.stdin.drain()
        head = await process.stdout.readexactly(HEAD)
        answer, error = pickle.loads(await process.stdout.readexactly(int.from_bytes(head, "big")))
        if error:
            raise cast(Exception, error)
        return cast(T, answer)

    async def end(self) -> None:
        process, self._process, self._open = self._process, None, False
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        if process.stdin:
            process.stdin.close()
        await process.wait()
        cast(Any, process)._transport.close()  # else its pipes stay open until the garbage is collected


class Pool:
    """So many processes with the graph of a folder, each of which answers one question at a time.

    Args:
        folder: the folder of the graph.
        limits: time, memory and how many questions may wait.
        size: how many processes.
        seconds: how long a question may take; without it as the limits say.
    """

    def __init__(self, folder: Path, limits: Limits, size: int, *, seconds: float | None = None) -> None:
        self._limits = limits
        self._seconds = seconds or limits.timeout
        self._workers = [_Worker(folder, limits.memory) for _ in range(size)]
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._waiting = 0

    @property
    def pids(self) -> list[int]:
        """The processes that run now."""
        return [w.pid for w in self._workers if w.pid]

    async def open(self) -> None:
        """Start the processes."""
        for worker in self._workers:
            await worker.start()
            self._idle.put_nowait(worker)

    async def close(self) -> None:
        """End the processes."""
        for worker in self._workers:
            await worker.end()

    async def ask(self, job: Job[T], *, seconds: float | None = None) -> T:
        """The answer of a worker.

        Args:
            job: the question.
            seconds: how long it may take; without it as long as any question of this pool.

        Raises:
            BusyError: if too many questions wait already, or none of the workers became free in time.
            TooLongError: if there is no answer in time.
            DiedError: if the worker came to an end.
            GraphError: if it could not open the graph.
            KgError, KeyError, UnexpectedError: what the worker says.
        """
        allowed = seconds or self._seconds
        worker = await self._free()
        sound = False
        try:
            await self._ready(worker)
            answer = await asyncio.wait_for(worker.ask(job, allowed), allowed)
            sound = True
            return answer
        except TimeoutError:
            raise TooLongError(f"no answer within {allowed:g} s") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise DiedError("the process that worked on this came to an end") from None
        except (KgError, KeyError, UnexpectedError):
            sound = worker.opened  # that is what the worker has answered
            raise
        finally:
            await asyncio.shield(self._give_back(worker, sound=sound))

    async def _ready(self, worker: _Worker) -> None:
        try:
            await asyncio.wait_for(worker.ready(), _START)
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError):
            raise GraphError("a worker process could not open the graph") from None

    async def _free(self) -> _Worker:
        if self._idle.empty() and self._waiting >= self._limits.waiting:
            raise BusyError
        self._waiting += 1
        try:
            return await asyncio.wait_for(self._idle.get(), self._seconds)
        except TimeoutError:
            raise BusyError from None
        finally:
            self._waiting -= 1

    async def _give_back(self, worker: _Worker, *, sound: bool) -> None:
        if not sound:
            await worker.end()
            await worker.start()
        self._idle.put_nowait(worker)

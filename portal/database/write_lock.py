"""SQLite's writers, one after the other in the order they came: threads of this process, then this machine's processes.

SQLite itself lets a writer that finds the file locked sleep and poll, up to 100 ms at a time, and whoever happens to
look at the right moment gets in. Under load most of the waiting is sleep, and an unlucky writer waits for ever.
"""

import fcntl
import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

LONGEST_WAIT = 30
"""Seconds in the queue of this process."""


class Turns:
    """The queue of one database file. `lock_file` lies beside it; its content means nothing."""

    def __init__(self, lock_file: Path) -> None:
        self._lock_file = lock_file
        self._gate = Lock()
        self._is_taken = False
        self._waiting: deque[Lock] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and pass it on at the end of the block. Raises TimeoutError."""
        self._take()
        try:
            with self._file_locked():
                yield
        finally:
            self._pass_on()

    def _take(self) -> None:
        with self._gate:
            if not self._is_taken:
                self._is_taken = True
                return
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=LONGEST_WAIT):
            return
        with self._gate:
            if mine in self._waiting:
                self._waiting.remove(mine)
                raise TimeoutError("The writers before this one did not finish")

    def _pass_on(self) -> None:
        """Hand the turn to whoever waits longest: released for all, the last holder would mostly take it again."""
        with self._gate:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False

    @contextmanager
    def _file_locked(self) -> Iterator[None]:
        """Hold the lock between processes; the kernel wakes whoever waits, and frees it if a process dies."""
        handle = os.open(self._lock_file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

"""The output of a scan and, beside it, how far it reaches: whatever ends the process, no row is lost or doubled."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

from guardkit.errors import GuardError
from guardkit.scan.checking import Row
from guardkit.scan.tally import Tally

__all__ = ["Mark", "Output", "Sink", "Stream", "encode"]

FORMAT = 2
SUFFIX = ".journal"


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a scan has come: into which source, and how long the output is then."""

    source: int = 0
    after: int = 0  # in the source, see `Record.after`
    row: int = 0
    size: int = 0  # bytes of the output
    finished: bool = False
    tally: Tally = field(default_factory=Tally)


class Sink(Protocol):
    """Where rows go."""

    mark: Mark

    def write(self, rows: Iterable[Row], mark: Mark) -> None:
        """Writes rows, after which the scan has come as far as `mark` says."""
        ...


class Stream:
    """Rows on a stream, such as standard output; a scan that ends there cannot be taken up again."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write: Final = write
        self.mark = Mark()

    def write(self, rows: Iterable[Row], mark: Mark) -> None:
        for row in rows:
            self._write(encode(row))
        self.mark = mark


class Output:
    """A file of rows with its journal `PATH.journal`, which is replaced as a whole after the rows are on the disk.

    What the journal does not know of is cut off when the scan is taken up again, so the two never disagree. `identity`
    is what the rows depend on. Raises `GuardError` where the journal is of another scan, where there is an output
    without a journal (unless `restart`, which begins anew), and where another process is writing.
    """

    def __init__(self, path: Path, identity: Mapping[str, Any], *, restart: bool = False) -> None:
        _, self._journal, self._draft = self.files(path)
        self._identity: Final = dict(identity)
        self.path: Final = path
        self.mark = Mark()
        if not restart:
            self.mark = self._read()
        with ExitStack() as stack:
            try:
                self._file: Final[BinaryIO] = stack.enter_context(open(path, "ab"))
                _lock(self._file, path)
                if not self._journal.exists() or restart:
                    self._commit(self.mark)
                self._file.truncate(self.mark.size)
            except OSError as error:
                raise GuardError(f"cannot write {path}: {error.strerror}") from error
            stack.pop_all()  # from here on, `close` closes it

    @staticmethod
    def files(path: Path) -> tuple[Path, Path, Path]:
        """Everything that is written: the output, the journal, and the next journal."""
        return path, path.with_name(path.name + SUFFIX), path.with_name(path.name + SUFFIX + ".new")

    @classmethod
    def begun(cls, path: Path) -> bool:
        """Whether an earlier scan has written there."""
        return cls.files(path)[1].exists()

    @property
    def resumed(self) -> bool:
        """Whether it goes on with what was begun before."""
        return self.mark != Mark()

    def write(self, rows: Iterable[Row], mark: Mark) -> None:
        """As `Sink.write`. When it returns, the rows are safe."""
        try:
            self._file.writelines(map(encode, rows))
            self._file.flush()
            os.fsync(self._file.fileno())
            self._commit(replace(mark, size=self._file.tell()))
        except OSError as error:
            raise GuardError(f"cannot write {self.path}: {error.strerror}. The scan can be taken up again") from error

    def close(self) -> None:
        with suppress(OSError):  # it writes what is held once more; what the journal knows of is on the disk
            self._file.close()

    def discard(self) -> None:
        """Removes the output and the journal."""
        self.close()
        self.path.unlink(missing_ok=True)
        self._journal.unlink(missing_ok=True)

    def _commit(self, mark: Mark) -> None:
        data = {
            "format": FORMAT, "scan": self._identity, "source": mark.source, "after": mark.after, "row": mark.row,
            "size": mark.size, "finished": mark.finished, "tally": mark.tally.to_dict(),
        }  # fmt: skip
        with open(self._draft, "w", encoding="ascii") as file:
            json.dump(data, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(self._draft, self._journal)
        self.mark = mark

    def _read(self) -> Mark:
        try:
            content = self._journal.read_bytes()
        except FileNotFoundError:
            if self.path.exists() and self.path.stat().st_size:
                raise GuardError(f"{self.path} exists and has no journal: --restart replaces it") from None
            return Mark()
        except OSError as error:
            raise GuardError(f"cannot read {self._journal}: {error.strerror}") from error
        try:
            data = json.loads(content)
            known = data["scan"] if data["format"] == FORMAT else {}
            mark = Mark(
                data["source"], data["after"], data["row"], data["size"], data["finished"], Tally.of(data["tally"])
            )
        except (ValueError, KeyError, TypeError):
            raise GuardError(f"{self._journal} is no journal of a scan: --restart begins anew") from None
        other = [name for name in self._identity if known.get(name) != self._identity[name]]
        if other:
            raise GuardError(
                f"{self.path} is of another scan: it differs in {', '.join(other)}. Write to another file, "
                "or --restart begins anew"
            )
        if not self.path.exists() and mark.size or self.path.exists() and self.path.stat().st_size < mark.size:
            raise GuardError(f"{self.path} lacks rows that its journal knows of: --restart begins anew")
        return mark


def encode(row: Row) -> bytes:
    """A row as a line of JSON, in ASCII: a text may hold lone surrogates."""
    return json.dumps(row, ensure_ascii=True).encode("ascii") + b"\n"


def _lock(file: BinaryIO, path: Path) -> None:
    """Keeps other scans away until the process ends, however it ends. Raises `GuardError` where there is one."""
    try:
        import fcntl
    except ModuleNotFoundError:  # not on Windows
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise GuardError(f"another scan is writing {path}") from None

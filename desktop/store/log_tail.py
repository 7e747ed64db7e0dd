"""What stands in the write-ahead log when the program comes back, and what of it was cut off.

SQLite takes the log up to its last whole commit and leaves the rest without a word. Counting the
frames first tells that there was more: the program was stopped while it wrote, or the end of the
file is damaged. Format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
"""

from __future__ import annotations

import struct
from pathlib import Path

from desktop.store.driver import Connection

_HEADER = struct.Struct(">8I")
_FRAME = struct.Struct(">6I")


def frames_in(database: Path) -> int:
    """Frames of the last use of the log beside a database, whole or not; 0 without a log.

    Older ones that stand behind them, from before the log began anew, have another salt.
    """
    path = database.with_name(database.name + "-wal")
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEADER.size)
            if len(head) < _HEADER.size:
                return 0
            _magic, _version, page, _sequence, *salts, _one, _two = _HEADER.unpack(head)
            count = 0
            while len(start := stream.read(_FRAME.size)) == _FRAME.size:
                _number, _size, *own, _one, _two = _FRAME.unpack(start)
                if own != salts:
                    break
                count += 1
                stream.seek(page, 1)
            return count
    except OSError:
        return 0


def frames_taken(connection: Connection) -> int:
    """Frames that SQLite took for good, brought into the database at once; 0 without a log."""
    row = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return max(0, int(row[1])) if row else 0

"""Links of the hash chains: each row of the journal carries a digest of itself and of all before.

SHA-256 over the fields, each with its length before it, so that no two rows read the same; the
first link follows `START`. What the chain proves and what it cannot is in
docs/decisions/0015-journal-chain.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

START = bytes(32)
"""What stands before the first link."""


def encoded(fields: Iterable[str | int | None]) -> bytes:
    """The fields of one row as bytes that no other row has."""
    parts = []
    for one in fields:
        if one is None:
            parts.append("-")
        else:
            text = str(one)
            parts.append(f"{len(text)}:{text}")
    return "".join(parts).encode()


def link(before: bytes, *contents: bytes) -> bytes:
    """The digest of a row that follows the one with the digest `before`."""
    return sha256(b"".join((before, *contents))).digest()

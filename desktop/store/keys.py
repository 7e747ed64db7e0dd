"""The key file: the database key, wrapped for each person under what their password derives.

JSON beside the database. The 32-byte database key is random; for each person it is encrypted with
AES-256-GCM under an argon2id key of their password, with the parameters it was made with. Whoever
has the file and no password has nothing but names.

The sign-in page reads names from it, so what only writing needs is imported there.
"""

from __future__ import annotations

import base64
import json
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.base.errors import NotOurDatabase, UserError, WrongPassword, translate_os_error
from desktop.base.translate import tr

FORMAT = 1
KEY_BYTES = 32  # of a SQLCipher raw key; said here so that the driver need not be loaded
_SALT_BYTES = 16
_NONCE_BYTES = 12
_MOST_MEMORY_KIB = 1024 * 1024  # a damaged file must not ask for more than the machine has
_MOST_PASSES = 64


@dataclass(frozen=True)
class Cost:
    """What deriving a key costs: RFC 9106 §4, second recommended option."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


DEFAULT_COST = Cost()


@dataclass(frozen=True)
class Person:
    """Somebody who may open the office."""

    id: str
    name: str
    role: str = ""


def new_person(name: str, role: str = "") -> Person:
    """A person with a new id."""
    from desktop.base.identity import new_id

    return Person(new_id(), name, role)


class KeyFile:
    """The people of an office and their wrapped keys. Every change replaces the file at once.

    Methods raise `UserError`s of `base.errors` if the file cannot be read or written.
    """

    def __init__(self, path: Path, cost: Cost = DEFAULT_COST) -> None:
        self.path = path
        self._cost = cost

    @classmethod
    def create(cls, path: Path, person: Person, password: str, cost: Cost = DEFAULT_COST) -> bytes:
        """Write a new key file with one person; returns the new database key.

        Raises UserError if there is one already: it may be the only way into other data.
        """
        if path.exists():
            raise UserError(
                tr("“{path}” is there already and was not touched. Choose another folder.").format(
                    path=path
                )
            )
        key = os.urandom(KEY_BYTES)
        file = cls(path, cost)
        file._write([file._wrapped(person, password, key)])
        return key

    def people(self) -> list[Person]:
        """Everybody in the order they were added. Raises NotOurDatabase for a damaged file."""
        return [_person(entry) for entry in self._read()]

    def unlock(self, person_id: str, password: str) -> bytes:
        """The database key. Raises WrongPassword, KeyError for an unknown person."""
        for entry in self._read():
            if entry["id"] == person_id:
                return self._unwrapped(entry, password)
        raise KeyError(person_id)

    def add_person(self, key: bytes, person: Person, password: str) -> None:
        """Let another person in; `key` as `unlock` gave it. Raises ValueError for a known id."""
        entries = self._read()
        if any(entry["id"] == person.id for entry in entries):
            raise ValueError(f"{person.id} is in the key file already")
        self._write([*entries, self._wrapped(person, password, key)])

    def change_password(self, person_id: str, old: str, new: str) -> None:
        """Wrap the key anew. Raises WrongPassword if `old` is not the password."""
        key = self.unlock(person_id, old)
        self._write(
            [
                self._wrapped(_person(entry), new, key) if entry["id"] == person_id else entry
                for entry in self._read()
            ]
        )

    def _read(self) -> list[dict[str, Any]]:
        try:
            content = json.loads(self.path.read_bytes())
            if content["format"] > FORMAT:
                raise NotOurDatabase(
                    tr("“{path}” was written by a newer version of the program. Install it.")
                    .format(path=self.path)
                )  # fmt: skip
            entries: list[dict[str, Any]] = content["people"]
            for entry in entries:
                _check(entry)
        except OSError as error:
            raise translate_os_error(error, self.path) from error
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise NotOurDatabase(
                tr(
                    "The key file “{path}” is damaged. Without it nobody can open the data: "
                    "put back the key file of the newest backup."
                ).format(path=self.path)
            ) from error
        return entries

    def _write(self, entries: list[dict[str, Any]]) -> None:
        from desktop.base.files import write_text

        content = {"format": FORMAT, "people": entries}
        write_text(self.path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")

    def _wrapped(self, person: Person, password: str, key: bytes) -> dict[str, Any]:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        entry: dict[str, Any] = {
            "id": person.id,
            "name": person.name,
            "role": person.role,
            "m": self._cost.memory_kib,
            "t": self._cost.passes,
            "p": self._cost.lanes,
            "salt": _text(os.urandom(_SALT_BYTES)),
        }
        nonce = os.urandom(_NONCE_BYTES)
        sealed = AESGCM(_derived(entry, password)).encrypt(nonce, key, _bound_to(entry))
        return entry | {"nonce": _text(nonce), "key": _text(sealed)}

    def _unwrapped(self, entry: Mapping[str, Any], password: str) -> bytes:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        wrapping = AESGCM(_derived(entry, password))
        try:
            return wrapping.decrypt(_bytes(entry["nonce"]), _bytes(entry["key"]), _bound_to(entry))
        except InvalidTag as error:
            raise WrongPassword(
                tr("This is not the password of {name}. Check Caps Lock and the input method.")
                .format(name=entry["name"])
            ) from error  # fmt: skip


def _derived(entry: Mapping[str, Any], password: str) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    # The same password typed by another input method comes as other code points.
    secret = unicodedata.normalize("NFC", password).encode()
    return hash_secret_raw(
        secret,
        _bytes(entry["salt"]),
        time_cost=entry["t"],
        memory_cost=entry["m"],
        parallelism=entry["p"],
        hash_len=32,
        type=Type.ID,
    )


def _bound_to(entry: Mapping[str, Any]) -> bytes:
    """What the seal covers besides the key: the entry of one person cannot pass for another's."""
    return f"so-ctxh {FORMAT} {entry['id']}".encode()


def _person(entry: Mapping[str, Any]) -> Person:
    return Person(entry["id"], entry["name"], entry["role"])


def _check(entry: Mapping[str, Any]) -> None:
    """Raises ValueError, KeyError or TypeError for an entry that nobody can have written."""
    for name in ("id", "name", "role", "salt", "nonce", "key"):
        if not isinstance(entry[name], str):
            raise TypeError(name)
    if any(type(entry[name]) is not int for name in ("m", "t", "p")):
        raise TypeError(entry)
    if not (1 <= entry["p"] <= 64 and 1 <= entry["t"] <= _MOST_PASSES):
        raise ValueError(entry)
    if not 8 * entry["p"] <= entry["m"] <= _MOST_MEMORY_KIB:
        raise ValueError(entry)
    sizes = [len(_bytes(entry[name])) for name in ("salt", "nonce", "key")]
    if sizes != [_SALT_BYTES, _NONCE_BYTES, KEY_BYTES + 16]:
        raise ValueError(entry)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)

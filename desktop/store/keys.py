"""The key file: the database key, wrapped for each person under what their password derives.

JSON beside the database. The 32-byte database key is random; for each person it is encrypted with
AES-256-GCM under an argon2id key of their password, with the parameters it was made with. Whoever
has the file and no password has nothing but names. A printed recovery code wraps the same key.
What a person may do is not in it but in the encrypted data (`store.people`).

The sign-in page reads names from it, so what only writing needs is imported there.
"""

from __future__ import annotations

import base64
import json
import os
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.base.errors import NotOurDatabase, UserError, WrongPassword, translate_os_error
from desktop.base.translate import tr

FORMAT = 2
"""2: a recovery code; files of format 1 open as they are."""
_SEAL = 1  # of the words a wrapped key is bound to
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


def new_person(name: str) -> Person:
    """A person with a new id."""
    from desktop.base.identity import new_id

    return Person(new_id(), name)


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
        file._write({"people": [file._entry(person, password, key)]})
        return key

    def people(self) -> list[Person]:
        """Everybody in the order they were added. Raises NotOurDatabase for a damaged file."""
        return [_person(entry) for entry in self._read()["people"]]

    def unlock(self, person_id: str, password: str) -> bytes:
        """The database key; what was derived too cheaply for today is derived anew.

        Raises WrongPassword, KeyError for an unknown person.
        """
        for entry in self._read()["people"]:
            if entry["id"] == person_id:
                try:
                    key = _unwrapped(entry, password, _bound_to(entry["id"]))
                except _DoesNotOpen as error:
                    raise WrongPassword(
                        tr("This is not the password of {name}. Check Caps Lock and the input "
                           "method.").format(name=entry["name"])
                    ) from error  # fmt: skip
                if self._is_cheap(entry):
                    with suppress(UserError):  # where nothing may be written, it stays as it is
                        self.set_password(key, person_id, password)
                return key
        raise KeyError(person_id)

    def _is_cheap(self, entry: Mapping[str, Any]) -> bool:
        return bool(entry["m"] < self._cost.memory_kib or entry["t"] < self._cost.passes)

    def add_person(self, key: bytes, person: Person, password: str) -> None:
        """Let another person in; `key` as `unlock` gave it. Raises ValueError for a known id."""
        content = self._read()
        if any(entry["id"] == person.id for entry in content["people"]):
            raise ValueError(f"{person.id} is in the key file already")
        content["people"].append(self._entry(person, password, key))
        self._write(content)

    def change_password(self, person_id: str, old: str, new: str) -> None:
        """Wrap the key anew. Raises WrongPassword if `old` is not the password."""
        self.set_password(self.unlock(person_id, old), person_id, new)

    def set_password(self, key: bytes, person_id: str, password: str) -> None:
        """Wrap the key under another password, the old one unknown. KeyError: unknown person."""
        content = self._read()
        place, entry = _find(content, person_id)
        content["people"][place] = self._entry(_person(entry), password, key)
        self._write(content)

    def rename(self, person_id: str, name: str) -> None:
        """Another name at the sign-in. KeyError: unknown person."""
        content = self._read()
        _find(content, person_id)[1]["name"] = name
        self._write(content)

    def remove(self, person_id: str) -> None:
        """Let somebody in no more; nothing happens where that is so already."""
        content = self._read()
        content["people"] = [one for one in content["people"] if one["id"] != person_id]
        self._write(content)

    # The recovery code

    def has_recovery(self) -> bool:
        """True once there is a recovery code."""
        return "recovery" in self._read()

    def set_recovery(self, key: bytes, code: str) -> None:
        """Let a code (`recovery_code.new_code`) open the data; the one before opens no more."""
        content = self._read()
        content["recovery"] = self._wrapped(key, code, _RECOVERY)
        self._write(content)

    def unlock_by_code(self, code: str) -> bytes:
        """The database key. Raises WrongPassword, also where there is no code."""
        entry = self._read().get("recovery")
        if entry is None:
            raise WrongPassword(tr("This office has no recovery code."))
        try:
            return _unwrapped(entry, code, _RECOVERY)
        except _DoesNotOpen as error:
            raise WrongPassword(
                tr("This is not the recovery code of this office. Compare it letter by letter.")
            ) from error

    # The file

    def _read(self) -> dict[str, Any]:
        try:
            content: dict[str, Any] = json.loads(self.path.read_bytes())
            if content["format"] > FORMAT:
                raise NotOurDatabase(
                    tr("“{path}” was written by a newer version of the program. Install it.")
                    .format(path=self.path)
                )  # fmt: skip
            for entry in content["people"]:
                _check(entry, ("id", "name"))
            if "recovery" in content:
                _check(content["recovery"])
        except OSError as error:
            raise translate_os_error(error, self.path) from error
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise NotOurDatabase(
                tr(
                    "The key file “{path}” is damaged. Without it nobody can open the data: "
                    "put back the key file of the newest backup."
                ).format(path=self.path)
            ) from error
        return content

    def _write(self, content: Mapping[str, Any]) -> None:
        from desktop.base.files import write_text

        written = {**content, "format": FORMAT}
        write_text(self.path, json.dumps(written, ensure_ascii=False, indent=1) + "\n")

    def _entry(self, person: Person, password: str, key: bytes) -> dict[str, Any]:
        wrapped = self._wrapped(key, password, _bound_to(person.id))
        return {"id": person.id, "name": person.name, **wrapped}

    def _wrapped(self, key: bytes, secret: str, bound_to: bytes) -> dict[str, Any]:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        entry: dict[str, Any] = {
            "m": self._cost.memory_kib,
            "t": self._cost.passes,
            "p": self._cost.lanes,
            "salt": _text(os.urandom(_SALT_BYTES)),
        }
        nonce = os.urandom(_NONCE_BYTES)
        sealed = AESGCM(_derived(entry, secret)).encrypt(nonce, key, bound_to)
        return entry | {"nonce": _text(nonce), "key": _text(sealed)}


class _DoesNotOpen(Exception):
    """The secret is not the one it was wrapped under."""


def _unwrapped(entry: Mapping[str, Any], secret: str, bound_to: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    wrapping = AESGCM(_derived(entry, secret))
    try:
        return wrapping.decrypt(_bytes(entry["nonce"]), _bytes(entry["key"]), bound_to)
    except InvalidTag as error:
        raise _DoesNotOpen from error


def _find(content: Mapping[str, Any], person_id: str) -> tuple[int, dict[str, Any]]:
    for place, entry in enumerate(content["people"]):
        if entry["id"] == person_id:
            return place, entry
    raise KeyError(person_id)


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


def _bound_to(person_id: str) -> bytes:
    """What the seal covers besides the key: the entry of one person cannot pass for another's."""
    return f"so-ctxh {_SEAL} {person_id}".encode()


_RECOVERY = f"so-ctxh {_SEAL} recovery code".encode()


def _person(entry: Mapping[str, Any]) -> Person:
    return Person(entry["id"], entry["name"])


def _check(entry: Mapping[str, Any], named: tuple[str, ...] = ()) -> None:
    """Raises ValueError, KeyError or TypeError for an entry that nobody can have written."""
    for name in (*named, "salt", "nonce", "key"):
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

"""Keys that sign returns (Ed25519), and the national register of the forces' public keys."""

from __future__ import annotations

import hashlib
import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from nhpf.errors import DamagedData, InvalidInput

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PASSPHRASE = "NHPF_RETURNS_PASSPHRASE"
# What a signature is for goes under it, so that a key's other signatures are none of a return.
RETURN, SOURCE = b"nhpf return 1\n", b"nhpf source 1\n"


def make_key(path: Path, *, passphrase: str | None = None) -> str:
    """Make a key pair, write the private key for its owner's eyes alone, and return the public one.

    Parameters
    ----------
    path : Path
        The private key's file; it may not exist.
    passphrase : str, optional
        Encrypts the private key; ``NHPF_RETURNS_PASSPHRASE`` if not given.

    Returns
    -------
    str
        The public key, 64 hexadecimal digits.

    Raises
    ------
    InvalidInput
        If the file exists, or cannot be written.
    """
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    secret = os.environ.get(PASSPHRASE) if passphrase is None else passphrase
    locked = form.BestAvailableEncryption(secret.encode()) if secret else form.NoEncryption()
    text = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, locked)
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        raise InvalidInput(
            "The key cannot be written there.",
            where=str(path),
            next_step="Name a file that does not exist yet; a key in use is never written over.",
        ) from None
    with os.fdopen(number, "wb") as file:
        file.write(text)
    return public_of(key)


def load_key(path: Path, *, passphrase: str | None = None) -> Ed25519PrivateKey:
    """Read a private key.

    Raises
    ------
    InvalidInput
        If there is no such file, it holds no key of this kind, or the passphrase does not open it.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    secret = os.environ.get(PASSPHRASE) if passphrase is None else passphrase
    try:
        key = load_pem_private_key(path.read_bytes(), secret.encode() if secret else None)
    except (OSError, ValueError, TypeError):
        raise _no_key(path) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(path)
    return key


def _no_key(path: Path) -> InvalidInput:
    return InvalidInput(
        "The private key cannot be read.",
        where=str(path),
        next_step=f"Name the file that 'nhpf returns keys' wrote, and set {PASSPHRASE}"
        " to its passphrase if it has one (leave it unset if it has none).",
    )


def public_of(key: Ed25519PrivateKey) -> str:
    """Return the public key that belongs to a private one, 64 hexadecimal digits."""
    return key.public_key().public_bytes_raw().hex()


def signed(public: str, signature: str, message: bytes) -> bool:
    """Whether a return's signature fits its message and public key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), RETURN + message)
    except (InvalidSignature, ValueError):
        return False
    return True


def source_mark(key: Ed25519PrivateKey, text: str) -> str:
    """Return a mark of a release's id or a table's hash that only the key's owner can make again.

    The plain hash of a small force's cases would let its reader test guesses about them: hash each
    guess and compare. The mark is the hash of a signature, and Ed25519 signs the same text alike.
    """
    return hashlib.sha256(key.sign(SOURCE + text.encode())).hexdigest()


def register_entry(force: str, public: str) -> str:
    """Return a force's entry in the register, as TOML."""
    return f'[[key]]\nforce = "{force}"\npublic = "{public}"\n'


def read_register(path: Path) -> dict[str, str]:
    """Return the force of each public key in a register.

    Raises
    ------
    InvalidInput
        If there is no register.
    DamagedData
        If it is not TOML with ``force`` and ``public`` for each ``[[key]]``, or one key has two
        forces.
    """
    try:
        entries = tomllib.loads(path.read_text("utf-8")).get("key", [])
        pairs = [(str(entry["public"]), str(entry["force"])) for entry in entries]
    except FileNotFoundError:
        raise InvalidInput(
            "There is no register of the forces' public keys.",
            where=str(path),
            next_step="Put the entries that 'nhpf returns keys' prints into it.",
        ) from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise DamagedData("The register of keys cannot be read.", where=str(path)) from None
    if len({public for public, _ in pairs}) < len(pairs):
        raise DamagedData("The register of keys has one key twice.", where=str(path))
    return dict(pairs)

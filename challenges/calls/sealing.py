"""How applications are sealed until their deadline, and opened by two persons.

Each challenge has a pair of keys. Applications are encrypted with the public one (HPKE, RFC 9180:
X25519, HKDF-SHA-256, ChaCha20-Poly1305). The private one is stored nowhere as it is: for each two
of the key holders there is a copy that is encrypted for one and then for the other, so that any two
of them open it, and none alone. A holder's own private key is encrypted with a passphrase that only
the holder knows (scrypt). What this protects against, and what not: docs/security.md.

All keys and texts are bytes. What cannot be opened raises `SealError`: a wrong passphrase, a wrong
key, and data that somebody changed look the same on purpose.
"""

import os
from collections.abc import Mapping
from itertools import permutations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
SALT, NONCE = 16, 12  # bytes
PADDING = 4096  # what is sealed tells its length in steps of this many bytes
SCRYPT_COST = 2**15  # 32 MB and about 0.1 s for each try; RFC 7914 names 2**14 for log-ins


class SealError(Exception):
    """It does not open: the key or passphrase is wrong, or the data was changed."""


def new_pair() -> tuple[bytes, bytes]:
    """Return a private key and its public one."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def padded(text: bytes) -> bytes:
    """Fill up with spaces to a multiple of the padding."""
    return text.ljust(-(-len(text) // PADDING) * PADDING)


def seal(text: bytes, public: bytes, *, about: str) -> bytes:
    """Encrypt for the owner of the key; `about` names the place, and only there it opens."""
    key = X25519PublicKey.from_public_bytes(public)
    return SUITE.encrypt(text, key, about.encode())


def unseal(sealed: bytes, private: bytes, *, about: str) -> bytes:
    try:
        return SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(private), about.encode())
    except (InvalidTag, ValueError) as error:
        raise SealError from error


def lock(private: bytes, passphrase: str) -> bytes:
    """Encrypt a holder's key with a passphrase: salt, nonce, text."""
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    return (
        salt + nonce + ChaCha20Poly1305(_stretched(passphrase, salt)).encrypt(nonce, private, b"")
    )


def unlock(locked: bytes, passphrase: str) -> bytes:
    salt, nonce, text = locked[:SALT], locked[SALT : SALT + NONCE], locked[SALT + NONCE :]
    try:
        return ChaCha20Poly1305(_stretched(passphrase, salt)).decrypt(nonce, text, b"")
    except InvalidTag as error:
        raise SealError from error


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt, length=32, n=SCRYPT_COST, r=8, p=1).derive(passphrase.encode())


def copies(
    private: bytes, holders: Mapping[int, bytes], *, about: str
) -> dict[tuple[int, int], bytes]:
    """Return the key encrypted for each two holders: (who turns first, who second) → copy.

    `holders` are public keys by id, at least two. With n holders there are n·(n-1) copies.
    """
    if len(holders) < 2:
        raise ValueError("one holder alone could open it")
    return {
        (first, second): seal(
            seal(private, holders[second], about=f"{about}/{second}"),
            holders[first],
            about=f"{about}/{first}",
        )
        for first, second in permutations(holders, 2)
    }


def turn(copy: bytes, holder: int, private: bytes, *, about: str) -> bytes:
    """Take off the layer of one holder: the first turn leaves that of the second, then the key."""
    return unseal(copy, private, about=f"{about}/{holder}")

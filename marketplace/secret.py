import os
import secrets
from pathlib import Path


def local_secret(data: Path) -> str:
    """Return the secret key of an embedded installation, made on first use.

    The file is readable by its owner alone; two processes that come first at once agree,
    because the key is linked into place complete and only the first link succeeds.
    """
    path = data / "secret-key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        draft = data / f"secret-key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()

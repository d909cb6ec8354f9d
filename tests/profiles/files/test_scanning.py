"""The scanner is asked over a real socket, by a server that speaks its protocol."""

import socket
import threading

import pytest

from profiles.files.inspection import RefusedError
from profiles.files.scanning import scan

EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


def exactly(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        data += connection.recv(count - len(data))
    return data


def answer_one(server: socket.socket, received: list[bytes]) -> None:
    connection, _address = server.accept()
    with connection:
        assert exactly(connection, 10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(exactly(connection, 4), "big"):
            content += exactly(connection, length)
        received.append(content)
        found = b"Eicar-Test-Signature FOUND" if EICAR in content else b"OK"
        connection.sendall(b"stream: " + found + b"\0")


@pytest.fixture(params=["unix", "tcp"])
def clamd(request, settings, tmp_path):
    if request.param == "unix":
        server = socket.socket(socket.AF_UNIX)
        server.bind(str(tmp_path / "clamd"))
        settings.CLAMD_SOCKET = str(tmp_path / "clamd")
    else:
        server = socket.socket()
        server.bind(("127.0.0.1", 0))
        settings.CLAMD_HOST = f"127.0.0.1:{server.getsockname()[1]}"
    server.listen()
    received: list[bytes] = []
    thread = threading.Thread(target=answer_one, args=[server, received])
    thread.start()
    yield received
    thread.join(5)
    server.close()


def test_a_clean_file_passes_whole(clamd):
    content = bytes(range(256)) * 1000
    scan(content)
    assert clamd == [content]


def test_what_is_found_is_refused(clamd):
    with pytest.raises(RefusedError, match="etwas gefunden"):
        scan(b"a" + EICAR)


def test_a_scanner_that_cannot_be_reached_refuses(settings, tmp_path):
    settings.CLAMD_SOCKET = str(tmp_path / "niemand")
    with pytest.raises(RefusedError, match="nicht erreichbar"):
        scan(b"a")


def test_a_scanner_that_hangs_up_refuses(settings, tmp_path):
    settings.CLAMD_SOCKET = str(tmp_path / "clamd")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(settings.CLAMD_SOCKET)
        server.listen()
        thread = threading.Thread(target=lambda: server.accept()[0].close())
        thread.start()
        with pytest.raises(RefusedError, match="nicht erreichbar"):
            scan(b"a")
        thread.join(5)


def test_without_a_scanner_everything_passes():
    scan(EICAR)

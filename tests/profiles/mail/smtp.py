"""A mail server that does as the test says, down to falling silent in the middle of a mail."""

import socketserver
import threading
from contextlib import contextmanager


class Handler(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.server.wait("greeting")
        self.say("220 test")
        for line in self.rfile:
            command = line.decode().upper().split()[0]
            if command == "DATA":
                self.take()
            elif command == "QUIT":
                return self.say("221 bye")
            elif command == "RCPT":
                self.say(self.server.answer)
            else:
                self.say("250 ok")
        return None

    def take(self) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        self.server.mails.append(b"".join(lines))
        self.server.wait("taken")
        self.say("250 taken")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.mails: list[bytes] = []
        self.answer = "250 ok"
        self.silent_at = ""
        self.reached = threading.Event()
        self.go_on = threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def wait(self, step: str) -> None:
        """Fall silent at this step if the test wants that, until it says otherwise."""
        if step == self.silent_at:
            self.reached.set()
            self.go_on.wait(60)

    def handle_error(self, request, client_address) -> None:
        """The other side is gone: that is what some tests are about."""


@contextmanager
def mail_server():
    server = Server()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.go_on.set()
    server.shutdown()
    server.server_close()
    thread.join()

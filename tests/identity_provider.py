"""A small OpenID Connect provider on 127.0.0.1, which signs in whom the test says."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET, CODE, TOKEN = "marketplace", "geheim", "code-1", "token-1"


class IdentityProvider(ThreadingHTTPServer):
    """The person, and what was asked of the token endpoint."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.person: dict[str, Any] = {"sub": "4711", "email": "erika@test.example"}
        self.person |= {"given_name": "Erika", "family_name": "Muster", "email_verified": True}
        self.asked: dict[str, str] = {}

    def app(self, *, trust_email: bool) -> str:
        entry = {"id": "stadt", "name": "Stadt-Login", "server_url": self.url, "client_id": CLIENT}
        return json.dumps([entry | {"secret": SECRET, "trust_email": trust_email}])

    def id_token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300} | self.person
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "k"})


class Answers(BaseHTTPRequestHandler):
    server: IdentityProvider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        match parts.path:
            case "/.well-known/openid-configuration":
                names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
                ends = {f"{key}_endpoint": f"{self.server.url}/{n}" for key, n in names.items()}
                jwks = {"issuer": self.server.url, "jwks_uri": f"{self.server.url}/jwks"}
                self.answer(ends | jwks)
            case "/authorize":
                query = {key: values[0] for key, values in parse_qs(parts.query).items()}
                assert query["client_id"] == CLIENT
                self.server.asked = query
                back = urlencode({"code": CODE, "state": query["state"]})
                self.send_response(302)
                self.send_header("Location", f"{query['redirect_uri']}?{back}")
                self.end_headers()
            case "/jwks":
                public = jwt.algorithms.RSAAlgorithm.to_jwk(self.server.key.public_key(), True)
                self.answer({"keys": [public | {"kid": "k", "alg": "RS256", "use": "sig"}]})
            case "/userinfo" if self.headers["Authorization"] == f"Bearer {TOKEN}":
                self.answer(self.server.person)
            case _:
                self.answer({"error": "invalid_request"}, 400)

    def do_POST(self) -> None:
        body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        given = {key: values[0] for key, values in body.items()}
        if (given.get("code"), given.get("client_secret")) != (CODE, SECRET):
            return self.answer({"error": "invalid_client"}, 401)
        assert given["redirect_uri"] == self.server.asked["redirect_uri"]
        assert given["code_verifier"]
        token = {"access_token": TOKEN, "token_type": "Bearer", "expires_in": 300}
        return self.answer(token | {"id_token": self.server.id_token()})

    def answer(self, content: dict[str, Any], status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *_: Any) -> None:
        """Stay silent."""


@contextmanager
def running() -> Iterator[IdentityProvider]:
    with IdentityProvider() as provider:
        threading.Thread(target=provider.serve_forever, daemon=True).start()
        yield provider
        provider.shutdown()

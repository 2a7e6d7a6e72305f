"""A real mail server and a stand-in for GOV.UK Notify, on this machine."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.servers import free_port

USER, PASSWORD = "portal", "hunter two"


@dataclass
class Postbox:
    """A mail server's handler: keeps what comes, and answers as it is told."""

    answer: str = "250 taken"
    refused: frozenset[str] = frozenset()
    letters: list[tuple[str, bytes]] = field(default_factory=list)

    async def handle_RCPT(self, _server: Any, _session: Session, envelope: Envelope, to: str, _options: Any) -> str:
        """Refuse whom it does not know."""
        if to in self.refused:
            return "550 nobody here"
        envelope.rcpt_tos.append(to)
        return "250 known"

    async def handle_DATA(self, _server: Any, _session: Session, envelope: Envelope) -> str:
        """Keep a letter."""
        if self.answer.startswith("250"):
            assert isinstance(envelope.original_content, bytes)
            self.letters.append((envelope.rcpt_tos[0], envelope.original_content))
        return self.answer


def _sign_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    is_right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)


@contextmanager
def mail_server(postbox: Postbox, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Run a mail server until the block ends; gives its port. With `tls` it asks for STARTTLS and a password."""
    more: dict[str, Any] = {}
    if tls is not None:
        more = {"tls_context": tls, "require_starttls": True, "auth_required": True, "authenticator": _sign_in}
    server = Controller(postbox, hostname="127.0.0.1", port=free_port(), **more)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Return a context for a server called localhost, and the file by which to trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    trusted, private = folder / "trusted.pem", folder / "private.pem"
    trusted.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, private)
    return context, trusted


@dataclass
class NotifyStub:
    """What Notify was asked, and what it answers."""

    status: int = 201
    asked: list[tuple[str, dict[str, str], dict[str, Any], int]] = field(default_factory=list)


@contextmanager
def notify_server(stub: NotifyStub) -> Iterator[str]:
    """Run a stand-in for GOV.UK Notify until the block ends; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        """Answers as Notify's documentation says."""

        def do_POST(self) -> None:
            """Note what was asked."""
            length = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(length))
            stub.asked.append((self.path, dict(self.headers.items()), body, length))
            error = {"status_code": stub.status, "errors": [{"error": "BadRequestError", "message": "asha@x.example"}]}
            answer = json.dumps({"id": "1"} if stub.status == 201 else error).encode()
            self.send_response(stub.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

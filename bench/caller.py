"""Calls a WSGI application as a server would, without a server: a small browser with cookies, and a stop-watch."""

import io
import re
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Form = Mapping[str, str | list[str]]
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="csrf_token"')


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def location(self) -> str:
        """Where it sends us, without the host."""
        found = next((value for name, value in self.headers if name.lower() == "location"), "")
        return re.sub(r"^https?://[^/]+", "", found)

    @property
    def token(self) -> str:
        """The form's token."""
        found = TOKEN.search(self.body.decode())
        return (found[1] or found[2]) if found else ""


@dataclass
class Caller:
    """One visitor of one application in this process."""

    app: Application
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self.send(self.environ("GET", path), b"")

    def post(self, path: str, form: Form) -> Answer:
        """Send a form."""
        body = urlencode(form, doseq=True).encode()
        return self.send(self.environ("POST", path, len(body)), body)

    def environ(self, method: str, path: str, length: int = 0) -> dict[str, Any]:
        """Return what a server would tell the application."""
        return {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT": "text/html",
            "HTTP_COOKIE": self.cookie_line,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(length),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }

    @property
    def cookie_line(self) -> str:
        """The cookies as a browser sends them."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def send(self, environ: dict[str, Any], body: bytes) -> Answer:
        """Call the application once, and keep its cookies."""
        told: list[Any] = []
        environ = environ | {"wsgi.input": io.BytesIO(body)}
        chunks = self.app(environ, lambda status, headers, _fault=None: told.append((status, headers)))
        content = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        status, headers = told[-1]
        for name, value in headers:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";", 1)[0]
        return Answer(int(status.split(" ", 1)[0]), headers, content)

    def cpu_milliseconds(self, environ: dict[str, Any], body: bytes, expected: int, times: int) -> float:
        """Return the median of the processor time that one call takes, after a warm-up."""
        taken = []
        for number in range(times + times // 5):
            started = time.process_time_ns()
            answer = self.send(environ, body)
            spent = time.process_time_ns() - started
            if answer.status != expected:
                raise RuntimeError(f"{environ['PATH_INFO']} answered {answer.status}, not {expected}")
            if number >= times // 5:
                taken.append(spent / 1e6)
        return statistics.median(taken)

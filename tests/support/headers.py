"""Does this answer carry our security headers? Raises AssertionError naming the header."""

from collections.abc import Mapping

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}
PERSONAL = ("/apply", "/follow-up", "/staff")


def check_headers(path: str, headers: Mapping[str, str], cookies: list[str], *, secure: bool) -> None:
    """Check one answer; `path` is the address asked for, `cookies` its Set-Cookie lines, `secure` whether over TLS."""
    for name, value in ALWAYS.items():
        assert headers.get(name) == value, f"{path}: {name} is {headers.get(name)!r}, not {value!r}"
    assert "camera=()" in headers.get("Permissions-Policy", ""), f"{path}: Permissions-Policy does not turn all off"
    check_policy(path, headers.get("Content-Security-Policy", ""))
    if secure:
        assert "max-age=" in headers.get("Strict-Transport-Security", ""), f"{path}: no HSTS over TLS"
    if any(part in path for part in PERSONAL):
        assert "no-store" in headers.get("Cache-Control", ""), f"{path}: a personal page may be stored"
    for cookie in cookies:
        check_cookie(path, cookie)


def check_policy(path: str, policy: str) -> None:
    """Check the content security policy."""
    given = dict(part.strip().split(" ", 1) for part in policy.split(";") if " " in part.strip())
    for name, value in POLICY.items():
        assert given.get(name) == value, f"{path}: the policy says {name} {given.get(name)!r}, not {value!r}"
    assert "unsafe" not in policy, f"{path}: the policy lets something unsafe in: {policy}"
    assert "*" not in policy, f"{path}: the policy is open: {policy}"


def check_cookie(path: str, cookie: str) -> None:
    """Check that scripts cannot read a cookie, and that other sites cannot send it."""
    parts = {part.strip().lower() for part in cookie.split(";")}
    name = cookie.split("=", 1)[0]
    assert "httponly" in parts, f"{path}: scripts can read the cookie {name}"
    assert parts & {"samesite=lax", "samesite=strict"}, f"{path}: the cookie {name} goes with other sites' requests"
    assert "secure" in parts or not name.startswith("__"), f"{path}: the cookie {name} is not Secure"

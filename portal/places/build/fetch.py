"""Fetch the official files from their publishers and build the place file from them."""

from __future__ import annotations

import ipaddress
import tempfile
import time
from datetime import date
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from portal.places.build.addresses import Addresses
from portal.places.build.builder import Report, build
from portal.places.fault import PlacesFault

MOST_BYTES = 1_500_000_000
CHUNK = 1 << 16
SILENCE_SECONDS = 30.0
WHOLE_SECONDS = 1_800.0
WHO = "dsr-portal"


class OnlySafeRedirects(HTTPRedirectHandler):
    """Follow a publisher to its download host, but never from https to plain http."""

    def redirect_request(  # noqa: PLR0917  # urllib's own signature
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        check_address(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def update(
    addresses: Addresses,
    out: Path,
    *,
    today: date,
    sample: bool = False,
) -> Report:
    """Fetch every file that has an address and build. Raises PlacesFault, and changes nothing, where one is broken."""
    with tempfile.TemporaryDirectory(prefix="places-") as folder:
        found = {
            name: fetch(address, Path(folder) / name)
            for name, address in (
                ("code_point.zip", addresses.code_point),
                ("onspd", addresses.directory),
                ("sub_icbs.csv", addresses.sub_icbs),
                ("epraccur.csv", addresses.practices),
            )
            if address
        }
        postcodes = [found[name] for name in ("code_point.zip", "onspd") if name in found]
        return build(postcodes, found["epraccur.csv"], found.get("sub_icbs.csv"), out, today=today, sample=sample)


def fetch(address: str, to: Path, most_bytes: int = MOST_BYTES) -> Path:
    """Save one file whole. Raises PlacesFault where the address is not safe, or the answer is too big or cut short."""
    check_address(address)
    request = Request(address, headers={"User-Agent": WHO})  # noqa: S310  # check_address allows https alone
    try:
        with build_opener(OnlySafeRedirects).open(request, timeout=SILENCE_SECONDS) as answer, to.open("wb") as file:
            expected = answer.headers.get("Content-Length")
            got = _save(answer, file, most_bytes, address)
    except HTTPError as fault:
        fault.close()
        raise PlacesFault(f"{address}: the publisher answered {fault.code} {fault.reason}") from fault
    except (URLError, HTTPException, TimeoutError, OSError) as fault:
        raise PlacesFault(f"{address}: could not be fetched ({getattr(fault, 'reason', fault)})") from fault
    if expected is not None and int(expected) != got:
        raise PlacesFault(f"{address}: {got:,} of {int(expected):,} bytes came: the download is cut short")
    return to


def check_address(address: str) -> None:
    """Refuse what is neither https nor on this machine. Raises PlacesFault."""
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and _on_this_machine(parts.hostname or "")):
        return
    raise PlacesFault(f"{address}: only https addresses are fetched")


def _save(answer: IO[bytes], file: IO[bytes], most_bytes: int, address: str) -> int:
    got, started = 0, time.monotonic()
    while chunk := answer.read(CHUNK):
        got += len(chunk)
        if got > most_bytes or time.monotonic() - started > WHOLE_SECONDS:
            raise PlacesFault(f"{address}: larger than {most_bytes:,} bytes, or slower than half an hour")
        file.write(chunk)
    return got


def _on_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

"""Fetching the official files, from a server on this machine."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from portal.places.build.addresses import Addresses
from portal.places.build.fetch import check_address, fetch, update
from portal.places.current import CurrentPlaces
from portal.places.fault import PlacesFault
from portal.places.place_file import PlaceFile
from tests.support.official import TODAY, Official


class Publisher(BaseHTTPRequestHandler):
    """Serves the files of one folder, redirects, and breaks off where it is told to."""

    folder = Path()

    def do_GET(self) -> None:
        """Answer as the path asks."""
        _, what, name = self.path.split("/", 2)
        if what == "moved":
            self.send_response(302)
            self.send_header("Location", f"/whole/{name}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if what == "elsewhere":
            self.send_response(302)
            self.send_header("Location", "http://example.org/")
            self.end_headers()
            return
        path = self.folder / name
        if not path.exists():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if what == "short" else content)

    def log_message(self, *_told: object) -> None:
        """Keep quiet."""


@pytest.fixture
def publisher(sample: Official, loopback: None) -> Iterator[str]:
    """The address of a server of the sample's files."""
    handler = type("Handler", (Publisher,), {"folder": sample.code_point.parent})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def addresses(publisher: str, how: str = "whole") -> Addresses:
    return Addresses(
        code_point=f"{publisher}/{how}/codepo.zip",
        practices=f"{publisher}/whole/epraccur.csv.gz",
        sub_icbs=f"{publisher}/whole/sub_icbs.csv",
    )


def test_the_files_are_fetched_and_built(publisher: str, tmp_path: Path) -> None:
    out = tmp_path / "places.sqlite"
    report = update(addresses(publisher), out, today=TODAY, sample=True)
    assert report.counts.surgeries == 5
    assert PlaceFile.load(out).council_of("SE5 8AF") is not None


def test_a_redirect_is_followed(publisher: str, tmp_path: Path) -> None:
    update(addresses(publisher, "moved"), tmp_path / "places.sqlite", today=TODAY, sample=True)
    assert (tmp_path / "places.sqlite").exists()


@pytest.mark.parametrize(
    ("how", "why"), [("short", "cut short"), ("elsewhere", "only https"), ("whole/missing", "answered 404")]
)
def test_a_download_that_fails_changes_nothing(publisher: str, tmp_path: Path, how: str, why: str) -> None:
    out = tmp_path / "places.sqlite"
    update(addresses(publisher), out, today=TODAY, sample=True)
    before = out.read_bytes()
    with pytest.raises(PlacesFault, match=why):
        update(addresses(publisher, how), out, today=TODAY, sample=True)
    assert out.read_bytes() == before


def test_a_download_larger_than_allowed_is_stopped(publisher: str, tmp_path: Path) -> None:
    with pytest.raises(PlacesFault, match="larger than 100 bytes"):
        fetch(f"{publisher}/whole/codepo.zip", tmp_path / "file", most_bytes=100)


def test_a_publisher_that_is_away_is_named(loopback: None, tmp_path: Path) -> None:
    with pytest.raises(PlacesFault, match=r"127\.0\.0\.1:9/.*could not be fetched"):
        fetch("http://127.0.0.1:9/codepo.zip", tmp_path / "file")


@pytest.mark.parametrize("address", ["http://example.org/a", "ftp://127.0.0.1/a", "file:///etc/passwd", "codepo.zip"])
def test_only_https_is_fetched(address: str) -> None:
    with pytest.raises(PlacesFault, match="only https"):
        check_address(address)


def test_the_official_addresses_are_https() -> None:
    check_address(Addresses().code_point)
    check_address(Addresses().practices)


def test_a_newer_place_file_is_taken_up_without_a_restart(publisher: str, tmp_path: Path) -> None:
    current = CurrentPlaces(tmp_path / "places.sqlite")
    assert current.file() is None
    update(addresses(publisher), current.path, today=TODAY, sample=True)
    first = current.file()
    assert first is not None
    assert current.file() is first
    update(addresses(publisher), current.path, today=TODAY, sample=True)
    assert current.file() is not first


def test_a_damaged_place_file_leaves_the_last_good_one_in_use(publisher: str, tmp_path: Path) -> None:
    current = CurrentPlaces(tmp_path / "places.sqlite")
    update(addresses(publisher), current.path, today=TODAY, sample=True)
    good = current.file()
    current.path.write_bytes(b"damaged")
    assert current.file() is good
    assert "not a place file" in current.fault
    assert good is not None
    assert good.council_of("SE5 8AF") is not None
    assert good.surgeries.search("highwoods")[0].code == "F81001"


def test_a_place_file_of_the_format_before_counts_as_none_and_is_told_of(publisher: str, tmp_path: Path) -> None:
    (tmp_path / "places.bin").write_bytes(b"DSRPLACE")
    current = CurrentPlaces(tmp_path / "places.sqlite")
    assert current.file() is None
    assert current.fault.startswith("places.bin is of the format before")
    update(addresses(publisher), current.path, today=TODAY, sample=True)
    assert current.file() is not None
    assert current.fault == ""

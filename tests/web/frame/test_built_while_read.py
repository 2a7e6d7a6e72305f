"""A build while a portal starts or runs: whoever reads finds the old files or the new ones, never a half."""

import json
import subprocess
from pathlib import Path

from tests.support.node import node
from tests.support.tree import ROOT

MOVE_IN = "import { moveIn } from %s; moveIn(...process.argv.slice(1));"


def a_build(folder: Path, *names: str) -> Path:
    """Write what a build makes: files named by their content, and the manifest that names them."""
    for name in (*names, "fonts/Letters.ttf"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    manifest = {name.split(".")[0]: {"path": name, "integrity": ""} for name in names}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def move_in(fresh: Path, out: Path) -> None:
    script = MOVE_IN % json.dumps((ROOT / "static" / "move-in.mjs").as_uri())
    command = [node(), "--input-type=module", "-e", script, str(fresh), str(out)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own script, and a node found by name


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_what_the_old_manifest_names_stays_until_the_build_after(tmp_path: Path) -> None:
    out = tmp_path / "build"
    move_in(a_build(tmp_path / "one", "portal.1.css", "pictures/home.1.svg"), out)
    move_in(a_build(tmp_path / "two", "portal.2.css", "pictures/home.1.svg"), out)
    assert json.loads((out / "manifest.json").read_text())["portal"]["path"] == "portal.2.css"
    assert {"portal.1.css", "portal.2.css", "pictures/home.1.svg", "fonts/Letters.ttf"} < files(out)
    move_in(a_build(tmp_path / "three", "portal.3.css", "pictures/home.1.svg"), out)
    assert "portal.1.css" not in files(out)
    assert not (tmp_path / "three").exists()

"""Make the place file from the official files. Whatever is wrong with one of them, the file in use stays as it is."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from portal.places.build.collect import Gathered, gather
from portal.places.build.official.code_point import is_code_point, open_code_point
from portal.places.build.official.directory import open_directory
from portal.places.build.official.practices import Practices, read_practices
from portal.places.build.official.sub_icbs import SubIcbs, read_sub_icbs
from portal.places.build.tables import write_tables
from portal.places.fault import BadPlaceFile, BadSource, PlacesFault
from portal.places.place_file import Counts, PlaceFile, Source

FEWEST_SURGERIES = 5_000
FIRST_LETTERS = frozenset("ABCDEFGHJKLMNPY")
"""English practices' codes begin with the letter of a region of old, or with Y; the file is sorted by them."""
FEWEST_POSTCODES = 1_000_000
"""What a directory that stands alone must hold: England has about 1.5 million live postcodes."""
MAY_SHRINK_TO = 0.9
CODE_POINT, DIRECTORY, SUB_ICBS, PRACTICES = (
    "OS Code-Point Open",
    "ONS Postcode Directory",
    "ONS look-up of small areas to sub-ICB locations",
    "NHS Organisation Data Service: GP practices (epraccur)",
)


@dataclass(frozen=True)
class Report:
    """What was built, for the person who built it."""

    path: Path
    counts: Counts
    sources: tuple[Source, ...]
    file_bytes: int
    warnings: tuple[str, ...] = field(default=())

    def in_words(self) -> str:
        """Return a few lines to print."""
        held = self.counts
        lines = [
            f"Built {self.path} ({self.file_bytes:,} bytes)",
            f"  {held.postcodes:,} postcodes in {held.councils:,} councils, {held.ended:,} ended postcodes",
            f"  {held.with_sub_icb:,} postcodes with their sub-ICB, {held.surgeries:,} GP surgeries",
            *(f"  from {source.title}, {source.version}" for source in self.sources),
            *(f"  Note: {warning}" for warning in self.warnings),
        ]
        return "\n".join(lines)


def build(
    postcodes: Path | Sequence[Path],
    gps: Path,
    sub_icbs: Path | None,
    out: Path,
    *,
    today: date,
    sample: bool = False,
) -> Report:
    """Build the place file and put it in place of the one in use.

    `postcodes` is a Code-Point Open zip, an ONS postcode directory, or both. `sample` lets a part of the country
    through, for tests and trials. Raises PlacesFault, and changes nothing, where a file is broken, cut short, not what
    it should be, or older than the one in use.
    """
    files = [postcodes] if isinstance(postcodes, Path) else list(postcodes)
    look_up = read_sub_icbs(sub_icbs) if sub_icbs else SubIcbs()
    editions = [path for path in files if is_code_point(path)]
    directories = [path for path in files if path not in editions]
    if len(editions) > 1 or len(directories) > 1 or not files:
        raise PlacesFault("Give one Code-Point Open zip, one ONS postcode directory, or one of each.")
    code_point = open_code_point(editions[0]) if editions else None
    directory = open_directory(directories[0]) if directories else None
    practices = read_practices(gps, today)
    gathered = gather(code_point, directory, look_up, (practice.postcode for practice in practices.open))
    sources = tuple(
        Source(title, version, _attribution(title, version))
        for title, version in (
            (CODE_POINT, code_point.version if code_point else ""),
            (DIRECTORY, directory.version if directory else ""),
            (SUB_ICBS, look_up.version),
            (PRACTICES, practices.version),
        )
        if version
    )
    warnings = [] if sample else _check_size(gathered, practices, directories[0] if not editions else None, gps)
    if code_point and code_point.missing_areas and not directory:
        missing = code_point.missing_areas
        warnings.append(
            f"{code_point.path.name} leaves out {len(missing)} postcode areas ({', '.join(missing)}). "
            "There the outward-code table serves, and the person is asked."
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as folder:
        beside = Path(folder) / out.name
        write_tables(beside, gathered, practices.open, sources, today)
        built = PlaceFile.load(beside)
        warnings += _check_against(out, built)
        swap_in(beside, out)
    return Report(out, built.counts, sources, out.stat().st_size, tuple(warnings))


def swap_in(beside: Path, out: Path) -> None:
    """Put a finished file in the place of the one in use, in one step that a power cut cannot halve."""
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    beside.chmod(0o644)
    beside.replace(out)


def _check_size(gathered: Gathered, practices: Practices, alone: Path | None, gps: Path) -> list[str]:
    if len(practices.open) < FEWEST_SURGERIES:
        raise BadSource(
            gps.name,
            f"only {len(practices.open):,} open GP practices, where England has over 6,000: the file is cut short",
        )
    missing = sorted(FIRST_LETTERS - {practice.code[0] for practice in practices.open})
    if missing:
        raise BadSource(gps.name, f"no open GP practice has a code in {', '.join(missing)}: the file is cut short")
    if alone and len(gathered.homes) < FEWEST_POSTCODES:
        raise BadSource(alone.name, f"only {len(gathered.homes):,} postcodes in England: the file is cut short")
    return list(gathered.notes)


def _check_against(out: Path, built: PlaceFile) -> list[str]:
    """Refuse what is older or much smaller than the file in use."""
    if not out.exists():
        return []
    try:
        used = PlaceFile.load(out)
    except BadPlaceFile as fault:
        return [f"The file in use could not be read and was replaced ({fault})."]
    new = {source.title: source.version for source in built.sources}
    for source in used.sources:
        version = new.get(source.title)
        if version and _order(version) < _order(source.version):
            raise PlacesFault(f"{source.title} {version} is older than {source.version}, which is in use.")
    for name in ("postcodes", "ended", "with_sub_icb", "councils", "surgeries"):
        was, now = getattr(used.counts, name), getattr(built.counts, name)
        if now < was * MAY_SHRINK_TO:
            raise PlacesFault(
                f"{name.replace('_', ' ').capitalize()}: {now:,}, where the file in use holds {was:,}. "
                f"If that is meant, remove {out.name} and build again."
            )
    return []


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.replace("-", ".").split("."))


def _attribution(title: str, version: str) -> str:
    year = version[:4]
    royal_mail = f"Contains Royal Mail data © Royal Mail copyright and database right {year}."
    ordnance_survey = f"Contains OS data © Crown copyright and database right {year}."
    statistics = "Source: Office for National Statistics licensed under the Open Government Licence v.3.0."
    return {
        CODE_POINT: f"{ordnance_survey} {royal_mail} {statistics}",
        DIRECTORY: f"{ordnance_survey} {royal_mail} {statistics}",
        SUB_ICBS: f"{statistics} {ordnance_survey}",
        PRACTICES: "Contains NHS ODS data under the Open Government Licence v.3.0.",
    }[title]

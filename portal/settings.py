"""Everything a deployment may set, read once from the environment.

A setting that cannot be used stops the start with a plain sentence; so does one that nobody knows, since a misspelt
name would otherwise be silently ignored.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portal.mail.settings import KNOWN as MAIL_SETTINGS
from portal.mail.settings import MailFault, MailSettings, read_mail
from portal.places.build.addresses import Addresses

PREFIX = "PORTAL_"
SECRETS_FILE = "secrets.json"
DEMO_FILE = "demo.json"
SECRET_BYTES = 32
FOR_OTHERS = frozenset({"PORTAL_TEST_DATA"})
"""Names with our prefix that are not for the service: the tests read them."""


class SettingsFault(Exception):
    """A setting that cannot be used, in a sentence that says what to change."""


@dataclass(frozen=True)
class Settings:
    """What a deployment has set. `secret_key` signs cookies; `pepper` goes into every passphrase and code digest."""

    instance: Path
    database_url: str
    secret_key: bytes
    pepper: bytes
    demo: bool = False
    tls: bool = True
    nhs_logo: bool = False
    languages: tuple[str, ...] = ("en",)
    areas_dir: Path | None = None
    pictures_dir: Path | None = None
    translations_dir: Path = Path(__file__).resolve().parent.parent / "translations"
    home_area: str | None = None
    """The one area this deployment is for: its lines and contacts come first; homes elsewhere are still sent on."""
    places: Addresses = field(default_factory=Addresses)
    mail: MailSettings = field(default_factory=MailSettings)
    build_dir: Path = Path(__file__).resolve().parent.parent / "static" / "build"

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings. Raises SettingsFault."""
        unknown = sorted(name for name in environ if name.startswith(PREFIX) and name not in KNOWN | FOR_OTHERS)
        if unknown:
            raise SettingsFault(f"Nobody knows the setting {unknown[0]}. The settings are: {', '.join(sorted(KNOWN))}.")
        instance = instance_folder(environ)
        kept = kept_secrets(instance)
        demo = _is_demo(environ, instance)
        return cls(
            instance=instance,
            database_url=environ.get("PORTAL_DATABASE_URL") or f"sqlite:///{instance / 'portal.db'}",
            secret_key=_secret(environ, "PORTAL_SECRET_KEY", kept),
            pepper=_secret(environ, "PORTAL_PEPPER", kept),
            demo=demo,
            tls=_switch(environ, "PORTAL_TLS", default=not demo),
            nhs_logo=_switch(environ, "PORTAL_NHS_LOGO", default=False),
            languages=_languages(environ),
            areas_dir=_folder(environ, "PORTAL_AREAS_DIR"),
            pictures_dir=_folder(environ, "PORTAL_PICTURES_DIR"),
            translations_dir=_folder(environ, "PORTAL_TRANSLATIONS_DIR") or cls.translations_dir,
            home_area=environ.get("PORTAL_HOME_AREA") or None,
            places=places_addresses(environ),
            mail=_mail(environ),
        )

    @property
    def cookie_prefix(self) -> str:
        """`__Host-` ties a cookie to this host over TLS; browsers refuse the prefix without TLS."""
        return "__Host-" if self.tls else ""


KNOWN = MAIL_SETTINGS | frozenset(
    {
        "PORTAL_INSTANCE",
        "PORTAL_DATABASE_URL",
        "PORTAL_SECRET_KEY",
        "PORTAL_PEPPER",
        "PORTAL_DEMO",
        "PORTAL_TLS",
        "PORTAL_NHS_LOGO",
        "PORTAL_LANGUAGES",
        "PORTAL_AREAS_DIR",
        "PORTAL_PICTURES_DIR",
        "PORTAL_TRANSLATIONS_DIR",
        "PORTAL_HOME_AREA",
        "PORTAL_PLACES_CODE_POINT",
        "PORTAL_PLACES_DIRECTORY",
        "PORTAL_PLACES_SUB_ICBS",
        "PORTAL_PLACES_PRACTICES",
    }
)


def instance_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder with all state."""
    return Path(environ.get("PORTAL_INSTANCE") or "instance").resolve()


def places_addresses(environ: Mapping[str, str]) -> Addresses:
    """Return where the official files of places are; what is not set lies where its publisher puts it."""
    official = Addresses()
    return Addresses(
        code_point=environ.get("PORTAL_PLACES_CODE_POINT") or official.code_point,
        practices=environ.get("PORTAL_PLACES_PRACTICES") or official.practices,
        directory=environ.get("PORTAL_PLACES_DIRECTORY", ""),
        sub_icbs=environ.get("PORTAL_PLACES_SUB_ICBS", ""),
    )


def kept_secrets(instance: Path) -> Mapping[str, str]:
    """Return the secrets that `make_secrets` left in the instance folder, or nothing."""
    try:
        kept: Mapping[str, str] = json.loads((instance / SECRETS_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return kept


def make_secrets(instance: Path) -> None:
    """Make the signing key and the pepper, readable by this user alone. Does nothing where they exist already."""
    path = instance / SECRETS_FILE
    if path.exists():
        return
    instance.mkdir(parents=True, exist_ok=True)
    made = {name: secrets.token_hex(SECRET_BYTES) for name in ("PORTAL_SECRET_KEY", "PORTAL_PEPPER")}
    path.touch(mode=0o600)
    path.write_text(json.dumps(made), encoding="utf-8")


def _is_demo(environ: Mapping[str, str], instance: Path) -> bool:
    """Say whether this is a demonstration: with passphrases in demo.json, an instance never passes for a real one."""
    has_demo_teams = (instance / DEMO_FILE).exists()
    chosen = _switch(environ, "PORTAL_DEMO", default=has_demo_teams)
    if has_demo_teams and not chosen:
        raise SettingsFault(
            f"{instance} holds demonstration teams, so it cannot serve real people. "
            "Choose another PORTAL_INSTANCE, or leave PORTAL_DEMO out."
        )
    return chosen


def _mail(environ: Mapping[str, str]) -> MailSettings:
    try:
        return read_mail(environ)
    except MailFault as fault:
        raise SettingsFault(str(fault)) from None


def _secret(environ: Mapping[str, str], name: str, kept: Mapping[str, str]) -> bytes:
    text = environ.get(name) or kept.get(name)
    if not text:
        raise SettingsFault(f"Set {name} to 64 hexadecimal digits, or run `portal init` to make one.")
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = b""
    if len(secret) != SECRET_BYTES:
        raise SettingsFault(f"{name} must be 64 hexadecimal digits.")
    return secret


def _switch(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = environ.get(name, "").strip().lower()
    if text in ("", "0", "no", "off", "1", "yes", "on"):
        return default if text == "" else text in ("1", "yes", "on")
    raise SettingsFault(f"{name} must be 1 or 0, not {text}.")


def _folder(environ: Mapping[str, str], name: str) -> Path | None:
    text = environ.get(name)
    if not text:
        return None
    folder = Path(text).resolve()
    if not folder.is_dir():
        raise SettingsFault(f"{name} names a folder that is not there: {folder}.")
    return folder


def _languages(environ: Mapping[str, str]) -> tuple[str, ...]:
    names = tuple(environ.get("PORTAL_LANGUAGES", "en").replace(",", " ").split())
    if not names or any(not name.replace("-", "").isalnum() for name in names):
        raise SettingsFault("PORTAL_LANGUAGES must be language codes, like: en pl")
    return names

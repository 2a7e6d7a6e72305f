"""How mail leaves: what is set, what stops the start, and `portal send` with a real mail server."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.database.engine import make_engine, writing
from portal.database.schema import upgrade
from portal.mail.outbox import post
from portal.mail.settings import MailFault, read_mail
from portal.mail.smtp import SmtpSender
from portal.settings import make_secrets
from tests.mail.mail_servers import Postbox, mail_server
from tests.support.teams import NOW, a_team

SITE = {"PORTAL_SITE": "https://dsr.example.nhs.uk/"}
SMTP = {"PORTAL_MAIL": "smtp", "PORTAL_SMTP_HOST": "mail.x.example", "PORTAL_MAIL_FROM": "dsr@x.example", **SITE}
NOTIFY = {"PORTAL_MAIL": "notify", "PORTAL_NOTIFY_EMAIL_TEMPLATE": "t", "PORTAL_NOTIFY_KEY": "k" * 80, **SITE}


def test_without_settings_mail_waits() -> None:
    assert read_mail({}).sender(lambda: NOW) is None


def test_smtp_is_encrypted_unless_the_server_is_here() -> None:
    assert read_mail(SMTP).smtp.port == 587  # type: ignore[union-attr]  # it is set
    assert read_mail(SMTP | {"PORTAL_SMTP_TLS": "tls"}).smtp.port == 465  # type: ignore[union-attr]  # it is set
    assert isinstance(read_mail(SMTP).sender(lambda: NOW), SmtpSender)
    with pytest.raises(MailFault, match="on this machine"):
        read_mail(SMTP | {"PORTAL_SMTP_TLS": "none"})


def test_a_secret_may_lie_in_a_file_and_is_never_shown(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("hunter two\n")
    read = read_mail(SMTP | {"PORTAL_SMTP_USER": "u", "PORTAL_SMTP_PASSWORD_FILE": str(secret)})
    assert read.smtp
    assert read.smtp.password == "hunter two"
    assert "hunter" not in repr(read)
    assert "kkkk" not in repr(read_mail(NOTIFY))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"PORTAL_MAIL": "pigeon"}, "PORTAL_MAIL must be one of"),
        ({"PORTAL_SITE": ""}, "Set PORTAL_SITE"),
        ({"PORTAL_SITE": "dsr.example"}, "without a path"),
        ({"PORTAL_SITE": "https://x.example/dsr"}, "without a path"),
        ({"PORTAL_SMTP_HOST": ""}, "Set PORTAL_SMTP_HOST"),
        ({"PORTAL_MAIL_FROM": "nobody"}, "e-mail address"),
        ({"PORTAL_SMTP_PORT": "high"}, "must be a port"),
        ({"PORTAL_SMTP_TLS": "perhaps"}, "starttls, tls or none"),
        ({"PORTAL_SMTP_USER": "u"}, "Set PORTAL_SMTP_PASSWORD"),
        ({"PORTAL_SMTP_USER": "u", "PORTAL_SMTP_PASSWORD_FILE": "/nowhere"}, "cannot be read"),
        (NOTIFY | {"PORTAL_NOTIFY_KEY": "short"}, "not a whole key"),
        (NOTIFY | {"PORTAL_NOTIFY_EMAIL_TEMPLATE": ""}, "Set PORTAL_NOTIFY_EMAIL_TEMPLATE"),
    ],
)
def test_what_cannot_be_used_stops_the_start_with_a_sentence(change: dict[str, str], words: str) -> None:
    with pytest.raises(MailFault, match=words):
        read_mail(SMTP | change)


def test_the_command_sends_by_a_real_mail_server_and_says_how_mail_stands(
    database: None, loopback: None, tmp_path: Path
) -> None:
    make_secrets(tmp_path)
    engine, postbox = make_engine(f"sqlite:///{tmp_path / 'portal.db'}"), Postbox()
    upgrade(engine)
    a_team(engine)
    with writing(engine) as session:
        post(session, "referral.waiting", NOW, team="team-a", reference="AB3-7KM-X2Q")
    engine.dispose()
    env = {"PORTAL_INSTANCE": str(tmp_path)}
    waits = CliRunner().invoke(main, ["send"], env=env)
    assert waits.stdout == "mail: 0 sent, 2 waiting, 0 given up (PORTAL_MAIL is not set, so none is sent)\n"
    with mail_server(postbox) as port:
        local = {"PORTAL_SMTP_HOST": "127.0.0.1", "PORTAL_SMTP_PORT": str(port), "PORTAL_SMTP_TLS": "none"}
        sent = CliRunner().invoke(main, ["send"], env=env | SMTP | local)
    assert sent.stdout == "mail: 2 sent, 0 waiting, 0 given up\n"
    assert sorted(to for to, _ in postbox.letters) == ["person0@team-a.example", "person1@team-a.example"]
    assert b"AB3-7KM-X2Q" not in b"".join(raw for _, raw in postbox.letters)

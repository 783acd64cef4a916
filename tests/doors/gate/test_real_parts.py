"""Real mail programs through `askwell gate` to a real Postfix: swaks, msmtp, mutt, Python's own client."""

from __future__ import annotations

import smtplib
import ssl
import subprocess
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.doors.gate.conftest import Stand, Standing
from tests.postfix import PASSWORD, USER, Postfix, needs

from askwell.app import held, leaving

FRIEND = (
    "Hi Tom,\n\nMy flatmate Leo is looking for his first job and he would be perfect for you. Could you get"
    " him an interview at Harbour Analytics this month?\n\nBest,\nIngrid\n"
)
PLAIN = "Hi Tom,\n\nThe minutes from Tuesday are attached.\n\nBest,\nIngrid\n"
KARI = "Hei Kari!\n\nKan du skaffe vennen min en jobb hos dere?\n\nHilsen Ingrid\n"


@pytest.fixture
def gate(stand: Stand, postfix: Postfix) -> Standing:
    postfix.clear()
    return stand("--server", f"127.0.0.1:{postfix.port}", "--certificate", postfix.trust_file)


def swaks(
    port: int, body: str, *more: str, to: str = "tom@harbour.example"
) -> subprocess.CompletedProcess[str]:
    needs("swaks")
    words = [
        "swaks",
        "--timeout",
        "100s",
        "--server",
        f"127.0.0.1:{port}",
        "--from",
        "ingrid@example.org",
        "--to",
        to,
    ]
    words += ["--auth", "PLAIN", "--auth-user", USER, "--auth-password", PASSWORD, "--body", body, *more]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)


def test_swaks_is_held_with_a_reason_and_goes_when_sent_again(gate: Standing, postfix: Postfix) -> None:
    first = swaks(gate.port, FRIEND)
    refusal = next(line for line in first.stdout.splitlines() if "550 5.7.1" in line)
    assert "Askwell: Better not to send this to Tom" in refusal
    assert "send it again within an hour" in refusal
    assert first.returncode == 26  # "error after data"
    assert postfix.letters(1, 0.5) == []
    (kept,) = held.listed(gate.home)
    assert kept.verdict["verdict"] == "dont"
    assert kept.verdict["rewrite"]
    assert swaks(gate.port, FRIEND).returncode == 0
    (letter,) = postfix.letters(1)
    assert b"My flatmate Leo" in letter
    assert held.listed(gate.home)[0].passed


def test_swaks_passes_with_login_and_what_is_fine(gate: Standing, postfix: Postfix) -> None:
    assert swaks(gate.port, PLAIN, "--auth", "LOGIN").returncode == 0
    assert len(postfix.letters(1)) == 1
    assert "sent" in gate.stop()


def test_a_wrong_password_is_the_servers_own_no(gate: Standing) -> None:
    out = swaks(gate.port, PLAIN, "--auth-password", "wrong-password-9")
    assert "535 5.7.8" in out.stdout
    printed = gate.stop()
    assert "wrong-password-9" not in printed
    kept = b"".join(path.read_bytes() for path in gate.home.rglob("*") if path.is_file())
    assert b"wrong-password-9" not in kept


def test_a_recipient_that_the_server_refuses_is_refused_in_its_words(gate: Standing) -> None:
    out = swaks(gate.port, PLAIN, to="nobody@example.net")
    assert "550 5.1.1 <nobody@example.net>" in out.stdout
    assert "no such user" in out.stdout


def test_msmtp(gate: Standing, postfix: Postfix, tmp_path: Path) -> None:
    needs("msmtp")
    conf = tmp_path / "msmtprc"
    conf.write_text(
        f"account default\nhost 127.0.0.1\nport {gate.port}\nfrom ingrid@example.org\nauth plain\n"
        f"user {USER}\npassword {PASSWORD}\ntls off\n"
    )
    conf.chmod(0o600)

    def send(body: str) -> subprocess.CompletedProcess[str]:
        mail = f"From: ingrid@example.org\nTo: kari@nordlys.example\nSubject: Hei\n\n{body}"
        words = ["msmtp", "-C", str(conf), "-t"]
        return subprocess.run(words, input=mail, capture_output=True, text=True, check=False, timeout=120)

    refused = send(KARI)
    assert refused.returncode != 0
    assert "550 5.7.1 Askwell:" in refused.stderr
    assert refused.stderr.isascii()
    assert send(PLAIN).returncode == 0
    assert len(postfix.letters(1)) == 1


def test_mutt(gate: Standing, postfix: Postfix, tmp_path: Path) -> None:
    needs("mutt")
    conf = tmp_path / "muttrc"
    conf.write_text(
        f'set smtp_url="smtp://{USER}@127.0.0.1:{gate.port}/"\nset smtp_pass="{PASSWORD}"\n'
        'set from="ingrid@example.org"\nset use_from=yes\nset ssl_starttls=no\nset ssl_force_tls=no\n'
        f'set smtp_authenticators="plain"\nset record="{tmp_path / "sent"}"\n'
    )

    def send(body: str) -> subprocess.CompletedProcess[str]:
        words = ["mutt", "-n", "-F", str(conf), "-s", "Hei", "--", "tom@harbour.example"]
        return subprocess.run(words, input=body, capture_output=True, text=True, check=False, timeout=120)

    refused = send(FRIEND)
    assert refused.returncode != 0
    assert "Askwell" in refused.stdout + refused.stderr
    assert send(PLAIN).returncode == 0
    assert len(postfix.letters(1)) == 1


def test_tls_on_both_sides_with_a_certificate_of_the_gates_own(stand: Stand, postfix: Postfix) -> None:
    postfix.clear()
    for security, port in (("starttls", postfix.port), ("tls", postfix.tls)):
        gate = stand(
            *("--server", f"localhost:{port}", "--security", security, "--certificate", postfix.trust_file),
            *("--listen-security", security),
        )
        context = ssl.create_default_context(cafile=str(gate.home / "gate" / "certificate.pem"))
        made = smtplib.SMTP_SSL if security == "tls" else smtplib.SMTP
        more = {"context": context} if security == "tls" else {}
        with made("localhost", gate.port, timeout=120, **more) as client:
            if security == "starttls":
                client.starttls(context=context)
            client.login(USER, PASSWORD)
            client.sendmail(
                "ingrid@example.org", ["tom@harbour.example"], f"Subject: {security}\r\n\r\nHi Tom\r\n"
            )
    assert len(postfix.letters(2)) == 2


def test_smtputf8_and_dsn_are_the_servers_to_take(gate: Standing, postfix: Postfix) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ingrid@example.org", "tom@harbour.example", "Blåbær og rips"
    mail.set_content("Hei Tom, møtet er flyttet til fredag.\n", cte="8bit")
    with smtplib.SMTP("127.0.0.1", gate.port, timeout=120) as client:
        client.login(USER, PASSWORD)
        assert {"smtputf8", "8bitmime", "size", "dsn"} <= set(client.esmtp_features)
        client.mail("ingrid@example.org", ["SMTPUTF8", "BODY=8BITMIME", "RET=HDRS"])
        code, _ = client.rcpt("tom@harbour.example", ["NOTIFY=NEVER"])
        assert code == 250
        assert client.data(mail.as_bytes(policy=mail.policy.clone(utf8=True, linesep="\r\n")))[0] == 250
    (letter,) = postfix.letters(1)
    assert "Subject: Blåbær og rips".encode() in letter


def test_the_server_is_away_or_not_to_be_trusted(stand: Stand, postfix: Postfix) -> None:
    away = stand("--server", "127.0.0.1:9")
    assert "421 4.4.1 Askwell: 127.0.0.1:9 cannot be reached" in swaks(away.port, PLAIN).stdout
    strange = stand("--server", f"127.0.0.1:{postfix.port}")
    out = swaks(strange.port, PLAIN).stdout
    assert "421 4.4.1" in out
    assert "certificate is not to be trusted" in out


def test_the_full_verdict_comes_by_mail_if_wished(stand: Stand, postfix: Postfix) -> None:
    postfix.clear()
    server = ("--server", f"127.0.0.1:{postfix.port}", "--certificate", postfix.trust_file)
    gate = stand(*server, "--note", "ingrid@example.org", lang="nb")
    out = swaks(gate.port, KARI, to="kari@nordlys.example").stdout
    assert "550 5.7.1 Askwell:" in out
    (note,) = postfix.letters(1)
    assert b"Auto-Submitted: auto-generated" in note
    assert b"To: ingrid@example.org" in note
    assert len(leaving.all_that_left(gate.home)) == 1

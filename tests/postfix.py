"""A real Postfix on a free port of the loopback, with Dovecot for its sign-in, in a folder of its own.

All that is sent to it ends in one Maildir. Its certificate is made by `trustme`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
import trustme
from tests.ports import free_port

USER, PASSWORD = "ingrid", "winter-holiday-7"


def needs(*programs: str) -> None:
    """Skip where a Debian package is missing, but fail where all tests must run."""
    missing = [one for one in programs if not _found(one)]
    if os.geteuid() != 0 and "postfix" in programs:
        missing.append("root")
    if missing:
        why = f"needs {', '.join(missing)}"
        if os.environ.get("CI") or os.environ.get("ASKWELL_ALL_TESTS"):
            pytest.fail(why)
        pytest.skip(why)


def _found(program: str) -> str | None:
    return shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


MAIN = """
compatibility_level = 3.6
queue_directory = {room}/queue
data_directory = {room}/data
mail_owner = postfix
setgid_group = postdrop
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mydomain = example.org
myhostname = mail.example.org
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
maillog_file = {room}/log
maillog_file_prefixes = {room}
message_size_limit = 60000000
mailbox_size_limit = 0
virtual_mailbox_limit = 0
smtpd_recipient_limit = 2000
virtual_mailbox_domains = static:all
virtual_mailbox_base = {room}/mail
virtual_mailbox_maps = static:all/
virtual_minimum_uid = 100
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {room}/auth/socket
smtpd_tls_security_level = may
smtpd_tls_cert_file = {room}/server.pem
smtpd_tls_key_file = {room}/server.pem
smtpd_tls_auth_only = yes
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions =
    check_recipient_access inline:{{ {{ nobody@example.net = 550 5.1.1 no such user }} }}, permit
smtputf8_enable = yes
smtputf8_autodetect_classes = all
default_privs = nobody
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
127.0.0.1:{tls} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
DOVECOT = """
base_dir = {room}/dovecot
log_path = {room}/dovecot.log
protocols =
ssl = no
default_internal_user = dovecot
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
passdb {{
  driver = static
  args = password={password}
  mechanisms = plain login
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home=/nonexistent
}}
service auth {{
  unix_listener {room}/auth/socket {{
    mode = 0666
  }}
}}
service stats {{
  chroot =
}}
"""


class Postfix:
    """The server while it runs. `port` offers STARTTLS, `tls` begins with TLS; `trust` signs for 127.0.0.1
    and localhost."""

    def __init__(self) -> None:
        self.room = room = Path(tempfile.mkdtemp(prefix="askwell-postfix-"))
        self.port, self.tls = free_port(), free_port()
        self.trust = trustme.CA()
        self.trust_file = room / "trust.pem"
        self._log = room / "log"

    def start(self) -> None:
        room = self.room
        room.chmod(0o755)
        nobody = pwd.getpwnam("nobody")
        for name in ("queue", "etc", "auth", "dovecot"):
            (room / name).mkdir()
        for name, owner in (("data", "postfix"), ("mail", "nobody")):
            (room / name).mkdir()
            shutil.chown(room / name, owner)
        self.trust.cert_pem.write_to_path(str(self.trust_file))
        own = self.trust.issue_cert("127.0.0.1", "localhost")
        own.private_key_and_cert_chain_pem.write_to_path(str(room / "server.pem"))
        values = {"room": room, "port": self.port, "tls": self.tls, "password": PASSWORD}
        values |= {"uid": nobody.pw_uid, "gid": nobody.pw_gid}
        (room / "etc" / "main.cf").write_text(MAIN.format(**values))
        (room / "etc" / "master.cf").write_text(MASTER.format(**values))
        (room / "dovecot.conf").write_text(DOVECOT.format(**values))
        subprocess.run([_found("dovecot") or "dovecot", "-c", room / "dovecot.conf"], check=True)
        self._postfix("start")
        for port in (self.port, self.tls):
            wait_for(port)

    def _postfix(self, what: str) -> None:
        program = _found("postfix") or "postfix"
        words = [program, "-c", str(self.room / "etc"), what]
        done = subprocess.run(words, check=False, capture_output=True, text=True, timeout=120)
        if what == "start" and done.returncode:
            raise RuntimeError(f"{done.stdout}{done.stderr}{self.log()}")

    def stop(self) -> None:
        self._postfix("stop")
        subprocess.run(
            [_found("doveadm") or "doveadm", "-c", self.room / "dovecot.conf", "stop"],
            check=False,
            capture_output=True,
        )
        shutil.rmtree(self.room, ignore_errors=True)

    def log(self) -> str:
        return self._log.read_text("utf-8", "replace") if self._log.exists() else ""

    def letters(self, count: int, patience: float = 60) -> list[bytes]:
        """What has arrived, when there are so many, or the time is up."""
        until = time.monotonic() + patience
        while True:
            found = sorted((self.room / "mail" / "all" / "new").glob("*"))
            if len(found) >= count or time.monotonic() > until:
                return [one.read_bytes() for one in found]
            time.sleep(0.05)

    def clear(self) -> None:
        for one in (self.room / "mail" / "all" / "new").glob("*"):
            one.unlink()


def wait_for(port: int, patience: float = 60) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 10).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return

"""A real Dovecot on loopback, for tests and benches: its own folder, ports, user and certificates.

    with dovecot() as server:
        box = server.box()  # a mailbox of its own
        box.put("INBOX", [mail, mail])
        box.user, server.password, server.port, server.tls_port, server.authority

As root it keeps its mail as the user `mail`, since Dovecot serves no mail of root's.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from tests.ports import free_port

PASSWORD = "blåbær-og-rips"
HOST = "localhost"
PROGRAM = "/usr/sbin/dovecot"
_PATIENCE = 60.0
_numbers = count(1)
_CONFIG = """
base_dir = {top}/run
state_dir = {top}/state
log_path = {top}/log
instance_name = askwell-{port}
protocols = imap
listen = 127.0.0.1
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
mail_uid = {keeper}
mail_gid = {keeper_group}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{top}/mail/%u
mailbox_list_index = yes
auth_mechanisms = plain login {mechanisms}
disable_plaintext_auth = no
auth_failure_delay = 0
ssl = yes
ssl_cert = <{top}/server.pem
ssl_key = <{top}/server.key
ssl_min_protocol = TLSv1.2
mail_max_userip_connections = 100
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
{oauth}
userdb {{
  driver = static
  args = uid={keeper} gid={keeper_group} home={top}/home/%u
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Kladd {{
    auto = create
    special_use = \\Drafts
  }}
  mailbox "Sendte elementer" {{
    auto = create
    special_use = \\Sent
  }}
  mailbox Papirkurv {{
    auto = create
    special_use = \\Trash
  }}
  mailbox "Søppelpost" {{
    auto = create
    special_use = \\Junk
  }}
}}
{more}
"""
_OAUTH = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {top}/oauth.conf
}}
"""


@dataclass
class Dovecot:
    """A server that runs. `authority` is the certificate file to trust."""

    top: Path
    port: int
    tls_port: int
    authority: Path
    password: str = PASSWORD
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Run it, and wait until it answers."""
        command = [PROGRAM, "-F", "-c", str(self.top / "conf")]
        self._process = subprocess.Popen(command, stderr=subprocess.STDOUT, stdout=subprocess.DEVNULL)
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", self.port), 10) as link:
                    if link.recv(4) == b"* OK":
                        return
            except OSError:
                time.sleep(0.05)
            if self._process.poll() is not None:
                break
        log = self.top / "log"
        raise RuntimeError(f"Dovecot did not start: {log.read_text() if log.exists() else 'no log'}")

    def stop(self) -> None:
        """End it and the processes that it started."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(_PATIENCE)
        self._process = None

    def box(self, user: str = "") -> Box:
        """The mailbox of this user, who need not be known before; a new one for none."""
        return Box(self, user or f"user{next(_numbers)}@example.no")

    def log(self) -> str:
        """What it has logged."""
        return (self.top / "log").read_text("utf-8", "replace")


@dataclass(frozen=True)
class Box:
    """Somebody's mailbox. Everybody's password is the server's."""

    server: Dovecot
    user: str

    def folder(self, name: str) -> Path:
        """Where the mail of a folder lies, as a Maildir."""
        from imapclient.imap_utf7 import encode

        at = self.server.top / "mail" / self.user
        return at if name == "INBOX" else at / ("." + encode(name).decode().replace("/", "."))

    def put(self, name: str, mails: Sequence[bytes], flags: str = "") -> None:
        """Deliver mails into a folder, in this order, with no program's help."""
        place = self.folder(name)
        for part in ("cur", "new", "tmp"):
            (place / part).mkdir(parents=True, exist_ok=True)
        for mail in mails:
            number = next(_numbers)
            name_ = f"{1_700_000_000 + number}.M{number}.test"
            (place / "tmp" / name_).write_bytes(mail)
            to = place / ("cur" if flags else "new") / (f"{name_}:2,{flags}" if flags else name_)
            (place / "tmp" / name_).rename(to)
        _own(self.server.top / "mail")


@contextmanager
def dovecot(*, more: str = "", tokeninfo: str = "", names: Sequence[str] = (HOST,)) -> Iterator[Dovecot]:
    """A server that runs until the end of the block. `more` is added to its configuration. `tokeninfo` is
    the address at which it asks whether a token is good; with it, XOAUTH2 is offered. `names` are what
    its certificate is for."""
    top = Path(tempfile.mkdtemp(prefix="askwell-dovecot-"))
    top.chmod(0o755)
    port, tls_port = free_port(), free_port()
    authority = certificates(top, names)
    for part in ("mail", "home", "run", "state"):
        (top / part).mkdir()
    _own(top / "mail", top / "home")
    if tokeninfo:
        (top / "oauth.conf").write_text(
            f"tokeninfo_url = {tokeninfo}\nusername_attribute = email\nactive_attribute = active\n"
            "active_value = true\n"
        )
    (top / "conf").write_text(_config(top, port, tls_port, more, bool(tokeninfo)), "utf-8")
    server = Dovecot(top, port, tls_port, authority)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(top, ignore_errors=True)


def needed() -> None:
    """Skip the test where there is no Dovecot; fail where there must be one."""
    if Path(PROGRAM).exists():
        return
    if os.environ.get("CI") or os.environ.get("ASKWELL_ALL_TESTS"):
        pytest.fail("Dovecot is missing: apt-get install dovecot-imapd")
    pytest.skip("Dovecot is missing: apt-get install dovecot-imapd")


def certificates(top: Path, names: Sequence[str]) -> Path:
    """A key and certificate for these names, signed by an authority of the test's own; returns its file."""
    import trustme

    authority = trustme.CA()
    mine = authority.issue_cert(*names)
    (top / "server.pem").write_bytes(b"".join(one.bytes() for one in mine.cert_chain_pems))
    mine.private_key_pem.write_to_path(str(top / "server.key"))
    authority.cert_pem.write_to_path(str(top / "authority.pem"))
    return top / "authority.pem"


def _config(top: Path, port: int, tls_port: int, more: str, oauth: bool) -> str:
    mine = pwd.getpwuid(os.getuid())
    me, group = mine.pw_name, grp.getgrgid(mine.pw_gid).gr_name
    root = os.getuid() == 0
    return _CONFIG.format(
        top=top,
        port=port,
        tls_port=tls_port,
        internal="dovecot" if root else me,
        group="dovecot" if root else group,
        login="dovenull" if root else me,
        password=PASSWORD,
        keeper="mail" if root else me,
        keeper_group="mail" if root else group,
        mechanisms="xoauth2" if oauth else "",
        oauth=_OAUTH.format(top=top) if oauth else "",
        more=more,
    )


def _own(*folders: Path) -> None:
    """Give the folders to whom Dovecot reads them as."""
    if os.getuid() == 0:
        keeper = pwd.getpwnam("mail")
        for folder in folders:
            for path in (folder, *folder.rglob("*")):
                with suppress(FileNotFoundError):  # Dovecot's own, come and gone
                    os.chown(path, keeper.pw_uid, keeper.pw_gid)

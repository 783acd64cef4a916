"""A certificate of the gate's own, for mail programs that will not speak without TLS: made once, in the home.

Nobody has signed it, so a mail program asks its user once whether to trust it.
"""

from __future__ import annotations

import os
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.x509 import GeneralName

FILE = Path("gate") / "certificate.pem"
LASTS = timedelta(days=820)
"""Apple's programs take none that lasts longer than 825 days."""
_RENEWED = timedelta(days=30)


def context(home: Path, host: str, now: datetime) -> ssl.SSLContext:
    """What the gate's side of TLS needs; a certificate is made where there is none, or it ends soon, or it is
    not for `host`. Raises OSError if the home cannot be written to."""
    path = home / FILE
    if not _holds(path, host, now):
        _make(path, host, now)
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.load_cert_chain(path)
    return made


def _holds(path: Path, host: str, now: datetime) -> bool:
    from cryptography import x509

    try:
        found = x509.load_pem_x509_certificate(path.read_bytes())
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, x509.ExtensionNotFound):
        return False
    known = {*names.get_values_for_type(x509.DNSName)}
    known |= {str(one) for one in names.get_values_for_type(x509.IPAddress)}
    return host in known and now + _RENEWED < found.not_valid_after_utc


def _make(path: Path, host: str, now: datetime) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Askwell gate")])
    names = [_name(one) for one in dict.fromkeys(("localhost", "127.0.0.1", "::1", host))]
    day = now.astimezone(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(day - timedelta(days=1))
        .not_valid_after(day + LASTS)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".certificate.{os.getpid()}")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(made.public_bytes(serialization.Encoding.PEM) + secret)
    beside.replace(path)


def _name(host: str) -> GeneralName:
    from cryptography import x509

    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)

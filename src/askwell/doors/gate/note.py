"""The full verdict on a letter that was held, as a mail from the user to the user."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage

from askwell.app.gate import Decision
from askwell.words import say


def composed(decision: Decision, sender: str, to: str) -> bytes:
    """The mail as it goes on the wire: seven bits, CR LF, dots doubled. It says that a machine wrote it (RFC
    3834), so that nothing answers it and no ledger takes it for a letter."""
    mail = EmailMessage(policy=policy.SMTP.clone(cte_type="7bit"))
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = " ".join(say("Askwell held: {subject}", subject=decision.subject or "–").split())[:200]
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(decision.note)
    return b"".join(b"." * line.startswith(b".") + line for line in mail.as_bytes().splitlines(keepends=True))

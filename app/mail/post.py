"""Handing one mail to the mail server."""

from email.message import EmailMessage
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import aiosmtplib
from msgspec import Struct

SECONDS = 30.0


class Mail(Struct, frozen=True):
    recipient: str
    subject: str
    text: str
    html: str = ""


class NotSent(Exception):  # noqa: N818 (named as a sentence, like a refusal)
    """`words` say why, without the addresses that a server's own words may repeat."""

    def __init__(self, words: str, *, for_good: bool) -> None:
        super().__init__(words)
        self.words = words
        self.for_good = for_good


async def post(mail: Mail, *, smtp_url: str, base_url: str) -> None:
    """Sends it. Raises NotSent.

    `smtp://user:password@host:port?from=name@example.org`; smtps for TLS from the start. Without
    `from`, the sender is no-reply at the host of `base_url`.
    """
    server = urlsplit(smtp_url)
    try:
        await aiosmtplib.send(
            _message(mail, sender_of(server, base_url)),
            hostname=server.hostname,
            port=server.port,
            username=_plain(server.username),
            password=_plain(server.password),
            use_tls=server.scheme == "smtps",
            timeout=SECONDS,
        )
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        raise _not_sent(error) from None


def sender_of(server: SplitResult, base_url: str) -> str:
    asked = parse_qs(server.query).get("from")
    return asked[0] if asked else f"no-reply@{urlsplit(base_url).hostname}"


def _message(mail: Mail, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    return message


def _not_sent(error: Exception) -> NotSent:
    code = _code(error)
    if isinstance(error, ValueError):
        return NotSent("The mail cannot be written down as a message", for_good=True)
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return NotSent("The mail server refused our user name or password", for_good=False)
    if code is not None:
        return NotSent(f"The mail server refused it with code {code}", for_good=code >= 500)
    return NotSent("The mail server could not be reached", for_good=False)


def _code(error: Exception) -> int | None:
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused) and error.recipients:
        return int(error.recipients[0].code)
    return int(error.code) if isinstance(error, aiosmtplib.SMTPResponseException) else None


def _plain(quoted: str | None) -> str | None:
    return None if quoted is None else unquote(quoted)

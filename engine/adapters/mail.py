"""Mail by SMTP. Refuses servers without TLS unless the installation says ``none``."""

from __future__ import annotations

import smtplib
import ssl
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from engine.ports.mail import Mail, MailFailed
from engine.settings import Smtp

SECONDS = 20.0


class SmtpMailer:
    """``engine.ports.mail.Mailer`` on one server; a connection per message."""

    def __init__(self, server: Smtp, tls: ssl.SSLContext | None = None) -> None:
        self._server = server
        self._tls = tls

    def send(self, mail: Mail) -> int:
        """Hand the message over; ``MailFailed`` when nobody's copy was taken."""
        if not (self._server.host and self._server.sender):
            raise MailFailed("not-configured", may_repeat=False)
        message = self._message(mail)
        try:
            with self._connected() as server:
                if self._server.user:
                    server.login(self._server.user, self._server.password)
                return len(server.send_message(message))
        except smtplib.SMTPAuthenticationError:
            raise MailFailed("log-in-refused", may_repeat=True) from None
        except smtplib.SMTPRecipientsRefused as error:
            final = all(500 <= code < 600 for code, _ in error.recipients.values())
            raise MailFailed("refused" if final else "later", may_repeat=not final) from None
        except smtplib.SMTPResponseException as error:
            final = 500 <= error.smtp_code < 600
            raise MailFailed("refused" if final else "later", may_repeat=not final) from None
        except ssl.SSLError:
            raise MailFailed("tls", may_repeat=True) from None
        except smtplib.SMTPNotSupportedError:
            raise MailFailed("tls", may_repeat=False) from None
        except smtplib.SMTPException:
            raise MailFailed("broken", may_repeat=True) from None
        except OSError:
            raise MailFailed("unreachable", may_repeat=True) from None

    def _connected(self) -> smtplib.SMTP:
        host, port = self._server.host, self._server.port
        if self._server.security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=self._context())
        server = smtplib.SMTP(host, port, timeout=SECONDS)
        if self._server.security != "none":
            try:
                server.starttls(context=self._context())
            except BaseException:
                server.close()
                raise
        return server

    def _context(self) -> ssl.SSLContext:
        return self._tls or ssl.create_default_context()

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        try:
            message["From"] = self._server.sender
            message["To"] = [Address(addr_spec=each) for each in mail.to]
            if mail.cc:
                message["Cc"] = [Address(addr_spec=each) for each in mail.cc]
            message["Subject"] = mail.subject
            message["Message-ID"] = mail.message_id
            # A clerk's absence note must not answer, nor be answered by, a machine.
            message["Auto-Submitted"] = "auto-generated"
            message.set_content(mail.text)
        except (MessageError, ValueError, IndexError):
            # Line breaks in a header, or a text that is no address.
            raise MailFailed("unfit", may_repeat=False) from None
        if not all(each.isascii() for each in (*mail.to, *mail.cc)):
            raise MailFailed("unfit", may_repeat=False)
        return message

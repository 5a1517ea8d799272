import type { SendMailOptions } from 'nodemailer'
import { shownWords, type Tried, type Way } from './outbox.ts'

/** Where e-mail is handed over (RFC 5321): a mail server of the house. */
export interface MailSettings {
  readonly host: string
  readonly port: number
  /** TLS from the first byte, TLS by STARTTLS and nothing without it, or none at all. */
  readonly tls: 'implicit' | 'starttls' | 'none'
  readonly auth: { readonly user: string; readonly pass: string } | null
  readonly from: string
}

/** A silent server is not waited for longer; the whole try has its own end besides. */
const SILENCE_MS = 15_000
/** The server refuses for good (RFC 5321 4.2.1: 5yz). */
const REFUSED_FROM = 500
/** What a mailer says when the other side never spoke, by its code. */
const UNHEARD: Readonly<Record<string, string>> = {
  ECONNECTION: '连不上邮件服务器 / the mail server cannot be reached',
  ECONNREFUSED: '连不上邮件服务器 / the mail server cannot be reached',
  EDNS: '找不到邮件服务器 / the mail server is not found',
  ESOCKET: '与邮件服务器的连接没有建立或中断 / the line to the mail server could not be opened, or broke',
  ETIMEDOUT: '邮件服务器没有答复 / the mail server does not answer',
  ETLS: '邮件服务器不接受加密连接 / the mail server refuses an encrypted line',
  ABORT_ERR: '邮件服务器没有在限定时间内办完 / the mail server did not finish in time',
}

/** `signal` is known to the library and not yet to its types. */
type Abortable = SendMailOptions & { readonly signal: AbortSignal }

/**
 * Hands one e-mail to a mail server. Its Message-ID is made of the message's id, so that a mailbox that gets it twice shows it once. What the
 * server says may name the address, never the password: only what it answers is kept, and nothing is logged.
 * @param installation the right side of the Message-ID
 */
export function mailWay({ host, port, tls, auth, from }: MailSettings, installation: string): Way {
  return {
    channel: 'mail',
    through: host,
    send: async ({ id, at, to }, { subject, text }, signal) => {
      const { createTransport } = await import('nodemailer')
      const transport = createTransport({
        ...{ host, port, secure: tls === 'implicit', requireTLS: tls === 'starttls', ignoreTLS: tls === 'none' },
        ...(auth === null ? {} : { auth }),
        ...{
          connectionTimeout: SILENCE_MS,
          greetingTimeout: SILENCE_MS,
          socketTimeout: SILENCE_MS,
          dnsTimeout: SILENCE_MS,
        },
        ...{ disableFileAccess: true, disableUrlAccess: true },
      })
      const mail: Abortable = {
        ...{ from, to: { name: '', address: to }, date: new Date(at), messageId: `<${id}@${installation}>` },
        subject: subject.zh,
        text: `${text.zh}\n\n${text.en}\n`,
        // Chinese is shorter so, and survives servers that touch long lines.
        textEncoding: 'base64',
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal,
      }
      try {
        const { response } = await transport.sendMail(mail)
        return { outcome: 'delivered', words: shownWords(response) }
      } catch (error) {
        return triedOf(error)
      } finally {
        transport.close()
      }
    },
  }
}

interface MailError extends Error {
  readonly code?: string
  readonly response?: string
  readonly responseCode?: number
}

function triedOf(error: unknown): Tried {
  const { code = '', name, response, responseCode = 0, message } = error as MailError
  // A login that the server refuses may be put right by the administrator: only what it says of a message is for good.
  const forGood = responseCode >= REFUSED_FROM && code !== 'EAUTH'
  const said = response ?? UNHEARD[name === 'AbortError' ? 'ABORT_ERR' : code] ?? `${code} ${message}`
  return { outcome: forGood ? 'refused' : 'failed', words: shownWords(said) }
}

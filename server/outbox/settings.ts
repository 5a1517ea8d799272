import type { MailSettings } from './mail.ts'
import type { WebhookSettings } from './webhook.ts'

/** What leaves the house, and through what; both absent unless the operator asks for them (rules.md S-01). */
export interface OutboxSettings {
  readonly mail: MailSettings | null
  readonly webhook: WebhookSettings | null
  /** Signs what is uploaded; null where nothing can be. Where to, two administrators say (org/upload.ts). */
  readonly uploadSecret: string | null
}

export const OUTBOX_SETTINGS = ['SMTP_URL', 'SMTP_FROM', 'WEBHOOK_URL', 'WEBHOOK_SECRET', 'UPLOAD_SECRET'] as const
type Setting = (typeof OUTBOX_SETTINGS)[number]

const SECRET_SHORTEST = 32
const PORTS = { implicit: 465, starttls: 587, none: 25 } as const
/** One address, or a name before it in angle brackets. */
const FROM = /^(?:[^<>\r\n]{1,60} <)?[^\s<>@]{1,64}@[^\s<>@]{1,190}>?$/

/** Names the setting and what is wrong with it; never its value, which may hold a password. */
export type RefuseSetting = (setting: Setting, problem: string) => never

interface Reading {
  readonly given: (name: Setting) => string | null
  readonly refuse: RefuseSetting
  /** Whether a host is this machine alone. */
  readonly isLoopback: (host: string) => boolean
}

/**
 * Reads the settings of {@link OUTBOX_SETTINGS}. What is set wrong stops the start through `refuse`, which names the setting and never shows
 * its value.
 */
export function readOutbox(reading: Reading): OutboxSettings {
  return { mail: readMail(reading), webhook: readWebhook(reading), uploadSecret: readUploadSecret(reading) }
}

function readUploadSecret({ given, refuse }: Reading): string | null {
  const secret = given('UPLOAD_SECRET')
  if (secret !== null && secret.length < SECRET_SHORTEST)
    return refuse('UPLOAD_SECRET', `at least ${SECRET_SHORTEST} characters / 至少 ${SECRET_SHORTEST} 个字符`)
  return secret
}

/** `smtps://` speaks TLS from the beginning, `smtp://` insists on STARTTLS, `smtp://…?tls=none` does without and takes no password. */
function readMail({ given, refuse, isLoopback }: Reading): MailSettings | null {
  const [text, from] = [given('SMTP_URL'), given('SMTP_FROM')]
  if (text === null && from === null) return null
  if (text === null) return refuse('SMTP_URL', 'SMTP_FROM is set, SMTP_URL is not / 两项须同时设置')
  if (from === null) return refuse('SMTP_FROM', 'SMTP_URL is set, SMTP_FROM is not / 两项须同时设置')
  if (!FROM.test(from)) return refuse('SMTP_FROM', 'no e-mail address / 不是电子邮箱地址')
  const url = URL.canParse(text) ? new URL(text) : null
  const query = url === null ? '' : url.search
  if (
    url === null ||
    !['smtp:', 'smtps:'].includes(url.protocol) ||
    url.hostname === '' ||
    !['', '?tls=none'].includes(query)
  )
    return refuse('SMTP_URL', 'not smtp://HOST:PORT or smtps://HOST:PORT / 地址格式不对')
  const tls = url.protocol === 'smtps:' ? 'implicit' : query === '' ? 'starttls' : 'none'
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const auth = url.username === '' ? null : { user: decoded(url.username), pass: decoded(url.password) }
  if (auth !== null && tls === 'none' && !isLoopback(host))
    return refuse(
      'SMTP_URL',
      'a password never goes over a line in clear: leave out ?tls=none / 带口令时不得用明文连接',
    )
  return { host, port: url.port === '' ? PORTS[tls] : Number(url.port), tls, auth, from }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** What is posted names a receiver: it goes over TLS, or to this machine. */
function readWebhook({ given, refuse, isLoopback }: Reading): WebhookSettings | null {
  const [text, secret] = [given('WEBHOOK_URL'), given('WEBHOOK_SECRET')]
  if (text === null && secret === null) return null
  if (text === null) return refuse('WEBHOOK_URL', 'WEBHOOK_SECRET is set, WEBHOOK_URL is not / 两项须同时设置')
  if (secret === null) return refuse('WEBHOOK_SECRET', 'WEBHOOK_URL is set, WEBHOOK_SECRET is not / 两项须同时设置')
  if (secret.length < SECRET_SHORTEST)
    return refuse('WEBHOOK_SECRET', `at least ${SECRET_SHORTEST} characters / 至少 ${SECRET_SHORTEST} 个字符`)
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '')
    return refuse('WEBHOOK_URL', 'not an http or https address without a password / 地址格式不对')
  if (url.protocol === 'http:' && !isLoopback(url.hostname.replace(/^\[(.*)\]$/, '$1')))
    return refuse('WEBHOOK_URL', 'over a network it must be https / 经网络发送须用 https')
  return { url: url.href, secret }
}

import { createHmac } from 'node:crypto'
import { shownWords, type Tried, type Way, WORDS_MOST } from './outbox.ts'

/** Where messages are posted: a gateway that sends them on by SMS, say. */
export interface WebhookSettings {
  readonly url: string
  /** Both sides know it; it signs, and is never sent. */
  readonly secret: string
}

/** Of an answer as much is read as a person is shown; a gateway that goes on talking is hung up on. */
const ANSWER_BYTES_MOST = 4 * WORDS_MOST
/** Answers of the class 4xx that say "later" (RFC 9110 15.5.9, RFC 6585 4); the others say "never". */
const LATER: readonly number[] = [408, 425, 429]
const MS_A_SECOND = 1_000

/** `t=<seconds since 1970>,v1=<HMAC-SHA-256 over "t.body", hex>`: who checks it knows that the body is ours and how old it is. */
export function signatureOf(secret: string, at_s: number, body: string): string {
  return `t=${at_s},v1=${createHmac('sha256', secret).update(`${at_s}.${body}`, 'utf8').digest('hex')}`
}

/**
 * Posts one message as JSON, signed, under its id as `Idempotency-Key`: what arrives twice is the same message. A redirect is not followed:
 * it would take the message elsewhere.
 */
export function webhookWay({ url, secret }: WebhookSettings, now: () => string): Way {
  return {
    channel: 'webhook',
    through: new URL(url).host,
    send: async ({ id, at, count, trial, to }, { text }, signal) => {
      const body = JSON.stringify({ id, at, to, count, trial, text })
      return postSigned({ url, secret }, { id, body, at: now() }, signal)
    },
  }
}

/** Posts a JSON text once, signed, under its id. Never throws: whatever happens is an outcome. */
export async function postSigned(
  { url, secret }: WebhookSettings,
  { id, body, at }: { readonly id: string; readonly body: string; readonly at: string },
  signal: AbortSignal,
): Promise<Tried> {
  const at_s = Math.floor(Date.parse(at) / MS_A_SECOND)
  try {
    const answer = await fetch(url, {
      ...{ method: 'POST', body, signal, redirect: 'manual' },
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'idempotency-key': id,
        'x-clearhold-signature': signatureOf(secret, at_s, body),
      },
    })
    return triedOf(answer.status, `${answer.status} ${await beginningOf(answer)}`)
  } catch (error) {
    return { outcome: 'failed', words: shownWords(unheard(error, signal)) }
  }
}

function triedOf(status: number, words: string): Tried {
  const ok = status >= 200 && status < 300
  const forGood = status >= 300 && status < 500 && !LATER.includes(status)
  return { outcome: ok ? 'delivered' : forGood ? 'refused' : 'failed', words: shownWords(words) }
}

async function beginningOf({ body }: Response): Promise<string> {
  if (body === null) return ''
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of body as AsyncIterable<Uint8Array>) {
    pieces.push(piece)
    bytes += piece.length
    if (bytes >= ANSWER_BYTES_MOST) break
  }
  return Buffer.concat(pieces).subarray(0, ANSWER_BYTES_MOST).toString('utf8')
}

function unheard(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return '对方没有在限定时间内办完 / the other side did not finish in time'
  const cause = (error as Error).cause as { readonly code?: string } | undefined
  return `没有收到答复 / no answer${cause?.code === undefined ? '' : ` (${cause.code})`}`
}

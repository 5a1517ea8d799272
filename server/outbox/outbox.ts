import type { Words } from '../refusal.ts'

/** Ways out of the house. Each is off until its settings are there. */
export const CHANNELS = ['mail', 'webhook'] as const
export type Channel = (typeof CHANNELS)[number]

/** `failed` waits to be tried again, `given-up` for an administrator. */
export const MESSAGE_STATES = ['waiting', 'failed', 'delivered', 'given-up'] as const
export type MessageState = (typeof MESSAGE_STATES)[number]

/** What somebody is called for within this time is one message: an officer with forty late loans is called once. */
export const GATHER_MS = 60_000
/** One try, from the first packet to the last word of the answer. */
export const TRY_MS = 30_000
/** Messages that are under way at once; each belongs to its round until it is marked. */
export const AT_ONCE = 5
/** Who claimed a message and has not marked it by then was killed: it goes out again, under its id. */
export const CLAIM_MS = 4 * TRY_MS
/** Pauses before a message is tried again; after the last one it is given up, a day and a half after the first try. */
export const PAUSES_MS: readonly number[] = [
  60_000,
  5 * 60_000,
  30 * 60_000,
  2 * 3_600_000,
  8 * 3_600_000,
  24 * 3_600_000,
]
/** Of what a server said, as much as a line of a screen holds. */
export const WORDS_MOST = 300
/** What was delivered or given up is kept this long. */
export const KEEP_DAYS = 90

/** What came of one try. */
export interface Tried {
  readonly outcome: 'delivered' | 'failed' | 'refused'
  /** What the other side said, or why nothing was heard. */
  readonly words: string
}

/** Where a message stands after a try. */
export interface Standing {
  readonly state: Exclude<MessageState, 'waiting'>
  /** When it is tried next; null when it is not. */
  readonly nextAt: string | null
}

/** What a try makes of a message: a refusal for good and the last of all tries give it up. */
export function standingAfter({ outcome }: Pick<Tried, 'outcome'>, attempts: number, at: string): Standing {
  if (outcome === 'delivered') return { state: 'delivered', nextAt: null }
  const pause_ms = PAUSES_MS[attempts - 1]
  if (outcome === 'refused' || pause_ms === undefined) return { state: 'given-up', nextAt: null }
  return { state: 'failed', nextAt: new Date(Date.parse(at) + pause_ms).toISOString() }
}

const UNSHOWN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g

/** A stranger's words as a screen may show them: one line, without what turns or hides text, and not too long. */
export function shownWords(said: string): string {
  const line = said.replaceAll(UNSHOWN, ' ').replaceAll(/ {2,}/g, ' ').trim()
  return line.length <= WORDS_MOST ? line : `${line.slice(0, WORDS_MOST - 1)}…`
}

/** One message on its way: to whom, and for how many things. Nothing else is known of it outside the house. */
export interface Message {
  readonly id: string
  /** When it was made, RFC 3339. */
  readonly at: string
  readonly count: number
  /** An administrator tries the channel; nothing is due. */
  readonly trial: boolean
  readonly to: string
}

/** What a message says: that something waits, how much, and where to look; never what, whose or about whom (rules.md 11). */
export interface Letter {
  readonly subject: Words
  readonly text: Words
}

/** @param site where people open the program; null where that was not set */
export function letterOf({ count, trial }: Pick<Message, 'count' | 'trial'>, site: string | null): Letter {
  if (trial)
    return {
      subject: { zh: '清管：通知渠道测试', en: 'Clearhold: a trial of this channel' },
      text: { zh: '这是一条测试通知，没有需要办理的事项。', en: 'This is a trial. Nothing waits for you.' },
    }
  const where = site === null ? { zh: '', en: '' } : { zh: `：${site}`, en: `: ${site}` }
  return {
    subject: { zh: `清管：您有 ${count} 件待办`, en: `Clearhold: ${count} to do` },
    text: {
      zh: `您有 ${count} 件待办，请登录清管查看“我的待办”${where.zh}`,
      en: `You have ${count} to do. Sign in to Clearhold and open "My work"${where.en}`,
    },
  }
}

/** One way out, with its settings inside. `send` never throws: whatever happens is an outcome. */
export interface Way {
  readonly channel: Channel
  /** The host it goes through, for administrators: never a path, a name or a secret. */
  readonly through: string
  send(message: Message, letter: Letter, signal: AbortSignal): Promise<Tried>
}

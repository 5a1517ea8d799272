/** What every screen of this page shares: the server, the loudspeaker, the scanner, and who is signed in. */

import type { SecretKind, SignedInPerson } from '../server/access/protocol.ts'
import { Api, RETRY_MS, type Answer } from './api.ts'
import type { Deed } from './deed.ts'
import type { Notice } from './notice.ts'
import { Speaker } from './tone.ts'
import { en } from './words/en.ts'
import { fill } from './words/fill.ts'
import { chosen } from './words/words.svelte.ts'
import { zh } from './words/zh-CN.ts'
import type { WordKey } from './words/keys.ts'
import { attachWedge } from './wedge-keyboard.ts'
import type { WedgeEvent } from './wedge.ts'

export type { Post } from '../server/access/protocol.ts'

/** Who is signed in, as the server answers a sign-in. */
export type Person = SignedInPerson

export type Credentials =
  | { readonly login: string; readonly password: string; readonly code?: string }
  | { readonly badge: string; readonly pin: string }

/** In this tab, the page from which somebody left to sign in elsewhere. */
const LEFT = 'left-for-provider'

class SignedIn {
  #person = $state.raw<Person | null>(null)
  /** False until the server has said who is signed in here. */
  known = $state(false)
  /** Counts what the server has said of it: an answer that was overtaken by a later one says nothing. */
  #said = 0
  /** A change of the own secret that is under way: it ends this session, and its answer brings the next one. */
  #replacing: Promise<unknown> = Promise.resolve()
  #doubting: Promise<void> | null = null

  /** Null while nobody is. */
  get person(): Person | null {
    return this.#person
  }

  /** Asks who is signed in: at the start of the page, and after the line was down. */
  async ask(): Promise<Answer<unknown>> {
    const answer = await api.get<{ readonly person: Person }>('/api/session')
    if (answer.kind === 'done') this.#take(answer.body.person)
    this.known = answer.kind === 'done' || answer.kind === 'refused'
    return answer
  }

  async signIn(credentials: Credentials): Promise<Answer<unknown>> {
    const answer = await api.write<{ readonly person: Person }>('POST', '/api/session', credentials)
    if (answer.kind === 'done') this.#take(answer.body.person)
    return answer
  }

  /**
   * Leaves for the organ's provider of identities; resolves only when it cannot. The page that was open is opened again after the return.
   */
  async leaveForProvider(): Promise<Exclude<Answer<unknown>, { kind: 'done' }>> {
    const answer = await api.write<{ readonly address: string }>('POST', '/api/session/provider/attempts', undefined)
    if (answer.kind !== 'done') return answer
    sessionStorage.setItem(LEFT, location.pathname + location.search)
    location.assign(answer.body.address)
    return new Promise(() => undefined)
  }

  /** @returns where the person was, once the provider's answer in this query has opened a session */
  async returnFromProvider(query: string): Promise<{ readonly answer: Answer<unknown>; readonly left: string }> {
    const answer = await api.write<{ readonly person: Person }>('POST', '/api/session/provider', { query })
    if (answer.kind === 'done') this.#take(answer.body.person)
    const left = sessionStorage.getItem(LEFT) ?? '/'
    sessionStorage.removeItem(LEFT)
    return { answer, left }
  }

  /** Changes the own password or PIN; this page stays signed in, under another session. */
  async changeSecret(
    change: { readonly kind: SecretKind; readonly old: string; readonly secret: string },
    deed: Deed,
  ): Promise<Answer<unknown>> {
    const asked = api.write<{ readonly person: Person }>('PUT', '/api/session/secret', change, deed)
    this.#replacing = asked
    const answer = await asked
    if (answer.kind === 'done') this.#take(answer.body.person)
    return answer
  }

  async signOut(): Promise<Answer<unknown>> {
    const answer = await api.write('DELETE', '/api/session', undefined)
    if (answer.kind === 'done') this.#take(null)
    return answer
  }

  /**
   * Something was refused because nobody is signed in: true of the session that it was asked under, which may have been replaced since. So the
   * server is asked once more, under what this browser holds now. Resolves when `person` says who is.
   */
  doubt(): Promise<void> {
    this.#doubting ??= this.#settleDoubt().finally(() => (this.#doubting = null))
    return this.#doubting
  }

  async #settleDoubt(): Promise<void> {
    await this.#replacing
    const before = this.#said
    const answer = await api.get<{ readonly person: Person }>('/api/session')
    if (before !== this.#said) return
    const person = answer.kind === 'done' ? answer.body.person : null
    // Who is signed in as before is nothing new, and nothing is read again for it.
    if (JSON.stringify(person) !== JSON.stringify(this.#person)) this.#take(person)
  }

  #take(person: Person | null): void {
    this.#said += 1
    this.#person = person
  }
}

export const signedIn = new SignedIn()

export const api = new Api({
  base: '',
  language: () => chosen.language,
  onsignedout: () => void signedIn.doubt(),
  retry_ms: RETRY_MS,
})

export const speaker = new Speaker(window)

/** `false`: it is none of this listener's, and the screen beneath hears it. */
type ScanListener = (event: WedgeEvent, at_ms: number) => boolean | void

const scanListeners: ScanListener[] = []
const wedge = attachWedge(window, hearScan)
/** As `AttachedWedge.takeEarly`, of this page. */
export const takeEarly = wedge.takeEarly

function hearScan(event: WedgeEvent): void {
  const at_ms = performance.now()
  scanListeners.findLast((listener) => listener(event, at_ms) !== false)
}

/** A code that the camera has read, just now: for the screen it is a scan like any other. */
export function scanned(text: string): void {
  hearScan({ kind: 'scan', text })
}

/**
 * Hears the keyboard-wedge scanner and the camera until the returned function is called; who came last hears it alone, unless he answers `false`.
 * `at_ms` is on the clock of `performance.now()`, for the age of the scan when it is sent.
 */
export function onScan(listener: ScanListener): () => void {
  scanListeners.push(listener)
  return () => {
    const at = scanListeners.lastIndexOf(listener)
    if (at >= 0) scanListeners.splice(at, 1)
  }
}

/** A text of the screens in both languages, for what outlives a switch of the language. */
export function ownWords(
  key: WordKey,
  values: Readonly<Record<string, string | number>> = {},
): { zh: string; en: string } {
  return { zh: fill(zh[key], values), en: fill(en[key], values) }
}

/** Something that only this page knows is wrong, and what to do about it. */
export function noticeOfPage(
  code: string,
  detail: { zh: string; en: string },
  remedy: { zh: string; en: string },
  rule: { zh: string; en: string },
): Notice {
  return { code, detail, rule, remedy }
}

/** A fault of the wedge in the words a serial scanner's fault has. */
export function noticeOfScan(event: WedgeEvent & { kind: 'fault' }): Notice {
  return {
    code: `scanner.${event.code}`,
    detail: ownWords(`fault.${event.code}`),
    rule: null,
    remedy: ownWords('fault.scan-again'),
  }
}

/** What to show of an answer that is not `done`, in one form whatever went wrong. */
export function noticeOfAnswer(answer: Exclude<Answer<unknown>, { kind: 'done' }>): Notice {
  switch (answer.kind) {
    case 'refused':
      return answer.notice
    case 'offline':
      return {
        code: 'link.offline',
        detail: ownWords('problem.offline'),
        rule: null,
        remedy: ownWords('problem.offline-remedy'),
      }
    case 'failed':
      return {
        code: 'server.failed',
        detail: ownWords('problem.failed', { status: answer.status }),
        rule: null,
        remedy: ownWords('problem.failed-remedy'),
      }
  }
}

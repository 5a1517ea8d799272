import { setTimeout as pause } from 'node:timers/promises'
import type { DriverOutlet } from '../driver.ts'
import { PortClosed } from '../port.ts'
import type { Fault } from '../reading.ts'

/** Commands that may wait behind the one under way. */
const WAITING_MAX = 4
/** A scanner that says nothing by itself is asked this often whether it is still there. */
const IDLE_MS = 1000
/** One that owes an answer and is silent for so long counts as gone, though it is still waited for: with `IDLE_MS` less than 3 s after its cable was pulled. */
const DOUBT_MS = 1500
/** That silence is counted in looks: a busy process must not take its own delay for the scanner's. */
const DOUBT_LOOK_MS = 100
/** What one question in the idle may take before the next is put. */
const LOOK_MS = 5000
/** Silences in a row after which the connection itself is doubted, if nothing at all has come over it. */
const DEAF_MAX = 5

const NO_ANSWER: Fault = { code: 'no-answer', detail: 'the scanner does not answer' }
const CLOSED: Fault = { code: 'port-gone', detail: 'the port is closed' }
const TOO_MANY: Fault = { code: 'port-busy', detail: `${WAITING_MAX} commands are waiting` }
const TOO_LATE: Fault = { code: 'port-busy', detail: 'the commands before took the time' }

/** What an answer makes of a question: it is not for it, asks to hear it again, or settles it (null is done). */
export type Settled = 'other' | 'again' | { readonly fault: Fault | null }

export interface Question<Answer> {
  readonly bytes: Uint8Array
  /** What is sent when it is to be heard again. */
  readonly again: Uint8Array
  settle(answer: Answer): Settled
}

export interface ConversationOptions<Answer> {
  /** How long an answer may take. */
  readonly patience_ms: number
  /** How often a question is put before its silence is one. */
  readonly tries: number
  /** What the scanner needs between two commands. */
  readonly rest_ms: number
  /** Asked in this order at the opening, and again after each silence: the scanner may have lost its power and its settings. */
  readonly setUp: readonly Question<Answer>[]
  /** Asked of a scanner that nobody asks anything. */
  readonly probe: Question<Answer>
}

/** Commands to a scanner and its answers, one after the other; how the scanner is follows from what it answers. */
export interface Conversation<Answer> {
  opened(): void
  closed(fault: Fault | null): void
  /** Something sound came from the scanner, whatever it was. */
  heard(): void
  /** An answer came; whether anybody was waiting for it. */
  take(answer: Answer): boolean
  /**
   * Puts a question; null when it is settled well, else what the scanner made of it, `no-answer`, `port-gone` or `port-busy`. After
   * `deadline_ms` nothing of it is sent any more, for the first time or again. Never rejects.
   */
  ask(question: Question<Answer>, deadline_ms: number): Promise<Fault | null>
}

/**
 * From `opened()` on it sets the scanner up and then asks whether it is there whenever it has been quiet for {@link IDLE_MS}; every outcome
 * goes to `outlet.health`. It gives the connection up only after {@link DEAF_MAX} silences in a row over which nothing sound ever came.
 */
export function conversation<Answer>(outlet: DriverOutlet, options: ConversationOptions<Answer>): Conversation<Answer> {
  const { patience_ms, tries, rest_ms, setUp, probe } = options
  let gone: Fault | null = null
  let waiting = 0
  let line: Promise<unknown> = Promise.resolve()
  let asked: { answer(answer: Answer): boolean; end(fault: Fault): void } | null = null
  let isSetUp = false
  let ill = false
  let silences = 0
  let anything = false
  let nextLook: NodeJS.Timeout | undefined
  let doubt: NodeJS.Timeout | undefined

  /** One sending and what came of it. */
  async function once(question: Question<Answer>, bytes: Uint8Array): Promise<Exclude<Settled, 'other'> | 'silent'> {
    const { promise, resolve } = Promise.withResolvers<Exclude<Settled, 'other'> | 'silent'>()
    const late = setTimeout(() => resolve('silent'), patience_ms)
    const mine = {
      answer(answer: Answer): boolean {
        const settled = question.settle(answer)
        if (settled === 'other') return false
        resolve(settled)
        return true
      },
      end: (fault: Fault) => resolve({ fault }),
    }
    asked = mine
    outlet.write(bytes, patience_ms).catch((error: unknown) => {
      if (!(error instanceof PortClosed)) throw error
      mine.end(error.fault)
    })
    try {
      return await promise
    } finally {
      clearTimeout(late)
      asked = null
    }
  }

  async function put(question: Question<Answer>, until = Infinity): Promise<Fault | null> {
    let last: 'silent' | 'again' = 'silent'
    if (gone !== null) return gone
    owes()
    for (let tried = 0; tried < tries && gone === null; tried += 1) {
      if (tried > 0 && performance.now() >= until) break
      const came = await once(question, tried === 0 ? question.bytes : question.again)
      if (typeof came === 'object') {
        if (came.fault?.code !== 'port-gone' && came.fault?.code !== 'port-busy') silences = 0
        clearInterval(doubt)
        return came.fault
      }
      last = came
      if (rest_ms > 0) await pause(rest_ms)
    }
    clearInterval(doubt)
    if (gone !== null) return gone
    if (last === 'again') return { code: 'device-error', detail: 'the scanner asks for it again and again' }
    fellSilent()
    return NO_ANSWER
  }

  /** The scanner owes an answer from now on. */
  function owes(): void {
    clearInterval(doubt)
    let looks = 0
    doubt = setInterval(() => {
      looks += 1
      if (looks * DOUBT_LOOK_MS < DOUBT_MS) return
      clearInterval(doubt)
      say(NO_ANSWER)
    }, DOUBT_LOOK_MS)
  }

  function fellSilent(): void {
    isSetUp = false
    silences += 1
    say(NO_ANSWER)
    if (silences >= DEAF_MAX && !anything) outlet.giveUp(NO_ANSWER)
  }

  function say(fault: Fault | null): void {
    if (gone !== null) return
    ill = fault !== null
    outlet.health(fault)
  }

  async function inLine(deadline_ms: number, deed: (until: number) => Promise<Fault | null>): Promise<Fault | null> {
    if (gone !== null) return gone
    if (waiting >= WAITING_MAX) return TOO_MANY
    const until = performance.now() + deadline_ms
    waiting += 1
    clearTimeout(nextLook)
    const done = line.then(() => (performance.now() < until ? deed(until) : TOO_LATE))
    line = rest_ms === 0 ? done : done.then(() => pause(rest_ms))
    try {
      return await done
    } finally {
      waiting -= 1
      lookLater()
    }
  }

  function lookLater(): void {
    clearTimeout(nextLook)
    if (waiting === 0 && gone === null) nextLook = setTimeout(look, IDLE_MS)
  }

  async function settingUp(): Promise<Fault | null> {
    for (const question of setUp) {
      const fault = await put(question)
      if (fault !== null) return fault
      if (rest_ms > 0) await pause(rest_ms)
    }
    isSetUp = gone === null
    return gone
  }

  /** Sets the scanner up if it is not, and else asks whether it is there. */
  function look(): void {
    void inLine(LOOK_MS, async () => {
      const fault = isSetUp ? await put(probe) : await settingUp()
      say(fault)
      return fault
    })
  }

  return {
    opened: look,
    closed(fault) {
      gone = fault ?? CLOSED
      clearTimeout(nextLook)
      clearInterval(doubt)
      asked?.end(gone)
    },
    heard() {
      anything = true
      silences = 0
      clearInterval(doubt)
      // What speaks by itself is there, unless that is in doubt: then it has to answer.
      if (isSetUp && !ill) lookLater()
    },
    take: (answer) => asked?.answer(answer) ?? false,
    ask: (question, deadline_ms) => inLine(deadline_ms, (until) => put(question, until)),
  }
}

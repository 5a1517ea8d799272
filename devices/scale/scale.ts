import { setTimeout as pause } from 'node:timers/promises'
import type { DeviceDriver, DriverOutlet } from '../driver.ts'
import { good, type Frame } from '../framing.ts'
import { PortClosed } from '../port.ts'
import type { Fault } from '../reading.ts'
import type { ScaleAnswer, ScaleCommand, ScaleProtocol } from './protocol.ts'

/** A scale answers at once; at 1200 baud the answer takes 160 ms. A streaming one speaks several times in this time. */
const ANSWER_MS = 700
/** Questions in a row that may stay unanswered or get nonsense before that is how the scale is. */
const TROUBLES_MAX = 2
/** Silences in a row after which the connection itself is doubted: behind a converter that was restarted nobody hears us. */
const DEAF_MAX = 5
/** An answer that did not come in time may still come this much later. */
const LATE_MS = 2000
/** Between two questions while the weight still moves. */
const SETTLE_MS = 100
/** A scale that nobody asks anything is asked this often whether it is still there, one that did not answer more often: two silences take less than 3 s. */
const IDLE_MS = 700
const FAULTY_MS = 500
/** Commands that may wait behind the one under way. */
const WAITING_MAX = 4

const UNSTABLE: Fault = { code: 'unstable', detail: 'the weight did not come to rest' }
const OVERLOAD: Fault = { code: 'overload', detail: 'more than the scale can weigh' }
const UNDERLOAD: Fault = { code: 'underload', detail: 'less than the empty pan' }
const NO_ANSWER: Fault = { code: 'no-answer', detail: 'the scale does not answer' }
const NOT_NOW: Fault = { code: 'device-error', detail: 'the scale cannot do it now' }
const CLOSED: Fault = { code: 'port-gone', detail: 'the port is closed' }
const NO_COMMANDS: Fault = { code: 'device-error', detail: 'this scale only sends; it takes no commands' }
const TOO_MANY: Fault = { code: 'port-busy', detail: `${WAITING_MAX} commands are waiting` }
const TOO_LATE: Fault = { code: 'port-busy', detail: 'the commands before took the time' }

const NO_BYTES = new Uint8Array(0)

/** What became of a command, with the bytes of the answer that decided it. */
export type Weighed = Frame<{ readonly weight_mg: number }>
export type Done = Frame<'done'>

export interface Scale extends DeviceDriver {
  /**
   * The weight at rest, or within `deadline_ms` the fault: `unstable`, `overload`, `underload`, `no-answer`, `device-error`, `protocol`,
   * `line-garbled`, `port-gone`, `port-busy`. A weight that moves is never given. Never rejects.
   */
  weigh(deadline_ms: number): Promise<Weighed>
  /** Sets the scale to zero; faults as `weigh`. */
  zero(deadline_ms: number): Promise<Done>
  /** Takes what lies on the scale as the tare; faults as `weigh`. */
  tare(deadline_ms: number): Promise<Done>
}

/** `stale` is the answer to an earlier question, and nothing after it. */
type Answered = Frame<ScaleAnswer> | 'silent' | 'stale'

/**
 * A scale of one protocol. An asking one is asked for its weight at once, again and again, instead of being told to wait for rest: so each
 * answer belongs to one question and a silent scale is known soon. Only the answer's own mark of rest makes it a weight. Weights that the scale
 * sends by itself (its print key) are readings, if at rest; those of a streaming scale are not, for it sends them always.
 */
export function openScale(outlet: DriverOutlet, protocol: ScaleProtocol): Scale {
  const framer = protocol.framer()
  let gone: Fault | null = null
  let waiting = 0
  let line: Promise<unknown> = Promise.resolve()
  let asked: { readonly to: ScaleAnswer['to']; stale: boolean; settle(answered: Answered): void } | null = null
  /** Until then an answer may belong to a question that was given up, and say nothing about what lies on the scale now. */
  let owedUntil_ms = 0
  let troubles = 0
  let silences = 0
  let nextLook: NodeJS.Timeout | undefined

  async function ask(command: ScaleCommand, patience_ms: number): Promise<Answered> {
    if (gone !== null) return failed(gone)
    const { promise, resolve } = Promise.withResolvers<Answered>()
    const question = {
      to: command,
      stale: false,
      settle(answered: Answered) {
        clearTimeout(late)
        asked = null
        resolve(answered)
      },
    }
    const late = setTimeout(() => {
      if (!question.stale && bytes !== null) owedUntil_ms = performance.now() + LATE_MS
      question.settle(question.stale ? 'stale' : 'silent')
    }, patience_ms)
    asked = question
    const bytes = protocol.commandBytes(command)
    if (bytes !== null)
      outlet.write(bytes, patience_ms).catch((error: unknown) => {
        if (!(error instanceof PortClosed)) throw error
        if (asked === question) question.settle(failed(error.fault))
      })
    const answered = await promise
    if (answered !== 'stale') note(answered === 'silent' ? NO_ANSWER : answered.fault)
    silences = answered === 'silent' ? silences + 1 : 0
    if (silences === DEAF_MAX) outlet.giveUp(NO_ANSWER)
    return answered
  }

  function note(fault: Fault | null): void {
    if (gone !== null) return
    troubles = fault === null ? 0 : troubles + 1
    if (fault === null || troubles >= TROUBLES_MAX) outlet.health(fault)
  }

  function take(frame: Frame<ScaleAnswer>): void {
    const fitting = asked !== null && (frame.fault !== null || frame.meaning.to === asked.to)
    if (owedUntil_ms > performance.now() && (fitting || frame.meaning?.to === 'weight')) {
      owedUntil_ms = 0
      if (asked !== null) asked.stale = true
    } else if (fitting) {
      asked?.settle(frame)
    } else if (frame.fault !== null) outlet.reading(frame.raw, { kind: 'fault', fault: frame.fault })
    else if (protocol.streams) return
    else if (frame.meaning.to === 'weight' && frame.meaning.kind === 'weight' && frame.meaning.stable)
      outlet.reading(frame.raw, { kind: 'weight', weight_mg: frame.meaning.weight_mg, stable: true })
  }

  /** One command after the other; the time that one waits is taken off its deadline. */
  async function inLine<Meaning>(
    deadline_ms: number,
    deed: (left_ms: () => number) => Promise<Frame<Meaning>>,
  ): Promise<Frame<Meaning>> {
    if (waiting >= WAITING_MAX) return failed(TOO_MANY)
    const until = performance.now() + deadline_ms
    const left_ms = (): number => until - performance.now()
    waiting += 1
    clearTimeout(nextLook)
    const done = line.then(() => (left_ms() > 0 ? deed(left_ms) : failed<Meaning>(TOO_LATE)))
    line = done.catch(() => undefined)
    try {
      return await done
    } finally {
      waiting -= 1
      if (waiting === 0 && gone === null) nextLook = setTimeout(look, troubles > 0 ? FAULTY_MS : IDLE_MS)
    }
  }

  /** Asks whether the scale is still there. */
  function look(): void {
    void inLine(2 * ANSWER_MS, async (left_ms) => {
      while ((await ask('weight', Math.min(ANSWER_MS, left_ms()))) === 'stale' && left_ms() > 0);
      return good(NO_BYTES, 'done')
    })
  }

  async function atRest(left_ms: () => number): Promise<Weighed> {
    let last: Weighed = failed(NO_ANSWER)
    let candidate_mg = NaN
    let agreed = 0
    for (let inARow = 0; inARow < TROUBLES_MAX;) {
      const patience_ms = Math.min(ANSWER_MS, left_ms())
      const answered = await ask('weight', patience_ms)
      if (answered === 'silent') {
        if (patience_ms < ANSWER_MS) break
        last = failed(NO_ANSWER)
        inARow += 1
      } else if (answered !== 'stale') {
        const weighed = weightOf(answered)
        if (weighed.fault === null) {
          const { weight_mg } = weighed.meaning
          agreed = weight_mg === candidate_mg ? agreed + 1 : 1
          candidate_mg = weight_mg
          if (agreed >= protocol.agreeing) return weighed
          last = failed(UNSTABLE, weighed.raw)
        } else {
          if (!mayPass(weighed.fault)) return weighed
          agreed = 0
          last = weighed
        }
        inARow = answered.fault === null ? 0 : inARow + 1
      }
      if (left_ms() <= SETTLE_MS) break
      await pause(SETTLE_MS)
    }
    return last
  }

  async function obeyed(command: 'zero' | 'tare', left_ms: () => number): Promise<Done> {
    const bytes = protocol.commandBytes(command)
    if (bytes === null) return failed(NO_COMMANDS)
    if (!protocol.acknowledges) return await shown(bytes, left_ms)
    const answered = await ask(command, left_ms())
    return typeof answered === 'string' ? failed(NO_ANSWER) : doneOf(answered)
  }

  /** A scale that acknowledges nothing has obeyed when it shows nothing. */
  async function shown(bytes: Uint8Array, left_ms: () => number): Promise<Done> {
    if (gone !== null) return failed(gone)
    try {
      await outlet.write(bytes, left_ms())
    } catch (error) {
      if (error instanceof PortClosed) return failed(error.fault)
      throw error
    }
    for (;;) {
      const weighed = await atRest(left_ms)
      if (weighed.fault !== null) return weighed
      if (weighed.meaning.weight_mg === 0) return good(weighed.raw, 'done')
      if (left_ms() <= SETTLE_MS) return failed(NOT_NOW, weighed.raw)
      await pause(SETTLE_MS)
    }
  }

  return {
    opened: look,
    bytes: (bytes) => framer.push(bytes).forEach(take),
    closed(fault) {
      gone = fault ?? CLOSED
      clearTimeout(nextLook)
      const cut = framer.end()
      if (asked !== null) asked.settle(failed(gone, cut[0]?.raw))
      else cut.forEach(take)
    },
    weigh: (deadline_ms) => inLine(deadline_ms, atRest),
    zero: (deadline_ms) => inLine(deadline_ms, (left_ms) => obeyed('zero', left_ms)),
    tare: (deadline_ms) => inLine(deadline_ms, (left_ms) => obeyed('tare', left_ms)),
  }
}

function failed<Meaning>(fault: Fault, raw: Uint8Array = NO_BYTES): Frame<Meaning> {
  return { raw, meaning: null, fault }
}

/** Whether asking again may give something else: the hand leaves the pan, the next line comes whole. */
function mayPass(fault: Fault): boolean {
  const { code } = fault
  return (
    fault === NOT_NOW ||
    code === 'unstable' ||
    code === 'line-garbled' ||
    code === 'line-too-long' ||
    code === 'protocol'
  )
}

function weightOf({ raw, meaning, fault }: Frame<ScaleAnswer>): Weighed {
  if (meaning === null) return failed(fault, raw)
  switch (meaning.kind) {
    case 'weight':
      return meaning.stable ? good(raw, { weight_mg: meaning.weight_mg }) : failed(UNSTABLE, raw)
    default:
      return failed(refusalOf(meaning.kind), raw)
  }
}

function doneOf({ raw, meaning, fault }: Frame<ScaleAnswer>): Done {
  if (meaning === null) return failed(fault, raw)
  switch (meaning.kind) {
    case 'done':
      return good(raw, 'done')
    case 'weight':
      return meaning.stable ? good(raw, 'done') : failed(UNSTABLE, raw)
    default:
      return failed(refusalOf(meaning.kind), raw)
  }
}

function refusalOf(kind: Exclude<ScaleAnswer['kind'], 'weight'>): Fault {
  switch (kind) {
    case 'overload':
      return OVERLOAD
    case 'underload':
      return UNDERLOAD
    case 'not-now':
    case 'done':
    case 'serial-number':
      return NOT_NOW
  }
}

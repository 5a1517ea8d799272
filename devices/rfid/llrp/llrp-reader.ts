import type { Frame } from '../../framing.ts'
import { PortClosed } from '../../port.ts'
import type { Fault, TagWriteOutcome } from '../../reading.ts'
import { hexBytes } from '../bytes.ts'
import {
  antennaFault,
  codeFault,
  LLRP_READ_RESULTS,
  LLRP_STATUS,
  LLRP_WRITE_RESULTS,
  type ErrorTable,
} from '../error-words.ts'
import { tagTeller, type RfidOutlet, type RfidReader, type RfidSettings } from '../reader.ts'
import { writeRefused, writeTag, type TagAir } from '../write-tag.ts'
import { capabilitiesIn, eventsIn, reportIn, statusIn, type AccessResult } from './answers.ts'
import { powerIndex, unfit } from './fitness.ts'
import { llrpFramer, MESSAGE, type LlrpMessage } from './message.ts'
import {
  addAccessSpec,
  addRoSpec,
  closeConnection,
  deleteAccessSpec,
  deleteAccessSpecs,
  deleteRoSpecs,
  enableAccessSpec,
  enableReports,
  getCapabilities,
  keepaliveAck,
  orderRoSpec,
  setConfig,
  type Access,
} from './requests.ts'

/** The reader is asked for a life sign this often, and taken for lost after that much silence of any kind. */
export const KEEPALIVE_MS = 1000
const LOST_MS = 3000
/** A reader that is still starting takes connections before it speaks. */
const GREETING_MS = 5000
const ANSWER_MS = 3000
const WRITE_MS = 2000
/** Tags are listened for before one is written. */
const SURVEY_MS = 800
/** A read or write is carried out when the reader next meets the tag, some ten times a second. */
const READ_MS = 1000
const WRITTEN_MS = 2000
/** Writes that may wait behind the one under way. */
const WRITES_MAX = 4
const EPC_BANK = 1

const LOST: Fault = { code: 'no-answer', detail: 'the reader is silent' }
const OUT_OF_STEP: Fault = { code: 'protocol', detail: 'what the reader sends is no LLRP' }
const REFUSED: Fault = {
  code: 'port-busy',
  detail: 'the reader serves another program',
  words: { zh: '读写器正被其他程序使用', en: 'The reader serves another program' },
}

type Answer = { readonly body: Uint8Array } | Fault

/**
 * A reader that speaks LLRP over TCP. The reader speaks first; then it is asked what it can do, told to send life signs, rid of what an earlier
 * connection left running, and given one inventory without an end. Silence, or bytes that are no LLRP, end the connection.
 */
export function llrpReader(outlet: RfidOutlet, settings: RfidSettings): RfidReader {
  const framer = llrpFramer()
  const teller = tagTeller(outlet)
  const waiting = new Map<number, (answer: Answer) => void>()
  const accesses = new Map<number, (result: AccessResult) => void>()
  const unplugged = new Set<number>()
  let nextId = 1
  let nextSpec = 1
  let gone: Fault | null = null
  let running = false
  let surveyed: Set<string> | null = null
  let writing: Promise<unknown> = Promise.resolve()
  let writes = 0
  let watch: NodeJS.Timeout | undefined
  let heard_ms = 0

  /** Any byte is a life sign; those that wait in the operating system come in before the check. */
  function watchSilence(patience_ms: number): void {
    clearTimeout(watch)
    watch = setTimeout(
      () =>
        setImmediate(() => {
          if (gone !== null) return
          const silent_ms = performance.now() - heard_ms
          if (silent_ms >= patience_ms) outlet.giveUp(LOST)
          else watchSilence(patience_ms)
        }),
      patience_ms,
    )
  }

  function send(bytes: Uint8Array): void {
    outlet.write(bytes, WRITE_MS).catch((error: unknown) => {
      if (!(error instanceof PortClosed)) throw error
    })
  }

  async function request(make: (id: number) => Uint8Array): Promise<Answer> {
    if (gone !== null) return gone
    const id = nextId
    nextId += 1
    const { promise, resolve } = Promise.withResolvers<Answer>()
    const late = setTimeout(() => setImmediate(() => settle(LOST)), ANSWER_MS)
    const settle = (answer: Answer): void => {
      clearTimeout(late)
      waiting.delete(id)
      resolve(answer)
    }
    waiting.set(id, settle)
    send(make(id))
    return await promise
  }

  /** Null when the reader has done it. */
  async function order(make: (id: number) => Uint8Array): Promise<Fault | null> {
    const answer = await request(make)
    return 'body' in answer ? null : answer
  }

  async function begin(): Promise<void> {
    const answer = await request(getCapabilities)
    const capabilities = 'body' in answer ? capabilitiesIn(answer.body) : null
    const fault =
      unfit(capabilities, settings) ??
      (await order((id) => setConfig(id, KEEPALIVE_MS))) ??
      (await order(deleteRoSpecs)) ??
      // A reader that has no access operations refuses this, and has none to be rid of.
      (await order(deleteAccessSpecs).then(() => null)) ??
      (await order((id) =>
        addRoSpec(id, { antennas: settings.antennas, powerIndex: powerIndex(capabilities, settings.power_dbm) }),
      )) ??
      (await order((id) => orderRoSpec(id, 'ENABLE_ROSPEC'))) ??
      (await order((id) => orderRoSpec(id, 'START_ROSPEC')))
    if (gone !== null) return
    if (fault !== null) return outlet.giveUp(fault)
    send(enableReports(nextId++))
    running = true
    tellHealth()
  }

  function tellHealth(): void {
    const [antenna] = unplugged
    if (running) outlet.health(antenna === undefined ? null : antennaFault(antenna))
  }

  function take(frame: Frame<LlrpMessage>): void {
    if (frame.fault !== null) {
      teller.wrong(frame)
      if (gone === null) outlet.giveUp(OUT_OF_STEP)
      return
    }
    const { raw, meaning } = frame
    switch (meaning.type) {
      case MESSAGE.KEEPALIVE:
        return send(keepaliveAck(meaning.id))
      case MESSAGE.RO_ACCESS_REPORT:
        return report(meaning.body, raw)
      case MESSAGE.READER_EVENT_NOTIFICATION:
        return event(meaning.body, raw)
      default:
        return answered(meaning)
    }
  }

  /** Only an answer carries a status; a message of any other kind is passed over, whatever its id. */
  function answered({ id, body }: LlrpMessage): void {
    const status = statusIn(body)
    if (status === null) return
    waiting.get(id)?.(status.code === 0 ? { body } : codeFault('LLRP', status.code, LLRP_STATUS, status.text))
  }

  function report(body: Uint8Array, raw: Uint8Array): void {
    const said = reportIn(body)
    if (said === null) return outlet.count('damaged', 1)
    if (said.abandoned > 0) outlet.count('damaged', said.abandoned)
    teller.saw(
      said.tags.map(({ sighting }) => sighting),
      raw,
    )
    for (const { sighting, access } of said.tags) {
      surveyed?.add(sighting.epc)
      if (access !== null) accesses.get(access.spec)?.(access)
    }
  }

  function event(body: Uint8Array, raw: Uint8Array): void {
    const events = eventsIn(body)
    if (events === null) return outlet.count('damaged', 1)
    for (const one of events)
      switch (one.event) {
        case 'connection':
          if (one.status !== 0) outlet.giveUp(REFUSED)
          else {
            watchSilence(LOST_MS)
            void begin()
          }
          break
        case 'closing':
          outlet.giveUp({ code: 'port-gone', detail: 'the reader ends the connection' })
          break
        case 'antenna':
          if (one.connected) unplugged.delete(one.antenna)
          else if (settings.antennas.includes(one.antenna)) unplugged.add(one.antenna)
          tellHealth()
          break
        case 'exception':
          outlet.reading(raw, { kind: 'fault', fault: { code: 'device-error', detail: one.text } })
          break
        case 'overflow':
          outlet.reading(raw, {
            kind: 'fault',
            fault: { code: 'device-error', detail: 'reports were lost in the reader' },
          })
          break
      }
  }

  /** One read or write of the tag with this EPC: `silent` when it was begun and nothing was said of its end. */
  async function accessTag(epc: string, access: Access): Promise<AccessResult | 'silent' | Fault> {
    const spec = nextSpec
    nextSpec += 1
    const { promise, resolve } = Promise.withResolvers<AccessResult | 'silent'>()
    accesses.set(spec, resolve)
    const antenna = settings.antennas[0] ?? 1
    try {
      const fault =
        (await order((id) => addAccessSpec(id, { id: spec, antenna, epc: hexBytes(epc), access }))) ??
        (await order((id) => enableAccessSpec(id, spec)))
      if (fault !== null) return fault
      const late = setTimeout(() => resolve('silent'), 'read' in access ? READ_MS : WRITTEN_MS)
      const result = await promise
      clearTimeout(late)
      // One that was carried out has gone by itself; the other must not be carried out later.
      if (result === 'silent') await order((id) => deleteAccessSpec(id, spec))
      return result
    } finally {
      accesses.delete(spec)
    }
  }

  const air: TagAir = {
    async survey() {
      if (gone !== null || !running) return gone ?? LOST
      surveyed = new Set()
      const { promise, resolve } = Promise.withResolvers<void>()
      setTimeout(resolve, SURVEY_MS)
      await promise
      const seen = [...surveyed]
      surveyed = null
      return gone ?? seen
    },
    async read(epc, bank, pointer, words) {
      const result = await accessTag(epc, { read: { bank, pointer, words } })
      if (result === 'silent') return { code: 'no-answer', detail: 'the tag was not read' }
      if ('detail' in result) return result
      if (result.result !== 0) return resultFault(result, LLRP_READ_RESULTS)
      if (result.data.length !== words * 2) return { code: 'protocol', detail: `${result.data.length} bytes were read` }
      return result.data
    },
    async write(epc, pointer, data) {
      const result = await accessTag(epc, { write: { bank: EPC_BANK, pointer, data } })
      if (result === 'silent' || 'detail' in result) return result
      return result.result === 0 ? 'done' : resultFault(result, LLRP_WRITE_RESULTS)
    },
  }

  return {
    opened() {
      heard_ms = performance.now()
      watchSilence(GREETING_MS)
    },
    bytes(bytes) {
      heard_ms = performance.now()
      framer.push(bytes).forEach(take)
    },
    closed(fault) {
      gone = fault ?? { code: 'port-gone', detail: 'the port is closed' }
      clearTimeout(watch)
      for (const settle of [...waiting.values()]) settle(gone)
      framer.end().forEach(take)
      teller.stop()
    },
    write(wanted, deadline_ms): Promise<TagWriteOutcome> {
      if (settings.role === 'gate')
        return Promise.resolve(writeRefused('wrong-role', 'a reader at a gate writes no tags'))
      if (writes >= WRITES_MAX) return Promise.resolve(writeRefused('reader-fault', 'too many writes are waiting'))
      const until = performance.now() + deadline_ms
      writes += 1
      const done = writing
        .then(() => {
          const left_ms = (): number => until - performance.now()
          if (left_ms() <= 0) return writeRefused('reader-fault', 'the reader was not free in time')
          return writeTag(air, wanted, left_ms)
        })
        .finally(() => (writes -= 1))
      writing = done.catch(() => undefined)
      return done
    },
    async leave() {
      if (gone !== null || !running) return
      running = false
      await order((id) => orderRoSpec(id, 'STOP_ROSPEC'))
      await order(deleteRoSpecs)
      await order(closeConnection)
    },
  }
}

function resultFault({ result }: AccessResult, table: ErrorTable): Fault {
  return codeFault('tag', result, table)
}

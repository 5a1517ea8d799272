import type { Frame } from '../../framing.ts'
import type { Fault, TagWriteOutcome } from '../../reading.ts'
import { antennaFault } from '../error-words.ts'
import { tagTeller, type RfidOutlet, type RfidReader, type RfidSettings } from '../reader.ts'
import { writeRefused, writeTag } from '../write-tag.ts'
import { capabilitiesIn, eventsIn, reportIn } from './answers.ts'
import { llrpConversation, LOST } from './conversation.ts'
import { powerIndex, unfit } from './fitness.ts'
import { llrpFramer, MESSAGE, type LlrpMessage } from './message.ts'
import {
  addRoSpec,
  closeConnection,
  deleteAccessSpecs,
  deleteRoSpecs,
  enableReports,
  getCapabilities,
  keepaliveAck,
  orderRoSpec,
  setConfig,
} from './requests.ts'
import { llrpTagAccess } from './tag-access.ts'

/** The reader is asked for a life sign this often, and taken for lost after that much silence of any kind. */
const KEEPALIVE_MS = 1000
const LOST_MS = 3000
/** A reader that is still starting takes connections before it speaks. */
const GREETING_MS = 5000
/** Writes that may wait behind the one under way. */
const WRITES_MAX = 4

const OUT_OF_STEP: Fault = { code: 'protocol', detail: 'what the reader sends is no LLRP' }
const REFUSED: Fault = {
  code: 'port-busy',
  detail: 'the reader serves another program',
  words: { zh: '读写器正被其他程序使用', en: 'The reader serves another program' },
}

/**
 * A reader that speaks LLRP over TCP. The reader speaks first; then it is asked what it can do, told to send life signs, rid of what an earlier
 * connection left running, and given one inventory without an end. Silence, or bytes that are no LLRP, end the connection.
 */
export function llrpReader(outlet: RfidOutlet, settings: RfidSettings): RfidReader {
  const framer = llrpFramer()
  const teller = tagTeller(outlet)
  const conversation = llrpConversation((bytes, within_ms) => outlet.write(bytes, within_ms))
  const { order, request, send } = conversation
  const unplugged = new Set<number>()
  let running = false
  let writing: Promise<unknown> = Promise.resolve()
  let writes = 0
  let watch: NodeJS.Timeout | undefined
  let heard_ms = 0
  const tags = llrpTagAccess(conversation, { antenna: settings.antennas[0] ?? 1, running: () => running })

  /** Any byte is a life sign; those that wait in the operating system come in before the check. */
  function watchSilence(patience_ms: number): void {
    clearTimeout(watch)
    watch = setTimeout(
      () =>
        setImmediate(() => {
          if (conversation.ended() !== null) return
          const silent_ms = performance.now() - heard_ms
          if (silent_ms >= patience_ms) outlet.giveUp(LOST)
          else watchSilence(patience_ms)
        }),
      patience_ms,
    )
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
    if (conversation.ended() !== null) return
    if (fault !== null) return outlet.giveUp(fault)
    conversation.tell(enableReports)
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
      if (conversation.ended() === null) outlet.giveUp(OUT_OF_STEP)
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
        return conversation.answered(meaning)
    }
  }

  function report(body: Uint8Array, raw: Uint8Array): void {
    const said = reportIn(body)
    if (said === null) return outlet.count('damaged', 1)
    if (said.abandoned > 0) outlet.count('damaged', said.abandoned)
    teller.saw(
      said.tags.map(({ sighting }) => sighting),
      raw,
    )
    tags.reported(said.tags)
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
      clearTimeout(watch)
      conversation.end(fault ?? { code: 'port-gone', detail: 'the port is closed' })
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
          return writeTag(tags.air, wanted, left_ms)
        })
        .finally(() => (writes -= 1))
      writing = done.catch(() => undefined)
      return done
    },
    async leave() {
      if (conversation.ended() !== null || !running) return
      running = false
      await order((id) => orderRoSpec(id, 'STOP_ROSPEC'))
      await order(deleteRoSpecs)
      await order(closeConnection)
    },
  }
}

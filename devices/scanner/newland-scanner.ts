import type { DriverOutlet } from '../driver.ts'
import type { Frame } from '../framing.ts'
import type { ScannerOrder, Told } from '../reading.ts'
import { type CommandAnswer, type CommandMeaning, commandQuestion, sortMeanings } from './command.ts'
import { conversation, type Question } from './conversation.ts'
import { lineFramer, type LineOptions } from './line.ts'
import { newlandBytes, newlandFramer } from './newland.ts'
import type { Scanner } from './scanner.ts'
import { silenceWatch } from './silence.ts'
import { noiseCount, scanTeller, type TellerOptions } from './teller.ts'

/** No scanner pauses this long inside a code or an answer. */
const CUT_MS = 2000
/** The manuals leave an answer five seconds and want fifty milliseconds between two commands. */
const ANSWER_MS = 5000
const REST_MS = 50
const TRIES = 2
const FEEDBACK_MS = 800
const ORDER_MS = 5000

/** Product information: changes nothing, and every scanner of the family has it. */
const PRODUCT = 'QRYSYS'
/** A low tone of 800 Hz for 400 ms; a scanner without this command says so. */
const BAD_BEEP = 'BEEPON800F400T20V'

const ORDERS: Readonly<Partial<Record<ScannerOrder, string>>> = { trigger: 'SCNTRG1', release: 'SCNTRG0' }

export interface NewlandScannerOptions extends LineOptions, TellerOptions {}

/**
 * A scanner of the Newland unified command set: codes come as plain lines, commands and their answers go between them. It is `ready` by its
 * answer to a question that changes nothing. A good read is heard already, as the scanner beeps when it decodes.
 */
export function newlandScanner(outlet: DriverOutlet, options: NewlandScannerOptions = {}): Scanner {
  const framer = newlandFramer(lineFramer(options))
  const tell = scanTeller(outlet, options)
  const countNoise = noiseCount(outlet, framer)
  const silence = silenceWatch(CUT_MS, () => took(framer.silence()))
  const talk = conversation<CommandAnswer>(outlet, {
    patience_ms: ANSWER_MS,
    tries: TRIES,
    rest_ms: REST_MS,
    setUp: [question(PRODUCT)],
    probe: question(PRODUCT),
  })
  let canBeep = true

  function took(frames: readonly Frame<CommandMeaning>[]): void {
    sortMeanings(frames, talk, tell)
    countNoise()
  }

  return {
    opened: talk.opened,
    bytes(bytes) {
      took(framer.push(bytes))
      silence.heard(framer.begun())
    },
    closed(fault) {
      silence.stop()
      talk.closed(fault)
      took(framer.end())
    },
    async feedback(verdict): Promise<Told> {
      if (verdict === 'good' || !canBeep) return 'unable'
      const fault = await talk.ask(question(BAD_BEEP), FEEDBACK_MS)
      if (fault?.code !== 'protocol') return fault
      canBeep = false
      return 'unable'
    },
    async order(order) {
      const command = ORDERS[order]
      return command === undefined ? 'unable' : await talk.ask(question(command), ORDER_MS)
    },
  }
}

function question(command: string): Question<CommandAnswer> {
  return commandQuestion(command, newlandBytes(command))
}

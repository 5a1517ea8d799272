import { setTimeout as pause } from 'node:timers/promises'
import type { DriverOutlet } from '../driver.ts'
import type { Frame } from '../framing.ts'
import { PortClosed } from '../port.ts'
import type { Told } from '../reading.ts'
import { type CommandAnswer, type CommandMeaning, commandQuestion, sortMeanings } from './command.ts'
import { conversation } from './conversation.ts'
import { honeywellBytes, honeywellFramer, honeywellMenu } from './honeywell.ts'
import type { Scanner } from './scanner.ts'
import { silenceWatch } from './silence.ts'
import { noiseCount, scanTeller, type TellerOptions } from './teller.ts'

/** The scanner sends a code in one go; after this much silence the rest will not come. */
const SILENCE_MS = 300
const ANSWER_MS = 1000
const TRIES = 3
const COMMAND_MS = 500
/** "Bad" is three beeps, as a single one is what a good read sounds like. */
const BAD_BEEPS = 3
const BETWEEN_BEEPS_MS = 150

/** Each code comes behind a header that says its length and symbology. Asked again now and then, it also finds out that the scanner is there. */
const HEADERS = commandQuestion('DECHDR1', honeywellMenu('DECHDR1'))

/**
 * A Honeywell scanner on a serial line (or its COM personality). It is `ready` when it has acknowledged to send codes behind headers; trigger
 * and beep are not acknowledged, so of those only the sending is known.
 */
export function honeywellScanner(outlet: DriverOutlet, options: TellerOptions = {}): Scanner {
  const framer = honeywellFramer()
  const tell = scanTeller(outlet, options)
  const countNoise = noiseCount(outlet, framer)
  const silence = silenceWatch(SILENCE_MS, () => took(framer.silence()))
  const talk = conversation<CommandAnswer>(outlet, {
    patience_ms: ANSWER_MS,
    tries: TRIES,
    rest_ms: 0,
    setUp: [HEADERS],
    probe: HEADERS,
  })

  function took(frames: readonly Frame<CommandMeaning>[]): void {
    sortMeanings(frames, talk, tell)
    countNoise()
  }

  async function send(letter: Parameters<typeof honeywellBytes>[0], times = 1): Promise<Told> {
    try {
      for (let sent = 0; sent < times; sent += 1) {
        if (sent > 0) await pause(BETWEEN_BEEPS_MS)
        await outlet.write(honeywellBytes(letter), COMMAND_MS)
      }
      return null
    } catch (error) {
      if (error instanceof PortClosed) return error.fault
      throw error
    }
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
    feedback: (verdict) => (verdict === 'bad' ? send('\x07', BAD_BEEPS) : Promise.resolve('unable')),
    order(order) {
      switch (order) {
        case 'trigger':
          return send('T')
        case 'release':
          return send('U')
        case 'enable':
        case 'disable':
        case 'aim':
        case 'aim-off':
          return Promise.resolve('unable')
      }
    },
  }
}

import type { DriverOutlet } from '../driver.ts'
import { PortClosed } from '../port.ts'
import type { Feedback, ScannerOrder, Told } from '../reading.ts'
import { withoutGm65Answers } from './gm65.ts'
import { LINE_COMMANDS, type LineCommands } from './line-commands.ts'
import { lineFramer, type LineOptions } from './line.ts'
import type { Scanner } from './scanner.ts'
import { silenceWatch } from './silence.ts'
import { noiseCount, scanTeller, type TellerOptions } from './teller.ts'

/** No scanner pauses this long inside a code; what comes after belongs to another. */
const CUT_MS = 2000
/** The silence that ends a line where nothing else does: no scanner pauses so long between two bytes of a code. */
const GAP_MS = 40
/** A beep that the line does not take at once comes too late to mean anything. */
const COMMAND_MS = 500

export interface LineScannerOptions extends LineOptions, TellerOptions {
  /** With terminator `none`: the silence that ends a line. */
  readonly gap_ms?: number
  readonly commands?: keyof typeof LINE_COMMANDS
}

/**
 * A scanner in plain line mode. It answers nothing, so an open port is all the evidence there is that it is well, and an order that was
 * sent is all that is known of it.
 */
export function lineScanner(outlet: DriverOutlet, options: LineScannerOptions = {}): Scanner {
  const lines = lineFramer(options)
  const framer = options.commands === 'gm65' ? withoutGm65Answers(lines) : lines
  const tell = scanTeller(outlet, options)
  const countNoise = noiseCount(outlet, framer)
  const silence = silenceWatch(options.terminator === 'none' ? (options.gap_ms ?? GAP_MS) : CUT_MS, () => {
    framer.silence().forEach(tell)
    countNoise()
  })
  const commands: LineCommands = options.commands === undefined ? {} : LINE_COMMANDS[options.commands]

  async function send(what: Feedback | ScannerOrder): Promise<Told> {
    const bytes = commands[what]
    if (bytes === undefined) return 'unable'
    try {
      await outlet.write(bytes, COMMAND_MS)
      return null
    } catch (error) {
      if (error instanceof PortClosed) return error.fault
      throw error
    }
  }

  return {
    opened: () => outlet.health(null),
    bytes(bytes) {
      framer.push(bytes).forEach(tell)
      countNoise()
      silence.heard(framer.begun())
    },
    closed() {
      silence.stop()
      framer.end().forEach(tell)
      countNoise()
    },
    feedback: send,
    order: send,
  }
}

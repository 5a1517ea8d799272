import { receivedBytes } from './received.ts'
import { openWire } from './wire.ts'

const CAPACITY_MG = 6_100_000
/** An empty pan that is lifted reads less than this. */
const LOWEST_MG = -50_000
/** Sent again this often after `SIR`. */
const STREAM_MS = 50
/** A command that waits for rest gives up after this time. */
const REST_MS = 10_000
const SERIAL = 'B021002593'

export interface EmulatedScale {
  readonly address: string
  /** Puts this much on the pan; `stable: false` lets the pan swing until `settle` or the next load. */
  load(weight_mg: number, options?: { readonly stable?: boolean }): void
  settle(): void
  /** Presses the print key: the weight is sent unasked. */
  pressPrint(): Promise<void>
  /** From now on the scale answers nothing (true) or answers again (false). */
  silence(silent: boolean): void
  /** Sends bytes as they are. */
  sendRaw(bytes: Uint8Array): Promise<void>
  received(): Uint8Array
  /** How many bytes came, those that are no longer kept included. */
  receivedCount(): number
  unplug(): Promise<void>
  /** Puts the plug in again: the scale starts, has forgotten its tare, and says its serial number. */
  replug(): Promise<void>
  close(): Promise<void>
}

/** Starts a scale that speaks MT-SICS levels 0 and 1 and exists only on its wire: 6.1 kg, readable to a milligram. */
export async function startScale({ listen }: { readonly listen: string }): Promise<EmulatedScale> {
  const received = receivedBytes()
  let load_mg = 0
  let zero_mg = 0
  let tare_mg = 0
  let stable = true
  let silent = false
  let typed = ''
  let stream: NodeJS.Timeout | undefined
  /** A command that waits for the pan to come to rest. */
  let waiting: { readonly run: () => string; readonly late: NodeJS.Timeout } | null = null

  const wire = await openWire(listen, (bytes) => {
    received.add(bytes)
    typed += Buffer.from(bytes).toString('latin1')
    const lines = typed.split('\r\n')
    typed = lines.pop() ?? ''
    for (const line of lines) command(line)
  })

  function say(line: string): void {
    // An answer that nobody is there to hear is lost, as on a real wire.
    if (!silent) wire.send(Buffer.from(`${line}\r\n`, 'latin1')).catch(() => undefined)
  }

  function command(line: string): void {
    clearInterval(stream)
    dropWaiting()
    switch (line) {
      case 'S':
        return atRest('S', () => weight('S'))
      case 'SI':
        return say(weight('S'))
      case 'SIR':
        say(weight('S'))
        stream = setInterval(() => say(weight('S')), STREAM_MS)
        return
      case 'Z':
        return atRest('Z', zeroed)
      case 'ZI':
        zeroed()
        return say(`ZI ${stable ? 'S' : 'D'}`)
      case 'T':
        return atRest('T', tared)
      case 'TI':
        tare_mg = gross()
        return say(`TI ${stable ? 'S' : 'D'} ${field(tare_mg)} g`)
      case 'TAC':
        tare_mg = 0
        return say('TAC A')
      case '@':
        tare_mg = 0
        return say(`I4 A "${SERIAL}"`)
      case 'I4':
        return say(`I4 A "${SERIAL}"`)
      default:
        return say('ES')
    }
  }

  function atRest(id: string, run: () => string): void {
    if (stable) return say(run())
    const late = setTimeout(() => {
      waiting = null
      say(`${id} I`)
    }, REST_MS)
    waiting = { run, late }
  }

  function dropWaiting(): void {
    clearTimeout(waiting?.late)
    waiting = null
  }

  function rest(): void {
    stable = true
    if (waiting === null) return
    const { run } = waiting
    dropWaiting()
    say(run())
  }

  function gross(): number {
    return load_mg - zero_mg
  }

  function weight(id: string): string {
    if (gross() > CAPACITY_MG) return `${id} +`
    if (gross() < LOWEST_MG) return `${id} -`
    return `${id} ${stable ? 'S' : 'D'} ${field(gross() - tare_mg)} g`
  }

  function zeroed(): string {
    if (gross() > CAPACITY_MG) return 'Z +'
    zero_mg = load_mg
    tare_mg = 0
    return 'Z A'
  }

  function tared(): string {
    if (gross() > CAPACITY_MG) return 'T +'
    tare_mg = gross()
    return `T S ${field(tare_mg)} g`
  }

  return {
    address: wire.address,
    load(weight_mg, options = {}) {
      if (!Number.isSafeInteger(weight_mg)) throw new RangeError(`weight_mg must be a whole number, not ${weight_mg}`)
      load_mg = weight_mg
      stable = false
      if (options.stable !== false) rest()
    },
    settle: rest,
    pressPrint: () => wire.send(Buffer.from(`${weight('S')}\r\n`, 'latin1')),
    silence(now) {
      silent = now
    },
    sendRaw: (bytes) => wire.send(bytes),
    received: received.all,
    receivedCount: received.count,
    async unplug() {
      clearInterval(stream)
      dropWaiting()
      await wire.unplug()
    },
    async replug() {
      typed = ''
      tare_mg = 0
      zero_mg = 0
      await wire.replug()
      say(`I4 A "${SERIAL}"`)
    },
    async close() {
      clearInterval(stream)
      dropWaiting()
      await wire.close()
    },
  }
}

/** Ten characters, right-aligned, grams with three decimals. */
function field(weight_mg: number): string {
  const digits = String(Math.abs(weight_mg)).padStart(4, '0')
  return `${weight_mg < 0 ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`.padStart(10)
}

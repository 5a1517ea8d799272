import { receivedBytes } from './received.ts'
import { openWire } from './wire.ts'

const CAPACITY_MG = 3_200_000
const LOWEST_MG = -50_000
/** A streaming scale speaks this often. */
const STREAM_MS = 100
/** A drifting load changes by this much with every look at it. */
const DRIFT_MG = 17

/** `and`: A&D balances. `indicator`: the "ST,GS" lines of many indicators. `ohaus`: Navigator. `defender`: Ohaus Defender. */
export type PlainScaleKind = 'and' | 'indicator' | 'ohaus' | 'defender'
/** With how many decimals each is shown. */
export type PlainScaleUnit = 'g' | 'kg' | 'mg' | 'ct'

export interface EmulatedPlainScale {
  readonly address: string
  /** Puts this much on the pan. `stable: false` lets it swing, `drifting` never comes to rest and changes all the time, until the next load. */
  load(weight_mg: number, options?: { readonly stable?: boolean; readonly drifting?: boolean }): void
  /** Shows weights in this unit from now on. */
  unit(unit: PlainScaleUnit): void
  silence(silent: boolean): void
  /** The next line loses its character at this place. */
  loseNext(place: number): void
  /** The next line ends after so many characters. */
  cutNext(length: number): void
  /** A person presses the print key. */
  pressPrint(): Promise<void>
  sendRaw(bytes: Uint8Array): Promise<void>
  received(): Uint8Array
  /** How many bytes came, those that are no longer kept included. */
  receivedCount(): number
  unplug(): Promise<void>
  replug(): Promise<void>
  close(): Promise<void>
}

const SHOWN = {
  g: { mg: 1000, decimals: 3 },
  kg: { mg: 1_000_000, decimals: 6 },
  mg: { mg: 1, decimals: 0 },
  ct: { mg: 200, decimals: 2 },
} as const

/** Starts a scale that answers by plain lines and acknowledges nothing: 3.2 kg, readable to a milligram. */
export async function startPlainScale({
  listen,
  kind,
  streams = false,
}: {
  readonly listen: string
  readonly kind: PlainScaleKind
  readonly streams?: boolean
}): Promise<EmulatedPlainScale> {
  const received = receivedBytes()
  let load_mg = 0
  let zero_mg = 0
  let stable = true
  let drifting = false
  let silent = false
  let shown: PlainScaleUnit = 'g'
  let typed = ''
  let lost: number | null = null
  let cut: number | null = null

  const wire = await openWire(listen, (bytes) => {
    received.add(bytes)
    typed += Buffer.from(bytes).toString('latin1')
    const lines = typed.split('\r\n')
    typed = lines.pop() ?? ''
    if (!streams) lines.forEach(command)
  })
  const stream = setInterval(() => {
    if (streams) say(line())
  }, STREAM_MS)

  function command(word: string): void {
    const ask = kind === 'ohaus' || kind === 'defender' ? 'IP' : 'Q'
    if (word === ask) say(line())
    else if ((word === 'Z' || word === 'T') && stable) zero_mg = load_mg
  }

  function say(text: string | null): void {
    if (silent || text === null) return
    let sent = `${text}\r\n`
    if (lost !== null) sent = sent.slice(0, lost) + sent.slice(lost + 1)
    if (cut !== null) sent = sent.slice(0, cut)
    lost = cut = null
    wire.send(Buffer.from(sent, 'latin1')).catch(() => undefined)
  }

  function line(): string | null {
    if (drifting) load_mg += DRIFT_MG
    const net_mg = load_mg - zero_mg
    const over = load_mg > CAPACITY_MG
    if (over || load_mg < LOWEST_MG) return outOfRange(over)
    const { mg, decimals } = SHOWN[shown]
    const scaled = Math.round((Math.abs(net_mg) / mg) * 10 ** decimals)
    const digits = String(scaled).padStart(decimals + 1, '0')
    const number = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
    const sign = net_mg < 0 ? '-' : '+'
    switch (kind) {
      case 'and':
        return `${stable ? 'ST' : 'US'},${sign}${number.padStart(8, '0')}${shown.padStart(3)}`
      case 'indicator':
        return `${stable ? 'ST' : 'US'},GS,${sign}${number.padStart(8)}${shown.padStart(2)}`
      case 'ohaus':
        return `${(sign === '-' ? `-${number}` : number).padStart(11)} ${shown.padEnd(5)} ${stable ? ' ' : '?'} ${zero_mg === 0 ? '' : 'NET'}`
      case 'defender':
        if (number.length > 7) return outOfRange(true)
        return `${sign === '-' ? '-' : ' '} ${number.padStart(7)} ${shown.padEnd(5)}${stable ? ' ' : '?'}${zero_mg === 0 ? 'G' : 'NET'}`
    }
  }

  function outOfRange(over: boolean): string | null {
    switch (kind) {
      case 'and':
        return `OL,${over ? '+' : '-'}9999999E+19`
      case 'indicator':
        return `OL,GS,${over ? '+' : '-'}        kg`
      case 'ohaus':
      case 'defender':
        return null
    }
  }

  return {
    address: wire.address,
    load(weight_mg, options = {}) {
      if (!Number.isSafeInteger(weight_mg)) throw new RangeError(`weight_mg must be a whole number, not ${weight_mg}`)
      load_mg = weight_mg
      drifting = options.drifting ?? false
      stable = options.stable ?? !drifting
    },
    unit(unit) {
      shown = unit
    },
    silence(now) {
      silent = now
    },
    loseNext(place) {
      lost = place
    },
    cutNext(length) {
      cut = length
    },
    pressPrint: () => wire.send(Buffer.from(`${line() ?? ''}\r\n`, 'latin1')),
    sendRaw: (bytes) => wire.send(bytes),
    received: received.all,
    receivedCount: received.count,
    unplug: () => wire.unplug(),
    async replug() {
      zero_mg = 0
      typed = ''
      await wire.replug()
    },
    async close() {
      clearInterval(stream)
      await wire.close()
    },
  }
}

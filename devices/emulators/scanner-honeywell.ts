import { type EmulatedScanner, startScanner, type ScanOptions } from './scanner.ts'

const HEARD_MAX = 1024
/** The tags that the scanner knows, with the values they take. */
const KNOWN = [/^DECHDR[01]$/, /^REVINF\^$/, /^BEPPWR[01]$/]

export interface HoneywellScanOptions extends ScanOptions {
  /** The family's own letter of the symbology, `j` (Code 128) by default. */
  readonly id?: string
  /** The header says a length that is not the code's. */
  readonly badLength?: boolean
}

export interface HoneywellState {
  /** Whether codes go behind headers. */
  readonly headers: boolean
  readonly triggered: boolean
  readonly beeps: number
}

export interface EmulatedHoneywellScanner extends EmulatedScanner {
  scan(text: string, options?: HoneywellScanOptions): Promise<void>
  /** Holds a code before the scanner that it reads when the host pulls its trigger; null takes it away. */
  present(text: string | null): void
  /** The next so many menu commands are answered NAK (`wrong`) or ENQ (`unknown`). */
  refuse(times: number, how: 'wrong' | 'unknown'): void
  /** Answers nothing from now on, or again. */
  silence(silent: boolean): void
  /** Forgets what was set until its power goes. */
  restart(): void
  state(): HoneywellState
}

/** Starts a Honeywell scanner on a serial line that exists only on its wire. As it leaves the factory it sends codes as plain lines. */
export async function startHoneywellScanner({
  listen,
}: {
  /** `tcp:PORT` (0 takes a free one) or `pty:LINKPATH`. */
  readonly listen: string
}): Promise<EmulatedHoneywellScanner> {
  const scanner = await startScanner({ listen, hears })
  let heard = ''
  let headers = false
  let forGood = false
  let triggered = false
  let beeps = 0
  let presented: string | null = null
  let silent = false
  let refusing: { times: number; how: 'wrong' | 'unknown' } = { times: 0, how: 'wrong' }

  function hears(bytes: Uint8Array): void {
    heard += Buffer.from(bytes).toString('latin1')
    for (;;) {
      const command = /\x16(?:([TU\x07])\r|M\r([^!.]*)([!.]))/.exec(heard)
      if (command === null) break
      heard = heard.slice(command.index + command[0].length)
      const [, letter, tag, end] = command
      if (tag !== undefined && end !== undefined) menu(tag, end)
      else if (letter === 'T') pull()
      else if (letter === 'U') triggered = false
      else beeps += 1
    }
    heard = heard.slice(-HEARD_MAX)
  }

  function menu(tag: string, end: string): void {
    if (silent) return
    scanner.sendRaw(Buffer.from(`${tag}${status(tag, end)}${end}`, 'latin1')).catch(() => undefined)
  }

  function status(tag: string, end: string): string {
    if (refusing.times > 0) {
      refusing = { ...refusing, times: refusing.times - 1 }
      return refusing.how === 'wrong' ? '\x15' : '\x05'
    }
    if (!KNOWN.some((known) => known.test(tag)))
      return KNOWN.some(({ source }) => source.slice(1, 7) === tag.slice(0, 6)) ? '\x15' : '\x05'
    if (tag.startsWith('DECHDR')) {
      headers = tag.endsWith('1')
      if (end === '.') forGood = headers
    }
    return '\x06'
  }

  function pull(): void {
    triggered = true
    if (presented !== null) scan(presented, {}).catch(() => undefined)
  }

  function scan(text: string, how: HoneywellScanOptions): Promise<void> {
    return headers ? scanner.sendRaw(headed(text, how), how) : scanner.scan(text, how)
  }

  return {
    ...scanner,
    scan: (text, how = {}) => scan(text, how),
    present(text) {
      presented = text
    },
    refuse(times, how) {
      refusing = { times, how }
    },
    silence(on) {
      silent = on
    },
    restart() {
      headers = forGood
    },
    state: () => ({ headers, triggered, beeps }),
  }
}

/** `16 FE`, the length in four bytes (lowest first), CR, `MSGGET`, four digits, id and AIM letters, GS, data, CR. The digits count data and CR. */
function headed(text: string, { id = 'j', aim = 'C0', badLength = false }: HoneywellScanOptions): Uint8Array {
  const data = Buffer.from(`${text}\r`, 'utf8')
  const counted = data.length + (badLength ? 1 : 0)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(data.length + 14)
  return Buffer.concat([
    Buffer.from([0x16, 0xfe]),
    length,
    Buffer.from(`\rMSGGET${String(counted).padStart(4, '0')}${id}${aim}\x1d`, 'latin1'),
    data,
  ])
}

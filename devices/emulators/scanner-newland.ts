import { type EmulatedScanner, startScanner } from './scanner.ts'

/** A command longer than this is none. */
const COMMAND_BYTES_MAX = 1024

/** Tags that the scanner knows, with the values they take. */
const KNOWN = [
  /^SCNTRG[01]$/,
  /^SCNMOD[02]$/,
  /^ORTSET\d{1,5}$/,
  /^RRDDUR\d{1,5}$/,
  /^GRBENA[01]$/,
  /^QRYSYS$/,
  /^FACDEF$/,
  /^BEEPON\d{1,5}F\d{1,5}T\d{1,2}V$/,
]
const PRODUCT = 'Product Name: NLS-EMULATED;Firmware: 1.0'

export interface NewlandState {
  readonly triggered: boolean
  /** Every beep since the start, as "800 Hz 400 ms". */
  readonly beeps: readonly string[]
  /** Commands that came less than 50 ms after the last answer, which a real one may miss. */
  readonly hurried: number
}

export interface EmulatedNewlandScanner extends EmulatedScanner {
  /** Holds a code before the scanner that it reads when the host pulls its trigger; null takes it away. */
  present(text: string | null): void
  /** The next so many commands are answered NAK (`wrong`) or ENQ (`unknown`). */
  refuse(times: number, how: 'wrong' | 'unknown'): void
  /** Answers nothing from now on, or again. */
  silence(silent: boolean): void
  state(): NewlandState
}

export interface NewlandScannerOptions {
  /** `tcp:PORT` (0 takes a free one) or `pty:LINKPATH`. */
  readonly listen: string
  /** An older one that has no command to beep. */
  readonly mute?: boolean
}

/** Starts a scanner of the Newland unified command set that exists only on its wire. Codes come as plain lines. */
export async function startNewlandScanner({
  listen,
  mute = false,
}: NewlandScannerOptions): Promise<EmulatedNewlandScanner> {
  const scanner = await startScanner({ listen, hears })
  let heard = ''
  let triggered = false
  let presented: string | null = null
  let beeps: string[] = []
  let silent = false
  let hurried = 0
  let answered_ms = Number.NEGATIVE_INFINITY
  let refusing: { times: number; how: 'wrong' | 'unknown' } = { times: 0, how: 'wrong' }

  function hears(bytes: Uint8Array): void {
    heard += Buffer.from(bytes).toString('latin1')
    for (;;) {
      const command = /(?:~\x010000([@#])([^\x03]*);\x03|\x1b1|\x01T\x04)/.exec(heard)
      if (command === null) break
      heard = heard.slice(command.index + command[0].length)
      const [, storage, tags] = command
      if (storage === undefined || tags === undefined) pull()
      else obey(storage, tags.split(';'))
    }
    heard = heard.slice(-COMMAND_BYTES_MAX)
  }

  function obey(storage: string, tags: readonly string[]): void {
    if (silent) return
    const now_ms = performance.now()
    // A timer of the host may be a few milliseconds short.
    if (now_ms - answered_ms < 45) hurried += 1
    answered_ms = now_ms
    const answers = tags.map(answer)
    say(Buffer.from(`\x02\x010000${storage}${answers.join(';')};\x03`, 'latin1'))
    if (tags.includes('SCNTRG1')) pull()
  }

  function answer(tag: string): string {
    if (refusing.times > 0) {
      refusing = { ...refusing, times: refusing.times - 1 }
      return `${tag}${refusing.how === 'wrong' ? '\x15' : '\x05'}`
    }
    const isBeep = tag.startsWith('BEEPON')
    if (isBeep && mute) return `${tag}\x05`
    if (!KNOWN.some((known) => known.test(tag)))
      return `${tag}${KNOWN.some(({ source }) => source.slice(1, 7) === tag.slice(0, 6)) ? '\x15' : '\x05'}`
    if (tag === 'SCNTRG0') triggered = false
    const beep = /^BEEPON(\d+)F(\d+)T/.exec(tag)
    if (beep !== null) beeps = [...beeps, `${beep[1]} Hz ${beep[2]} ms`]
    return tag === 'QRYSYS' ? `${tag}${PRODUCT}\x06` : `${tag}\x06`
  }

  function pull(): void {
    triggered = true
    if (presented !== null) scanner.scan(presented).catch(() => undefined)
  }

  function say(bytes: Uint8Array): void {
    scanner.sendRaw(bytes).catch(() => undefined)
  }

  return {
    ...scanner,
    present(text) {
      presented = text
    },
    refuse(times, how) {
      refusing = { times, how }
    },
    silence(on) {
      silent = on
    },
    state: () => ({ triggered, beeps, hurried }),
  }
}

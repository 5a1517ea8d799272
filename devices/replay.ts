import { readFile } from 'node:fs/promises'
import { basename, dirname, extname } from 'node:path'
import { parseArgs } from 'node:util'
import type { DeviceConfig, DeviceKind } from './reading.ts'
import { BadCapture, readCapture } from './replay-capture.ts'
import { BadReplay, replay, type Replayed } from './replay-device.ts'
import { RFID_PROTOCOLS } from './rfid/options.ts'

const PROTOCOLS: Readonly<Record<DeviceKind, readonly string[]>> = {
  scanner: ['line', 'ssi', 'newland', 'honeywell'],
  badge: ['line', 'frame'],
  rfid: RFID_PROTOCOLS,
  scale: ['mt-sics', 'and', 'ohaus'],
  keypad: ['ff68', 'sundyn', 'keys'],
  'label-printer': ['zpl', 'tspl', 'escpos'],
  'receipt-printer': ['escpos', 'star'],
  // Speaks over HTTP, or not at all: nothing of it is recorded.
  'office-printer': [],
  relay: ['lock'],
}

const USAGE = `npm run replay -- CAPTURE [--kind KIND] [--protocol NAME] [--settings JSON] [--pause MS]

CAPTURE   lines NAME | HEX, as in devices/*/captures, or the bytes as they came over the wire
--kind    ${Object.keys(PROTOCOLS).join(' ')}; by the folder of the capture when not said
--protocol
${Object.entries(PROTOCOLS)
  .map(([kind, names]) => `          ${kind}: ${names.join(' ')}`)
  .join('\n')}
          by the name of the capture when not said
--settings  what a STATIONS_FILE may say of the device beside, such as '{"lrc":true}' or '{"address":2}'
--pause   milliseconds of silence after each piece (0)

Prints what the driver makes of it, one JSON object a line: readings and faults in their order, the counts last.
Exit code 0: it was replayed; 2: wrong use, or a capture that cannot be read.`

/** Captures named after what was recorded and not after the protocol's name in a configuration. */
const SPOKEN_BY: Readonly<Record<string, string>> = { gm65: 'line', rdm6300: 'frame' }
/** No timer waits longer than it takes to see that nothing comes. */
const PAUSE_MS_MAX = 60_000

interface Wanted {
  readonly file: string
  readonly config: DeviceConfig
  readonly pause_ms: number
}

class WrongUse extends Error {}

function wanted(): Wanted {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      kind: { type: 'string' },
      protocol: { type: 'string' },
      settings: { type: 'string' },
      pause: { type: 'string' },
    },
  })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new WrongUse('one capture is wanted')
  const kind = kindOf(values.kind ?? kindOfFolder(file))
  const protocol = protocolOf(kind, values.protocol ?? protocolOfFile(kind, file))
  const pause_ms = Number(values.pause ?? 0)
  if (!Number.isInteger(pause_ms) || pause_ms < 0 || pause_ms > PAUSE_MS_MAX)
    throw new WrongUse(`--pause is 0 to ${PAUSE_MS_MAX}`)
  const config = { ...settings(values.settings), id: 'replay', kind, protocol, port: 'file:replay' }
  return { file, config, pause_ms }
}

function kindOf(said: string): DeviceKind {
  const kind = Object.keys(PROTOCOLS).find((one): one is DeviceKind => one === said)
  if (kind === undefined) throw new WrongUse(`kind ${said} is none of ${Object.keys(PROTOCOLS).join(' ')}`)
  return kind
}

/** Captures stand in `KIND/captures`. */
function kindOfFolder(file: string): string {
  const folder = basename(dirname(dirname(file)))
  if (folder === 'printer') return 'label-printer'
  if (!Object.hasOwn(PROTOCOLS, folder)) throw new WrongUse(`${file} lies in no folder of a kind: say --kind`)
  return folder
}

function protocolOf(kind: DeviceKind, said: string): string {
  if (!PROTOCOLS[kind].includes(said))
    throw new WrongUse(`protocol ${said} of a ${kind} is none of ${PROTOCOLS[kind].join(' ')}`)
  return said
}

function protocolOfFile(kind: DeviceKind, file: string): string {
  const name = basename(file, extname(file))
  const spoken = SPOKEN_BY[name] ?? PROTOCOLS[kind].find((one) => name === one || name.startsWith(`${one}-`))
  if (spoken === undefined) throw new WrongUse(`${file} is named after no protocol of a ${kind}: say --protocol`)
  return spoken
}

function settings(json: string | undefined): Partial<DeviceConfig> {
  if (json === undefined) return {}
  try {
    const said: unknown = JSON.parse(json)
    if (typeof said === 'object' && said !== null && !Array.isArray(said)) return said
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new WrongUse('--settings is no JSON object')
}

function tell(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

function told({ piece, id, raw, value }: Replayed): void {
  const hex = Buffer.from(raw).toString('hex').toUpperCase()
  tell({ piece, id, raw: (hex.match(/../g) ?? []).join(' '), ...value })
}

async function contentOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new WrongUse(`${file} cannot be read: ${String(error.code)}`)
    throw error
  }
}

async function main(): Promise<number> {
  try {
    const { file, config, pause_ms } = wanted()
    const pieces = readCapture(file, await contentOf(file))
    tell({ counts: await replay(config, pieces, { pause_ms, told }) })
    return 0
  } catch (error) {
    const isParsing = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
    if (!isParsing && !(error instanceof WrongUse || error instanceof BadCapture || error instanceof BadReplay))
      throw error
    process.stderr.write(`${error.message}\n\n${USAGE}\n`)
    return 2
  }
}

process.exitCode = await main()

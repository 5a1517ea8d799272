const BAUD_RATES = [300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600] as const
const PARITY = { N: 'none', E: 'even', O: 'odd' } as const
const FLOW = ['none', 'rtscts', 'xonxoff'] as const

export interface SerialAddress {
  readonly carrier: 'serial'
  readonly path: string
  readonly baud: number
  readonly dataBits: 7 | 8
  readonly parity: 'none' | 'even' | 'odd'
  readonly stopBits: 1 | 2
  readonly flow: (typeof FLOW)[number]
}
export interface TcpAddress {
  readonly carrier: 'tcp'
  readonly host: string
  readonly port: number
}
export interface FileAddress {
  readonly carrier: 'file'
  readonly path: string
}
export type PortAddress = SerialAddress | TcpAddress | FileAddress

/** A port address that nobody could open; the message names the address and what is wrong with it. */
export class BadPortAddress extends Error {
  constructor(address: string, wrong: string) {
    super(`port ${JSON.stringify(address)}: ${wrong}`)
    this.name = 'BadPortAddress'
  }
}

/**
 * Reads `serial:PATH?baud=9600&frame=8N1&flow=none|rtscts|xonxoff` (9600, 8N1 and no flow control when not said), `tcp://HOST:PORT` or
 * `file:PATH` (a printer's device file). Nothing is guessed: anything else throws `BadPortAddress`.
 */
export function parsePortAddress(address: string): PortAddress {
  if (address.startsWith('serial:')) return serial(address)
  if (address.startsWith('tcp:')) return tcp(address)
  if (address.startsWith('file:')) return file(address)
  throw new BadPortAddress(address, 'must begin with serial:, tcp:// or file:')
}

function serial(address: string): SerialAddress {
  const [path = '', query, ...more] = address.slice('serial:'.length).split('?')
  if (more.length > 0) throw new BadPortAddress(address, 'more than one "?"')
  if (!/^(\/[^\0]+|COM\d{1,3})$/.test(path)) throw new BadPortAddress(address, 'path must be absolute or COMn')
  const options = new Map<string, string>([
    ['baud', '9600'],
    ['frame', '8N1'],
    ['flow', 'none'],
  ])
  const said = new Set<string>()
  for (const option of query === undefined ? [] : query.split('&')) {
    const [name = '', value = '', ...rest] = option.split('=')
    if (!options.has(name)) throw new BadPortAddress(address, `unknown option ${JSON.stringify(name)}`)
    if (said.has(name) || rest.length > 0)
      throw new BadPortAddress(address, `${name} must stand once, as ${name}=VALUE`)
    said.add(name)
    options.set(name, value)
  }
  const baud = BAUD_RATES.find((rate) => String(rate) === options.get('baud'))
  if (baud === undefined) throw new BadPortAddress(address, `baud must be one of ${BAUD_RATES.join(' ')}`)
  const frame = /^([78])([NEO])([12])$/.exec(options.get('frame') ?? '')
  if (frame === null) throw new BadPortAddress(address, 'frame must be like 8N1 or 7E1')
  const flow = FLOW.find((kind) => kind === options.get('flow'))
  if (flow === undefined) throw new BadPortAddress(address, `flow must be one of ${FLOW.join(' ')}`)
  return {
    carrier: 'serial',
    path,
    baud,
    dataBits: frame[1] === '7' ? 7 : 8,
    parity: PARITY[frame[2] as keyof typeof PARITY],
    stopBits: frame[3] === '2' ? 2 : 1,
    flow,
  }
}

function tcp(address: string): TcpAddress {
  const parts = /^tcp:\/\/(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9][A-Za-z0-9.-]*)):([0-9]{1,5})$/.exec(address)
  const port = Number(parts?.[3] ?? 0)
  const host = parts?.[1] ?? parts?.[2]
  if (host === undefined || port < 1 || port > 65535)
    throw new BadPortAddress(address, 'must be tcp://HOST:PORT, port 1 to 65535')
  return { carrier: 'tcp', host, port }
}

function file(address: string): FileAddress {
  const path = address.slice('file:'.length)
  if (!/^\/[^\0?]+$/.test(path)) throw new BadPortAddress(address, 'path must be absolute and takes no options')
  return { carrier: 'file', path }
}

import { BlockList, isIP } from 'node:net'
import { resolve } from 'node:path'
import { PROVIDER_SETTINGS, type ProviderSettings, readProvider } from './access/provider-settings.ts'
import { OUTBOX_SETTINGS, type OutboxSettings, readOutbox } from './outbox/settings.ts'

export interface Config {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  /** Null: the embedded cluster in `dataDir`. */
  readonly databaseUrl: string | null
  readonly databaseOwnerUrl: string | null
  /** The role of the tally in a database of one's own; null where none was made. */
  readonly databaseTallyUrl: string | null
  readonly stationsFile: string | null
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null
  readonly publicUrl: string | null
  readonly logLevel: LogLevel
  /** For registers that are yet to be opened. */
  readonly hash: 'sha256' | 'sm3'
  /** The GS1 company prefix of the house, for the tags of new items; null where it has none. */
  readonly companyPrefix: string | null
  /** Spoken clips of the house’s own; null: those that come along. */
  readonly voiceDir: string | null
  /** Through which people sign in, too; null: here alone. */
  readonly provider: ProviderSettings | null
  /** What leaves the house; nothing unless it is set. */
  readonly outbox: OutboxSettings
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
type LogLevel = (typeof LOG_LEVELS)[number]

const PORT_MAX = 65_535

/** A setting that stops the start; the message names it. */
export class ConfigRefused extends Error {
  readonly setting: string
  constructor(setting: string, problem: string) {
    super(`${setting}: ${problem}`)
    this.name = 'ConfigRefused'
    this.setting = setting
  }
}

const SETTINGS = [
  ...['HOST', 'PORT', 'DATA_DIR', 'DATABASE_URL', 'DATABASE_OWNER_URL', 'STATIONS_FILE', 'TLS_CERT', 'TLS_KEY'],
  ...[
    'PUBLIC_URL',
    'LOG_LEVEL',
    'HASH',
    'GS1_COMPANY_PREFIX',
    'DATABASE_TALLY_URL',
    'VOICE_DIR',
    ...PROVIDER_SETTINGS,
    ...OUTBOX_SETTINGS,
  ],
]
/** Short names have neighbours that mean something to others (`POST`, `BASH`). */
const TELLING_LENGTH = 6

/**
 * Reads the environment once. A setting that is not known is as wrong as a bad value, for it would be ignored in silence: whatever starts
 * with `CLEARHOLD_`, and what is one slip of the finger away from a setting of ours.
 * @throws ConfigRefused naming the setting
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  for (const name of Object.keys(env)) {
    if (name.startsWith('CLEARHOLD_')) throw new ConfigRefused(name, 'unknown setting / 未知设置')
    const meant = SETTINGS.includes(name) ? undefined : SETTINGS.find((setting) => isSlip(name, setting))
    if (meant !== undefined)
      throw new ConfigRefused(name, `unknown setting; was ${meant} meant? / 未知设置，是否应为 ${meant}？`)
  }
  const given = (name: string): string | null => {
    const value = env[name]
    return value === undefined || value === '' ? null : value
  }
  const refuse = (setting: string, problem: string): never => {
    throw new ConfigRefused(setting, problem)
  }
  const certFile = given('TLS_CERT')
  const keyFile = given('TLS_KEY')
  if ((certFile === null) !== (keyFile === null)) {
    throw new ConfigRefused(
      certFile === null ? 'TLS_CERT' : 'TLS_KEY',
      'TLS_CERT and TLS_KEY go together / 两项须同时设置',
    )
  }
  const host = given('HOST') ?? '127.0.0.1'
  const publicUrl = readUrl('PUBLIC_URL', given('PUBLIC_URL'), ['http:', 'https:'])
  refuseOpenHost(host, certFile !== null || publicUrl?.startsWith('https:') === true)
  const databaseUrl = given('DATABASE_URL')
  const databaseOwnerUrl = given('DATABASE_OWNER_URL')
  if (databaseOwnerUrl !== null && databaseUrl === null) {
    throw new ConfigRefused('DATABASE_URL', 'DATABASE_OWNER_URL is set, DATABASE_URL is not / 缺少 DATABASE_URL')
  }
  return Object.freeze({
    host,
    port: readPort(given('PORT') ?? '8080'),
    dataDir: resolve(given('DATA_DIR') ?? './data'),
    databaseUrl: readUrl('DATABASE_URL', databaseUrl, ['postgres:', 'postgresql:']),
    databaseOwnerUrl: readUrl('DATABASE_OWNER_URL', databaseOwnerUrl, ['postgres:', 'postgresql:']),
    databaseTallyUrl: readUrl('DATABASE_TALLY_URL', given('DATABASE_TALLY_URL'), ['postgres:', 'postgresql:']),
    stationsFile: given('STATIONS_FILE'),
    tls: certFile === null || keyFile === null ? null : { certFile, keyFile },
    publicUrl,
    logLevel: oneOf('LOG_LEVEL', given('LOG_LEVEL') ?? 'info', LOG_LEVELS),
    hash: oneOf('HASH', given('HASH') ?? 'sha256', ['sha256', 'sm3'] as const),
    companyPrefix: readCompanyPrefix(given('GS1_COMPANY_PREFIX')),
    voiceDir: given('VOICE_DIR') === null ? null : resolve(given('VOICE_DIR') ?? ''),
    provider: readProvider({ given, isLoopback, refuse }),
    outbox: readOutbox({ given, isLoopback, refuse }),
  })
}

/** GS1 lends prefixes of 6 to 12 digits (GS1 General Specifications). */
function readCompanyPrefix(value: string | null): string | null {
  if (value !== null && !/^[0-9]{6,12}$/.test(value))
    throw new ConfigRefused('GS1_COMPANY_PREFIX', '6 to 12 digits as lent by GS1 / 应为 GS1 分配的 6 至 12 位数字')
  return value
}

/** Whether `typed` is `meant` with one letter too many or too few, two neighbours swapped, or, in a long name, one other letter. */
function isSlip(typed: string, meant: string): boolean {
  let start = 0
  while (start < meant.length && typed[start] === meant[start]) start += 1
  const [left, right] = [typed.slice(start), meant.slice(start)]
  if (left.slice(1) === right || left === right.slice(1)) return true
  if (left.length !== right.length || left === '') return false
  if (left.slice(2) === right.slice(2) && left[0] === right[1] && left[1] === right[0]) return true
  return meant.length >= TELLING_LENGTH && left.slice(1) === right.slice(1)
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/** Whether an address, or the name `localhost`, is this machine alone. */
export function isLoopback(host: string): boolean {
  const family = isIP(host)
  return family === 0 ? host === 'localhost' : loopback.check(host, family === 6 ? 'ipv6' : 'ipv4')
}

/**
 * Passwords and PINs never cross a network in clear (GB/T 22239-2019 8.1.4.1 c). A `PUBLIC_URL` that begins with `https:` says that a proxy
 * before us ends TLS.
 */
function refuseOpenHost(host: string, overTls: boolean): void {
  if (isLoopback(host) || overTls) return
  throw new ConfigRefused(
    'HOST',
    `${host} 可从网络访问，须设置 TLS_CERT 和 TLS_KEY；若前面已有 TLS 代理，把 PUBLIC_URL 设为它的 https 地址 / ` +
      `${host} is reached over the network: set TLS_CERT and TLS_KEY, or, where a proxy in front ends TLS, PUBLIC_URL to its https address`,
  )
}

function readPort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > PORT_MAX) throw new ConfigRefused('PORT', `${text} is no port / 不是端口号`)
  return port
}

function readUrl(setting: string, text: string | null, schemes: readonly string[]): string | null {
  if (text === null) return null
  if (!URL.canParse(text) || !schemes.includes(new URL(text).protocol)) {
    throw new ConfigRefused(setting, `not a ${schemes.join(' or ')} address / 地址格式不对`)
  }
  return text
}

function oneOf<T extends string>(setting: string, text: string, known: readonly T[]): T {
  const found = known.find((one) => one === text)
  if (found === undefined) throw new ConfigRefused(setting, `${text} is none of ${known.join(', ')} / 取值不在范围内`)
  return found
}

import { resolve } from 'node:path'

export interface Config {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  /** Null: the embedded cluster in `dataDir`. */
  readonly databaseUrl: string | null
  readonly databaseOwnerUrl: string | null
  readonly stationsFile: string | null
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null
  readonly publicUrl: string | null
  readonly logLevel: LogLevel
  /** For registers that are yet to be opened. */
  readonly hash: 'sha256' | 'sm3'
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

/**
 * Reads the environment once. Settings of ours that are not known (they start with `CLEARHOLD_`) are as wrong as bad values: a
 * misspelt one would otherwise be ignored in silence.
 * @throws ConfigRefused naming the setting
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  for (const name of Object.keys(env)) {
    if (name.startsWith('CLEARHOLD_')) throw new ConfigRefused(name, 'unknown setting / 未知设置')
  }
  const given = (name: string): string | null => {
    const value = env[name]
    return value === undefined || value === '' ? null : value
  }
  const certFile = given('TLS_CERT')
  const keyFile = given('TLS_KEY')
  if ((certFile === null) !== (keyFile === null)) {
    throw new ConfigRefused(
      certFile === null ? 'TLS_CERT' : 'TLS_KEY',
      'TLS_CERT and TLS_KEY go together / 两项须同时设置',
    )
  }
  const databaseUrl = given('DATABASE_URL')
  const databaseOwnerUrl = given('DATABASE_OWNER_URL')
  if (databaseOwnerUrl !== null && databaseUrl === null) {
    throw new ConfigRefused('DATABASE_URL', 'DATABASE_OWNER_URL is set, DATABASE_URL is not / 缺少 DATABASE_URL')
  }
  return Object.freeze({
    host: given('HOST') ?? '127.0.0.1',
    port: readPort(given('PORT') ?? '8080'),
    dataDir: resolve(given('DATA_DIR') ?? './data'),
    databaseUrl: readUrl('DATABASE_URL', databaseUrl, ['postgres:', 'postgresql:']),
    databaseOwnerUrl: readUrl('DATABASE_OWNER_URL', databaseOwnerUrl, ['postgres:', 'postgresql:']),
    stationsFile: given('STATIONS_FILE'),
    tls: certFile === null || keyFile === null ? null : { certFile, keyFile },
    publicUrl: readUrl('PUBLIC_URL', given('PUBLIC_URL'), ['http:', 'https:']),
    logLevel: oneOf('LOG_LEVEL', given('LOG_LEVEL') ?? 'info', LOG_LEVELS),
    hash: oneOf('HASH', given('HASH') ?? 'sha256', ['sha256', 'sm3'] as const),
  })
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

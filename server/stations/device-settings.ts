import { profileNames, readProfile } from '../../devices/keypad/profile.ts'
import type { DeviceConfig, DeviceKind } from '../../devices/reading.ts'
import { DEFAULT_LIMITS } from '../../devices/keypad/rounds.ts'
import { keypadSettings } from '../../devices/keypad/settings.ts'
import { lockBoardSettings } from '../../devices/relay/settings.ts'
import { rfidOptions } from '../../devices/rfid/options.ts'
import { MULTI_DROP_MAX } from '../../devices/scanner/multi-drop.ts'
import { wrongScannerSettings } from '../../devices/scanner/settings.ts'
import type { Words } from '../refusal.ts'
import type { SettingShape, SettingView } from './protocol.ts'
import { SETTING_WORDS } from './setting-words.ts'

/** What a device may be told beside its kind, protocol and port. */
export type SettingName = Exclude<keyof DeviceConfig, 'id' | 'kind' | 'protocol' | 'port'>

type Shapes = Readonly<Partial<Record<SettingName, SettingShape>>>

const whole = (least: number, most: number, unit: string | null = null): SettingShape => ({
  kind: 'number',
  least,
  most,
  whole: true,
  unit,
})
const flag: SettingShape = { kind: 'flag' }
const oneOf = (...values: readonly (string | number)[]): SettingShape => ({ kind: 'choice', values })

/** Every scanner, and every badge reader that speaks like one. */
const scanning: Shapes = { repeat_ms: whole(0, 10_000, 'ms'), gs1: flag }
const terminator = oneOf('any', 'cr', 'lf', 'crlf', 'tab', 'etx', 'none')
const inLines: Shapes = { terminator, lrc: flag, gap_ms: whole(10, 1_000, 'ms') }
const label: Shapes = { dpi: oneOf(203, 300), stock: oneOf('100x60', '60x40') }
const knife: Shapes = { cut: oneOf('full', 'partial', 'none') }
const mass: SettingShape = { kind: 'number', least: 0.001, most: 100_000, whole: false, unit: 'g' }
/** The weight that a scale is tried with. */
const tested: Shapes = {
  test_g: mass,
  test_class: oneOf('E1', 'E2', 'F1', 'F2', 'M1', 'M2', 'M3'),
  test_until: {
    kind: 'text',
    pattern: '^2\\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
    wanted: { zh: '日期，如 2027-03-01', en: 'a day such as 2027-03-01' },
  },
  test_off_g: mass,
}
const streaming: Shapes = { streams: flag, ...tested }
const ippPath = oneOf('/ipp/print', '/ipp', '/ipp/printer', '/printers/office')
/** As printers and tools write it: with colons or without, in either case. */
const fingerprint: SettingShape = {
  kind: 'text',
  pattern: '^([0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}$',
  wanted: { zh: '64 位十六进制，可带冒号', en: '64 hexadecimal digits, with colons or without' },
}

function rfid(antennas: number, least: number, most: number, isWhole = false): Shapes {
  return {
    role: oneOf('desk', 'gate', 'handheld'),
    antennas: { kind: 'numbers', least: 1, most: antennas },
    power_dbm: { kind: 'number', least, most, whole: isWhole, unit: 'dBm' },
  }
}

function keypad(protocol: string): Shapes {
  return {
    address: whole(1, 127),
    profile: oneOf(...profileNames().filter((name) => readProfile(name).protocol === protocol)),
    accept_ms: whole(1, 600_000, 'ms'),
    silence_ms: whole(1, 600_000, 'ms'),
  }
}

/** What each kind of device can speak, and what it may be told when it does. */
export const DEVICE_SETTINGS: Readonly<Record<DeviceKind, Readonly<Record<string, Shapes>>>> = {
  scanner: {
    line: { ...inLines, ...scanning, commands: oneOf('datalogic', 'cipherlab', 'gm65') },
    ssi: { ...scanning, payload_offset: oneOf(1, 4) },
    newland: { terminator, ...scanning },
    honeywell: scanning,
    'multi-drop': {
      address: whole(1, MULTI_DROP_MAX),
      family: oneOf('symbol', 'microscan'),
      lrc_covers: oneOf('data', 'frame'),
      ...scanning,
    },
  },
  rfid: {
    llrp: rfid(64, 0, 36),
    a0: rfid(8, 0, 33, true),
    bb: rfid(1, 5, 30),
    uhfreader18: { ...rfid(1, 0, 30, true), records: oneOf('epc', 'epc-rssi', 'antenna-epc-rssi') },
  },
  'label-printer': { zpl: label, tspl: label, escpos: { ...label, ...knife } },
  'receipt-printer': { escpos: { dpi: oneOf(203, 300), ...knife }, star: knife },
  'office-printer': { ipp: { path: ippPath }, ipps: { path: ippPath, fingerprint }, raw: {} },
  scale: { 'mt-sics': tested, and: streaming, ohaus: streaming },
  keypad: { ff68: keypad('ff68'), sundyn: keypad('sundyn'), keys: keypad('keys') },
  badge: {
    line: {
      ...inLines,
      repeat_ms: whole(0, 10_000, 'ms'),
      wiegand: oneOf('hex', 'hex-reversed', 'decimal', 'decimal-reversed', 'facility-card', 'bits'),
      wiegand_bits: oneOf(26, 34),
    },
    frame: {},
  },
  relay: { lock: { address: whole(1, 255), locks: whole(1, 255), locked: oneOf('00', '11'), siren: whole(1, 255) } },
}

/** What is wrong with a device's settings: which one, why, and what would be right. */
export interface WrongSetting {
  readonly code: 'stations.setting-not-for' | 'stations.wrong-setting' | 'stations.settings-clash'
  readonly setting: string
  readonly wanted: Words
}

/**
 * The first setting that this device cannot have, or that contradicts another; null when all are sound. The kind has to speak the protocol.
 * What the driver would refuse when it is opened is refused here, before anything is kept.
 */
export function wrongSetting(device: DeviceConfig): WrongSetting | null {
  const shapes = DEVICE_SETTINGS[device.kind][device.protocol] ?? {}
  for (const [name, value] of settingsOf(device)) {
    const shape = shapes[name]
    if (shape === undefined) {
      const known = Object.keys(shapes).join(', ')
      const wanted = { zh: known === '' ? '无其他设置' : known, en: known === '' ? 'no settings at all' : known }
      return { code: 'stations.setting-not-for', setting: name, wanted }
    }
    if (!fits(shape, value)) return { code: 'stations.wrong-setting', setting: name, wanted: wantedBy(shape) }
  }
  return clash(device)
}

function settingsOf(device: DeviceConfig): [SettingName, unknown][] {
  const { id: _id, kind: _kind, protocol: _protocol, port: _port, ...settings } = device
  return Object.entries(settings) as [SettingName, unknown][]
}

function fits(shape: SettingShape, value: unknown): boolean {
  switch (shape.kind) {
    case 'flag':
      return typeof value === 'boolean'
    case 'choice':
      return (shape.values as readonly unknown[]).includes(value)
    case 'text':
      return typeof value === 'string' && new RegExp(shape.pattern, 'u').test(value)
    case 'number':
      return isWithin(value, shape) && (!shape.whole || Number.isInteger(value))
    case 'numbers':
      return (
        Array.isArray(value) &&
        value.length > 0 &&
        new Set(value).size === value.length &&
        value.every((one) => Number.isInteger(one) && isWithin(one, shape))
      )
  }
}

function isWithin(value: unknown, { least, most }: { readonly least: number; readonly most: number }): boolean {
  return typeof value === 'number' && value >= least && value <= most
}

function wantedBy(shape: SettingShape): Words {
  switch (shape.kind) {
    case 'flag':
      return { zh: 'true 或 false', en: 'true or false' }
    case 'choice':
      return { zh: shape.values.join('、'), en: shape.values.join(', ') }
    case 'text':
      return shape.wanted
    case 'number':
      return {
        zh: `${shape.whole ? '整数，' : ''}${shape.least} 至 ${shape.most}`,
        en: `${shape.whole ? 'a whole number, ' : ''}${shape.least} to ${shape.most}`,
      }
    case 'numbers':
      return {
        zh: `至少一个、互不相同的整数，${shape.least} 至 ${shape.most}`,
        en: `whole numbers from ${shape.least} to ${shape.most}, at least one, each once`,
      }
  }
}

/** Settings that are sound one by one and not together. */
function clash(device: DeviceConfig): WrongSetting | null {
  const of = (setting: SettingName, zh: string, en: string): WrongSetting => ({
    code: 'stations.settings-clash',
    setting,
    wanted: { zh, en },
  })
  const { terminator: end, lrc, gap_ms, role, antennas = [1], accept_ms, silence_ms } = device
  if (lrc === true && end !== undefined && end !== 'etx')
    return of('lrc', '带 LRC 校验时行尾应为 etx', 'lines with an LRC end with etx')
  if (gap_ms !== undefined && lrc === true)
    return of('gap_ms', '静默断行与 LRC 校验不能同时使用', 'silence and an LRC cannot both end a line')
  if (gap_ms !== undefined && end !== undefined && end !== 'none')
    return of('gap_ms', '静默断行时行尾应为 none', 'where silence ends a line, its terminator is none')
  if (role === 'gate' && antennas.length < 2)
    return of('antennas', '通道门至少使用两个天线', 'a gate uses two antennas or more')
  if (silence_ms !== undefined && (accept_ms ?? DEFAULT_LIMITS.accept_ms) > silence_ms)
    return of('silence_ms', '无人评价判定时间不能短于评价有效时间', 'silence cannot come before a press stops counting')
  const detail = driverSays(device)
  return detail === null ? null : of(namedIn(detail), detail, detail)
}

/** What the driver itself would say, in its own words. */
function driverSays(device: DeviceConfig): string | null {
  switch (device.kind) {
    case 'scanner':
    case 'badge':
      return wrongScannerSettings(device)
    case 'rfid':
      return rfidOptions(device).wrong
    case 'keypad':
      return wordsOf(keypadSettings(device))
    case 'relay':
      return wordsOf(lockBoardSettings(device))
    case 'scale':
    case 'label-printer':
    case 'receipt-printer':
    case 'office-printer':
      return null
  }
}

function wordsOf(settings: object | string): string | null {
  return typeof settings === 'string' ? settings : null
}

function namedIn(detail: string): SettingName {
  const names = Object.keys(SETTING_WORDS) as SettingName[]
  return names.find((name) => detail.startsWith(name)) ?? 'profile'
}

/** Every setting in words, for the form; `of` tells where it may stand. */
export function settingViews(shapes: Shapes): SettingView[] {
  return (Object.entries(shapes) as [SettingName, SettingShape][]).map(([name, shape]) => ({
    name,
    ...SETTING_WORDS[name],
    shape,
  }))
}

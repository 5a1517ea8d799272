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

/** How a person reads each setting. */
export const SETTING_WORDS: Readonly<Record<SettingName, { readonly words: Words; readonly hint: Words }>> = {
  dpi: { words: { zh: '打印精度', en: 'Print density' }, hint: { zh: '每英寸点数', en: 'Dots an inch' } },
  stock: { words: { zh: '标签规格', en: 'Label stock' }, hint: { zh: '宽 x 高，毫米', en: 'Width x height in mm' } },
  path: {
    words: { zh: 'IPP 路径', en: 'IPP path' },
    hint: { zh: '不填为 /ipp/print；见打印机说明书', en: '/ipp/print when left open; see the manual' },
  },
  fingerprint: {
    words: { zh: '证书指纹', en: 'Certificate' },
    hint: {
      zh: 'SHA-256，见打印机面板；不填则须由受信任的机构签发',
      en: 'SHA-256, on its panel; left open, someone trusted must have signed it',
    },
  },
  cut: {
    words: { zh: '切纸', en: 'Cut' },
    hint: {
      zh: '全切 full、半切 partial、没有切刀 none，不填为 full',
      en: 'none where there is no knife; full when left open',
    },
  },
  address: {
    words: { zh: '设备地址', en: 'Address on the line' },
    hint: { zh: '同一条线上有几台时各不相同', en: 'Each its own where several hang on one line' },
  },
  terminator: {
    words: { zh: '行尾', en: 'End of a line' },
    hint: { zh: '不填：CR、LF、TAB、ETX 均可', en: 'Any of CR, LF, TAB, ETX when left open' },
  },
  lrc: {
    words: { zh: '带 LRC 校验', en: 'Lines carry an LRC' },
    hint: { zh: '格式为 STX 内容 ETX LRC', en: 'STX data ETX LRC' },
  },
  gap_ms: {
    words: { zh: '静默断行', en: 'Silence ends a line' },
    hint: { zh: '扫描器不发行尾时用，通常 30 至 50', en: 'For a scanner without a suffix; 30 to 50 is usual' },
  },
  repeat_ms: {
    words: { zh: '重复扫描间隔', en: 'Repeats within' },
    hint: { zh: '此时间内同一编码算重复，不填为 800', en: 'The same code within this time; 800 when left open' },
  },
  gs1: {
    words: { zh: '按 GS1 解析', en: 'Codes are GS1' },
    hint: { zh: '没有码制标识的编码也按 GS1 解析', en: 'Also codes without a symbology identifier' },
  },
  payload_offset: {
    words: { zh: '编码起始位', en: 'Code stands at byte' },
    hint: { zh: '部分蓝牙扫描器为 4，不填为 1', en: '4 for some Bluetooth ones; 1 when left open' },
  },
  commands: {
    words: { zh: '指令集', en: 'Command set' },
    hint: { zh: '能向扫描器发提示音时填', en: 'Where the scanner can be told to beep' },
  },
  family: {
    words: { zh: '扫描器系列', en: 'Family' },
    hint: { zh: '不填为 symbol（MK1000 等）', en: 'symbol (MK1000 and alike) when left open' },
  },
  lrc_covers: {
    words: { zh: 'LRC 校验范围', en: 'LRC covers' },
    hint: { zh: 'data 为 STX 之后，frame 为整帧；不填为 data', en: 'data: from behind STX; data when left open' },
  },
  antennas: {
    words: { zh: '使用的天线', en: 'Antennas in use' },
    hint: { zh: '机身编号，用逗号分开；不填为 1', en: 'As printed on it, with commas; 1 when left open' },
  },
  power_dbm: {
    words: { zh: '发射功率', en: 'Power' },
    hint: { zh: '不填则保持读写器原有设置', en: 'Left as the reader has it when left open' },
  },
  role: {
    words: { zh: '用途', en: 'Used as' },
    hint: { zh: '只有桌面和手持读写器可写标签；不填为桌面', en: 'Only desk and hand-held ones write; desk when open' },
  },
  records: {
    words: { zh: '标签记录格式', en: 'Tag records' },
    hint: { zh: '型号不同而不同，不填为 epc', en: 'Models differ; epc when left open' },
  },
  wiegand: {
    words: { zh: '韦根卡号写法', en: 'Wiegand number form' },
    hint: { zh: '读卡器接韦根转换器时填', en: 'Behind a Wiegand converter' },
  },
  wiegand_bits: { words: { zh: '韦根位数', en: 'Wiegand bits' }, hint: { zh: '不填为 26', en: '26 when left open' } },
  streams: {
    words: { zh: '连续发送', en: 'Sends all the time' },
    hint: { zh: '秤不接受指令、自行连续发送时勾选', en: 'For a scale that takes no commands' },
  },
  profile: {
    words: { zh: '按键配置', en: 'Key profile' },
    hint: { zh: '不填为与协议同名的配置', en: 'The one named like the protocol when left open' },
  },
  accept_ms: {
    words: { zh: '评价有效时间', en: 'A press counts for' },
    hint: { zh: '不填为 10000', en: '10000 when left open' },
  },
  silence_ms: {
    words: { zh: '无人评价判定时间', en: 'Silence is the answer after' },
    hint: { zh: '不填为 20000', en: '20000 when left open' },
  },
  siren: {
    words: { zh: '警报输出', en: 'Siren output' },
    hint: {
      zh: '库门报警时接通的一路，接警灯或警号，切勿填门锁；不填则不响',
      en: 'The output switched on when the door alarms: a siren or lamp, never a door lock; none when left empty',
    },
  },
  locked: {
    words: { zh: '“已锁”状态字节', en: 'Byte for “locked”' },
    hint: { zh: '各厂家相反，不填则不读锁状态', en: 'Boards contradict each other; unread when left open' },
  },
  test_g: {
    words: { zh: '标准砝码质量', en: 'Test weight' },
    hint: {
      zh: '克，按检定证书；填写后须定期核查',
      en: 'Grams by its certificate; once set, the scale is checked at intervals',
    },
  },
  test_class: {
    words: { zh: '砝码等级', en: 'Its class' },
    hint: { zh: '按检定证书，E1 至 M3', en: 'By its certificate, E1 to M3' },
  },
  test_until: {
    words: { zh: '砝码检定有效期', en: 'Certified until' },
    hint: { zh: '证书的最后一天，如 2027-03-01', en: 'The last day of the certificate, as 2027-03-01' },
  },
  test_off_g: {
    words: { zh: '核查允许相差', en: 'May be off by' },
    hint: {
      zh: '克，按电子秤的说明书；不填为砝码质量的万分之五',
      en: 'Grams, by the manual of the scale; 5 parts in 10,000 when left open',
    },
  },
  locks: { words: { zh: '锁的数量', en: 'Number of locks' }, hint: { zh: '不填为 1', en: '1 when left open' } },
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

import { expect, test } from 'vitest'
import type { SettingView } from '../../../server/stations/protocol.ts'
import type { Notice } from '../../notice.ts'
import { deviceOf, draftOf, EMPTY, freeId, lineOf } from './form.ts'

const words = { zh: '设', en: 'set' }
const setting = (name: string, shape: SettingView['shape']): SettingView => ({ name, words, hint: words, shape })
const SETTINGS = [
  setting('gap_ms', { kind: 'number', least: 10, most: 1000, whole: true, unit: 'ms' }),
  setting('dpi', { kind: 'choice', values: [203, 300] }),
  setting('lrc', { kind: 'flag' }),
  setting('antennas', { kind: 'numbers', least: 1, most: 8 }),
]
const device = { id: 'one', kind: 'scanner', protocol: 'line', port: 'tcp://h:1' } as const

test('a device becomes a draft and the same device again', () => {
  const told = { ...device, gap_ms: 40, dpi: 203, lrc: false, antennas: [1, 4] }
  expect(deviceOf(draftOf(told as never), SETTINGS)).toEqual({ device: told })
})

test('what is left open, or what the protocol does not have, is not told to the device', () => {
  const draft = { ...draftOf(device), settings: { gap_ms: ' ', streams: 'true' } }
  expect(deviceOf(draft, SETTINGS)).toEqual({ device })
})

test('numbers are numbers, with any comma between several', () => {
  const typed = (name: string, text: string) => deviceOf({ ...draftOf(device), settings: { [name]: text } }, SETTINGS)
  expect(typed('antennas', '1，2、3 4')).toEqual({ device: { ...device, antennas: [1, 2, 3, 4] } })
  for (const [name, text] of [
    ['gap_ms', 'forty'],
    ['gap_ms', '0x10'],
    ['antennas', '1;2'],
    ['dpi', '250'],
  ] as const)
    expect(typed(name, text)).toEqual({ wrong: [name] })
})

test('the next free name', () => {
  expect(freeId('scale', ['scale-1', 'scanner-2'])).toBe('scale-2')
  expect(freeId('scale', [])).toBe('scale-1')
  expect(EMPTY.id).toBe('')
})

test.each<[string, Notice['values'], string | null]>([
  ['stations.wrong-port', { device: 'one' }, 'port'],
  ['stations.wrong-setting', { device: 'one', setting: 'gap_ms' }, 'gap_ms'],
  ['request.invalid', { what: '/devices/3/dpi must be integer' }, 'dpi'],
  ['stations.changed-meanwhile', {}, null],
])('%s stands at its own line', (code, values, field) => {
  const line = lineOf({
    code,
    detail: { zh: '不对', en: 'Wrong' },
    rule: null,
    remedy: words,
    ...(values ? { values } : {}),
  })
  expect(line?.field ?? null).toBe(field)
  if (line) expect(line.words).toEqual({ zh: '不对。设', en: 'Wrong. set' })
})

import { expect, test } from 'vitest'
import type { DeviceView, SessionView, Verdict } from '../../../server/stations/protocol.ts'
import { hear, hearAnswer, hearSession } from './hearing.ts'

const words = { zh: '请扫描', en: 'Scan' }
const verdict = (id: string): Verdict => ({
  id,
  outcome: 'refused',
  code: 'stations.locked',
  words,
  rule: null,
  remedy: null,
  tone: 'refused',
  at: '2026-11-21T01:00:00.000Z',
})
const scanner = (state: DeviceView['state']): DeviceView => ({ id: 'scanner-1', kind: 'scanner', state, fault: null })
const session = (last: Verdict | null, devices: readonly DeviceView[] = []): SessionView => ({
  station: { id: 'bench-1', name: '一号台', kind: 'bench', place: 'store-1' },
  state: 'idle',
  step: 1,
  custodian: null,
  locksAt: null,
  work: null,
  ask: { kind: 'scan-anything', words, who: null, options: [], text: false },
  verdict: last,
  pan: null,
  devices,
  conflicts: [],
  alarms: [],
  notes: [],
})
const opened = (last: Verdict | null, devices: readonly DeviceView[] = []) =>
  hearSession(null, { version: 5, session: session(last, devices) }).shown

test('what a page finds when it opens does not sound', () => {
  expect(hearSession(null, { version: 5, session: session(verdict('a')) }).tone).toBeNull()
})

test('a verdict sounds once, whether it comes by the socket or as the answer first', () => {
  const first = hearSession(opened(verdict('a')), { version: 6, session: session(verdict('b')) })
  expect(first.tone).toBe('refused')
  const again = hear(first.shown, { type: 'session', version: 6, session: session(verdict('b')) })
  expect(again?.tone).toBeNull()
})

test('a later version with the same verdict (the bench locked itself) is silent', () => {
  expect(hearSession(opened(verdict('a')), { version: 6, session: session(verdict('a')) }).tone).toBeNull()
})

test('an older version changes nothing and is silent', () => {
  const before = opened(verdict('a'))
  expect(hearSession(before, { version: 4, session: session(verdict('z')) })).toEqual({ shown: before, tone: null })
})

test('an equal version brings the devices that changed while the line was down', () => {
  const { shown, tone } = hearSession(opened(null, [scanner('ready')]), {
    version: 5,
    session: session(null, [scanner('gone')]),
  })
  expect(shown.session.devices).toEqual([scanner('gone')])
  expect(tone).toBeNull()
})

test('a device changes between versions; a new one is added', () => {
  const gone = hear(opened(null, [scanner('ready')]), { type: 'device', device: scanner('gone') })
  expect(gone?.shown.session.devices).toEqual([scanner('gone')])
  const scale: DeviceView = { id: 'scale-1', kind: 'scale', state: 'ready', fault: null }
  expect(gone && hear(gone.shown, { type: 'device', device: scale })?.shown.session.devices).toHaveLength(2)
})

test('trouble stands until the session moves, and sounds once', () => {
  const message = { type: 'trouble', verdict: verdict('t') } as const
  const heard = hear(opened(null), message)
  expect(heard?.tone).toBe('refused')
  expect(heard && hear(heard.shown, message)?.tone).toBeNull()
  const same = heard && hearSession(heard.shown, { version: 5, session: session(null) })
  expect(same?.shown.trouble?.id).toBe('t')
  const moved = heard && hearSession(heard.shown, { version: 6, session: session(null) })
  expect(moved?.shown.trouble).toBeNull()
})

test('nothing is made of messages before the session is known', () => {
  expect(hear(null, { type: 'device', device: scanner('gone') })).toBeNull()
  expect(hear(null, { type: 'trouble', verdict: verdict('t') })).toBeNull()
})

test('how the scale is belongs to the step that waits for it, and makes no tone', () => {
  const pan = { state: 'moving', words } as const
  const heard = hear(opened(null), { type: 'pan', step: 1, pan })
  expect([heard?.shown.session.pan, heard?.tone]).toEqual([pan, null])
  expect(hear(opened(null), { type: 'pan', step: 2, pan })).toBeNull()
})

test('an answer that was overtaken on its way does not take back what was told of the scale', () => {
  const pan = { state: 'empty', words } as const
  const told = hear(opened(null), { type: 'pan', step: 1, pan })?.shown ?? null
  expect(hearAnswer(told, { version: 5, session: session(null) }).shown.session.pan).toEqual(pan)
  const further = { ...session(verdict('a')), step: 2 }
  expect(hearAnswer(told, { version: 6, session: further }).shown.session.pan).toBeNull()
})

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { AskKind } from '../../../server/stations/protocol.ts'
import { TONES, type Tone } from '../../tone.ts'
import { CLIPS, type Clip } from '../../voices/clips.ts'
import { BenchVoice, clipOf, clipOfCode, lengthOf_ms } from './spoken.ts'

const FOLDER = join(import.meta.dirname, '../../voices/clips')
const said = (tone: Tone, code: string, kind: AskKind = 'scan-anything') =>
  clipOf(tone, { verdict: { code }, ask: { kind } })

test('each outcome of a bench has its word', () => {
  const told: readonly (readonly [Tone, string, AskKind, Clip | null])[] = [
    ['accepted', 'custody.lent', 'scan-anything', 'bench-taken'],
    ['accepted', 'custody.item-in-hand', 'weigh', 'bench-weigh'],
    ['accepted', 'custody.item-to-lend', 'scan-badge', 'bench-badge'],
    ['accepted', 'custody.compared', 'scan-shelf', 'bench-shelf'],
    ['attention', 'custody.borrower-signed', 'confirm', 'bench-confirm'],
    ['attention', 'custody.look-up', 'scan-item', null],
    ['refused', 'stations.not-in-work', 'scan-item', 'bench-other-list'],
    ['refused', 'custody.not-approved', 'scan-anything', 'bench-not-granted'],
    ['refused', 'custody.weight-found-different', 'choose', 'bench-weight-differs'],
    ['refused', 'custody.returned-seal-unlike', 'confirm', 'bench-seal-differs'],
    ['refused', 'custody.same-person', 'scan-badge', 'bench-refused'],
    ['fault', 'devices.cut-short', 'scan-item', 'bench-fault'],
    ['alarm', 'custody.lent', 'scan-anything', 'bench-alarm'],
  ]
  for (const [tone, code, ask, clip] of told) expect(said(tone, code, ask), `${tone} ${code}`).toBe(clip)
})

test('whatever is refused, wrong or an alarm is said; a second look at one thing is not', () => {
  for (const tone of ['refused', 'fault', 'alarm'] as const) expect(clipOfCode('custody.anything', tone)).not.toBeNull()
  expect(said('attention', 'stations.double-scan', 'weigh')).toBeNull()
  expect(said('alarm', 'stations.double-scan')).toBe('bench-alarm')
})

test('every word of a bench has its clip in both languages', () => {
  for (const clip of Object.keys(CLIPS).filter((one) => one.startsWith('bench-')))
    for (const language of ['zh-CN', 'en']) expect(existsSync(join(FOLDER, language, `${clip}.mp3`)), clip).toBe(true)
})

function voiced() {
  const heard: string[] = []
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  const voice = {
    say: async (clips: readonly Clip[]) => void heard.push(...clips),
    hush: () => void heard.push('hush'),
  }
  return { heard, one: new BenchVoice(voice, storage, 'bench-1'), other: new BenchVoice(voice, storage, 'bench-2') }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the tone comes first and the word after it; what comes next cuts both short', async () => {
  const { heard, one } = voiced()
  one.after('refused', 'bench-refused', 'zh-CN')
  await vi.advanceTimersByTimeAsync(lengthOf_ms('refused'))
  expect(heard).toEqual(['hush'])
  one.after('accepted', 'bench-taken', 'zh-CN')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(heard).toEqual(['hush', 'hush', 'bench-taken'])
  one.after('attention', null, 'zh-CN')
  expect(heard.at(-1)).toBe('hush')
})

test('every step is said in Chinese unless the bench was set otherwise; refusals, faults and alarms always', async () => {
  const { heard, one, other } = voiced()
  const hears = async (bench: BenchVoice, tone: Tone, clip: Clip, language: 'zh-CN' | 'en') => {
    heard.length = 0
    bench.after(tone, clip, language)
    await vi.advanceTimersByTimeAsync(5_000)
    return heard.includes(clip)
  }
  expect(await hears(one, 'accepted', 'bench-taken', 'zh-CN')).toBe(true)
  expect(await hears(one, 'accepted', 'bench-taken', 'en')).toBe(false)
  one.choose('refusals')
  expect(await hears(one, 'accepted', 'bench-taken', 'zh-CN')).toBe(false)
  expect(await hears(other, 'accepted', 'bench-taken', 'zh-CN')).toBe(true)
  for (const tone of ['refused', 'fault', 'alarm'] as const)
    for (const language of ['zh-CN', 'en'] as const)
      expect(await hears(one, tone, 'bench-refused', language)).toBe(true)
  one.choose('all')
  expect(await hears(one, 'accepted', 'bench-taken', 'en')).toBe(true)
})

test('no tone is longer than a person waits for the word, but the alarm, which calls who has turned away', () => {
  for (const tone of Object.keys(TONES) as Tone[])
    if (tone !== 'alarm') expect(lengthOf_ms(tone)).toBeLessThanOrEqual(740)
})

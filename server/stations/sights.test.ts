import { expect, it } from 'vitest'
import type { Reading } from '../../devices/reading.ts'
import { openSights } from './sights.ts'

const START_MS = Date.parse('2026-03-02T01:00:00.000Z')

function badge(at_ms: number, repeats: string | null, device = 'badge-1'): Reading {
  const at = new Date(START_MS + at_ms).toISOString()
  const value = { kind: 'badge', badge: 'B-1', repeats } as const
  return {
    id: `${device} ${at_ms}`,
    station: 'bench-1',
    device,
    deviceKind: 'badge',
    at,
    raw: new Uint8Array(0),
    value,
  }
}

it('a badge that lies there is held however long; one that was away for a moment is shown again', () => {
  const sightOf = openSights()
  expect(sightOf(badge(0, null))).toBe('first')
  for (let at_ms = 65; at_ms <= 1_300; at_ms += 65) expect(sightOf(badge(at_ms, 'first'))).toBe('held')
  expect(sightOf(badge(1_800, 'first'))).toBe('again')
  expect(sightOf(badge(1_865, 'first'))).toBe('held')
})

it('each device sees for itself, and what a device calls new is new', () => {
  const sightOf = openSights()
  expect(sightOf(badge(0, null))).toBe('first')
  expect(sightOf(badge(10, null, 'badge-2'))).toBe('first')
  expect(sightOf(badge(500, 'first'))).toBe('again')
  expect(sightOf(badge(510, null))).toBe('first')
})

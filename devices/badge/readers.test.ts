import { describe, expect, test } from 'vitest'
import { startBadgeReader } from '../emulators/badge.ts'
import { testBench, WIRES } from '../testing-bench.ts'

const { bench, keep, pty } = testBench()

describe.each(WIRES)('a badge reader on a %s', (wire) => {
  test('reads a line', async () => {
    const reader = keep(await startBadgeReader({ protocol: 'line', listen: wire === 'TCP' ? 'tcp:0' : pty('badge') }))
    const { readings, becomes, told } = bench({ id: 'badge-1', kind: 'badge', protocol: 'line', port: reader.address })
    await becomes('badge-1', 'ready')
    await reader.present('B-1001', { times: 3 })
    await reader.present('B-1002')
    await told(4)
    const [first] = readings
    expect(readings.map(({ value }) => value)).toEqual([
      { kind: 'badge', badge: 'B-1001', repeats: null },
      { kind: 'badge', badge: 'B-1001', repeats: first?.id },
      { kind: 'badge', badge: 'B-1001', repeats: first?.id },
      { kind: 'badge', badge: 'B-1002', repeats: null },
    ])
  })

  test('reads a card frame once while the card lies there, and tells each further frame as a repeat', async () => {
    const reader = keep(await startBadgeReader({ protocol: 'frame', listen: wire === 'TCP' ? 'tcp:0' : pty('badge') }))
    const { readings, becomes, told } = bench({ id: 'badge-1', kind: 'badge', protocol: 'frame', port: reader.address })
    await becomes('badge-1', 'ready')
    await reader.present('0A00B1C2D3', { times: 5 })
    await reader.present('0F00ABCDEF')
    await told(6)
    const [first] = readings
    expect(readings.map(({ value }) => value)).toEqual([
      { kind: 'badge', badge: '0A00B1C2D3', repeats: null },
      ...Array.from({ length: 4 }, () => ({ kind: 'badge', badge: '0A00B1C2D3', repeats: first?.id })),
      { kind: 'badge', badge: '0F00ABCDEF', repeats: null },
    ])
  })
})

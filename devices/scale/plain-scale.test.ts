import { describe, expect, test, vi } from 'vitest'
import { startPlainScale, type PlainScaleKind } from '../emulators/scale-plain.ts'
import { ascii } from '../testing.ts'
import { testBench, WIRES } from '../testing-bench.ts'

const { bench, keep, pty } = testBench()

async function scaleOn(kind: PlainScaleKind, listen: string, streams = false) {
  const scale = keep(await startPlainScale({ listen, kind, streams }))
  const protocol = kind === 'and' || kind === 'indicator' ? 'and' : 'ohaus'
  const opened = bench({ id: 'scale-1', kind: 'scale', protocol, port: scale.address, streams })
  await opened.becomes('scale-1', 'ready')
  const weigh = async (within_ms = 5000) => (await opened.stations.weigh('bench-1', null, within_ms)).value
  return { scale, weigh, ...opened }
}

describe.each(WIRES)('on a %s', (wire) => {
  describe.each<PlainScaleKind>(['and', 'indicator', 'ohaus', 'defender'])('a scale that speaks %s', (kind) => {
    test('gives the weight at rest in every unit, to the milligram', async () => {
      const { scale, weigh } = await scaleOn(kind, wire === 'TCP' ? 'tcp:0' : pty('scale'))
      scale.load(14_200)
      expect(await weigh()).toEqual({ kind: 'weight', weight_mg: 14_200, stable: true })
      scale.unit('ct')
      expect(await weigh()).toMatchObject({ weight_mg: 14_200 })
      scale.unit('mg')
      expect(await weigh()).toMatchObject({ weight_mg: 14_200 })
    })

    test('is zeroed and tared without a word of its own', async () => {
      const { scale, stations, weigh } = await scaleOn(kind, wire === 'TCP' ? 'tcp:0' : pty('scale'))
      scale.load(12_000)
      expect(await stations.tare('bench-1', null, 5000)).toBeNull()
      scale.load(15_500)
      expect(await weigh()).toMatchObject({ weight_mg: 3500 })
      expect(await stations.zero('bench-1', null, 5000)).toBeNull()
      expect(await weigh()).toMatchObject({ weight_mg: 0 })
      scale.load(20_000, { stable: false })
      expect(await stations.zero('bench-1', null, 400)).toMatchObject({ code: 'unstable' })
    })
  })
})

test('a weight that drifts is never given, and is when it comes to rest', async () => {
  const { scale, weigh } = await scaleOn('and', 'tcp:0')
  scale.load(50_000, { drifting: true })
  expect(await weigh(500)).toMatchObject({ kind: 'fault', fault: { code: 'unstable' } })
  const weighing = weigh(5000)
  scale.load(50_000)
  expect(await weighing).toMatchObject({ weight_mg: 50_000 })
})

test('a load out of range is said', async () => {
  const { scale, weigh } = await scaleOn('and', 'tcp:0')
  scale.load(4_000_000)
  expect(await weigh()).toMatchObject({ fault: { code: 'overload' } })
  scale.load(-100_000)
  expect(await weigh()).toMatchObject({ fault: { code: 'underload' } })
})

test('the raw line is kept, and the print key is a reading', async () => {
  const { scale, stations, readings, told } = await scaleOn('and', 'tcp:0')
  scale.load(14_256)
  expect((await stations.weigh('bench-1', null, 5000)).raw).toEqual(ascii('ST,+0014.256  g\r'))
  await scale.pressPrint()
  await told(1)
  expect(readings[0]?.value).toEqual({ kind: 'weight', weight_mg: 14_256, stable: true })
})

test.each<PlainScaleKind>(['and', 'ohaus'])('a line of %s that lost a digit is no other weight', async (kind) => {
  const { scale, weigh } = await scaleOn(kind, 'tcp:0')
  scale.load(123_456)
  scale.loseNext(7)
  expect(await weigh()).toMatchObject({ weight_mg: 123_456 })
})

describe('a scale that only streams', () => {
  test('is weighed by what it sends, when that is at rest; its stream is no flood of readings', async () => {
    const { scale, weigh, stations, readings } = await scaleOn('indicator', 'tcp:0', true)
    scale.load(1_250_000, { stable: false })
    expect(await weigh(400)).toMatchObject({ fault: { code: 'unstable' } })
    scale.load(1_250_000)
    scale.unit('kg')
    expect(await weigh()).toMatchObject({ weight_mg: 1_250_000 })
    expect(await stations.tare('bench-1', null, 1000)).toMatchObject({ code: 'device-error' })
    expect(readings).toEqual([])
    expect(scale.received()).toHaveLength(0)
  })

  test('that falls silent is faulty, and ready when it sends again', { timeout: 20_000 }, async () => {
    const { scale, stations, becomes } = await scaleOn('indicator', 'tcp:0', true)
    scale.silence(true)
    await vi.waitFor(() => expect(stations.states()[0]?.state.state).toBe('faulty'), { timeout: 15_000, interval: 20 })
    scale.silence(false)
    await becomes('scale-1', 'ready')
  })
})

test('an MT-SICS scale that is said to stream has no driver', async () => {
  const { becomes } = bench({
    id: 'scale-1',
    kind: 'scale',
    protocol: 'mt-sics',
    port: 'tcp://127.0.0.1:9',
    streams: true,
  })
  await becomes('scale-1', 'faulty')
})

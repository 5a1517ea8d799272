import { describe, expect, test, vi } from 'vitest'
import { startScale } from '../emulators/scale.ts'
import { ascii } from '../testing.ts'
import { testBench, WIRES } from '../testing-bench.ts'

/** What a busy machine is given. */
const PATIENT = { timeout: 20_000 }

const { bench, keep, pty } = testBench()

describe.each(WIRES)('a scale on a %s', (wire) => {
  const scaleBench = () => scaleOn(wire === 'TCP' ? 'tcp:0' : pty('scale'))

  test('gives the weight at rest with its raw bytes', async () => {
    const { scale, stations, readings } = await scaleBench()
    scale.load(14_256)
    expect(await stations.weigh('bench-1', null, 2000)).toMatchObject({
      station: 'bench-1',
      device: 'scale-1',
      deviceKind: 'scale',
      raw: ascii('S S     14.256 g\r'),
      value: { kind: 'weight', weight_mg: 14_256, stable: true },
    })
    expect(readings).toEqual([])
  })

  test('never gives a moving weight: unstable at the deadline, the weight when it comes to rest before', async () => {
    const { scale, stations } = await scaleBench()
    scale.load(14_256, { stable: false })
    const started = performance.now()
    expect(await stations.weigh('bench-1', 'scale-1', 500)).toMatchObject({
      raw: ascii('S D     14.256 g\r'),
      value: { kind: 'fault', fault: { code: 'unstable' } },
    })
    expect(performance.now() - started).toBeLessThan(2000)

    const asked = Buffer.from(scale.received()).length
    const weighing = stations.weigh('bench-1', 'scale-1', 5000)
    await vi.waitFor(() => expect(scale.received().length).toBeGreaterThan(asked), PATIENT)
    scale.settle()
    expect((await weighing).value).toEqual({ kind: 'weight', weight_mg: 14_256, stable: true })
  })

  test('says overload and underload', async () => {
    const { scale, stations } = await scaleBench()
    scale.load(7_000_000)
    expect((await stations.weigh('bench-1', null, 2000)).value).toMatchObject({
      kind: 'fault',
      fault: { code: 'overload' },
    })
    scale.load(-100_000)
    expect((await stations.weigh('bench-1', null, 2000)).value).toMatchObject({
      kind: 'fault',
      fault: { code: 'underload' },
    })
  })

  test('is zeroed and tared', async () => {
    const { scale, stations } = await scaleBench()
    scale.load(2000)
    expect(await stations.zero('bench-1', null, 2000)).toBeNull()
    scale.load(12_000)
    expect(await stations.tare('bench-1', null, 2000)).toBeNull()
    scale.load(15_500)
    expect((await stations.weigh('bench-1', null, 2000)).value).toMatchObject({ weight_mg: 3500 })
    scale.load(1, { stable: false })
    expect(await stations.tare('bench-1', null, 300)).toMatchObject({ code: 'no-answer' })
  })

  test('has its print key read', async () => {
    const { scale, readings } = await scaleBench()
    scale.load(750)
    await scale.pressPrint()
    await vi.waitFor(
      () => expect(readings).toMatchObject([{ value: { kind: 'weight', weight_mg: 750, stable: true } }]),
      PATIENT,
    )
  })

  test('pulled out while it is asked is port-gone; asked while out too; weighs again after the re-plug', async () => {
    const { scale, stations, becomes } = await scaleBench()
    scale.load(100, { stable: false })
    const weighing = stations.weigh('bench-1', null, 10_000)
    await scale.unplug()
    expect((await weighing).value).toMatchObject({ kind: 'fault', fault: { code: 'port-gone' } })
    await becomes('scale-1', 'gone')
    expect(await stations.weigh('bench-1', null, 1000)).toMatchObject({
      raw: new Uint8Array(0),
      value: { kind: 'fault', fault: { code: 'port-gone' } },
    })
    await scale.replug()
    await becomes('scale-1', 'ready')
    scale.load(100)
    expect((await stations.weigh('bench-1', null, 2000)).value).toMatchObject({ weight_mg: 100 })
  })
})

test(
  'a scale that falls silent is no-answer and faulty, and ready again when it speaks',
  { timeout: 15_000 },
  async () => {
    const { scale, stations, becomes } = await scaleOn('tcp:0')
    scale.silence(true)
    expect((await stations.weigh('bench-1', null, 5000)).value).toMatchObject({
      kind: 'fault',
      fault: { code: 'no-answer' },
    })
    await becomes('scale-1', 'faulty')
    scale.silence(false)
    await becomes('scale-1', 'ready')
    scale.load(5000)
    expect((await stations.weigh('bench-1', null, 2000)).value).toMatchObject({ kind: 'weight', weight_mg: 5000 })
  },
)

async function scaleOn(listen: string) {
  const scale = keep(await startScale({ listen }))
  const opened = bench({ id: 'scale-1', kind: 'scale', protocol: 'mt-sics', port: scale.address })
  await opened.becomes('scale-1', 'ready')
  return { scale, ...opened }
}

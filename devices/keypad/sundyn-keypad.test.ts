import { expect, test, vi } from 'vitest'
import { startTablet } from '../emulators/keypad-tablet.ts'
import { testBench, word } from '../testing-bench.ts'
import { MASKED_FRAME } from './press.ts'

const { bench, keep } = testBench()
const wait = { timeout: 10_000, interval: 10 }

async function tabletBench() {
  const tablet = keep(await startTablet({ port: 0 }))
  const opened = bench({ id: 'tablet-1', kind: 'keypad', protocol: 'sundyn', port: tablet.address })
  await opened.becomes('tablet-1', 'ready')
  const happened = (...names: string[]) =>
    vi.waitFor(
      () => expect(opened.events.map(({ value }) => ('why' in value ? value.why : value.kind))).toEqual(names),
      wait,
    )
  return { tablet, happened, ...opened }
}

test('a tablet asks, is polled until the rater presses, and shows its welcome again', { timeout: 30_000 }, async () => {
  const { tablet, stations, events, happened } = await tabletBench()
  expect(await stations.ask('bench-1')).toMatchObject({ fault: null })
  expect(tablet.shows()).toBe('rate')
  tablet.press('2', { afterPolls: 1, tags: '[{"id":11,"name":"态度好"}]' })
  await happened('asked', 'rated')
  await vi.waitFor(() => expect(tablet.shows()).toBe('welcome'), wait)
  const rated = events[1]?.value
  if (rated?.kind !== 'rated') throw new Error('no rating')
  expect(events[1]?.raw).toEqual(MASKED_FRAME)
  expect(rated.press.sealWith(({ key, level }) => [key, level])).toEqual(['2', 4])
})

test('what a tablet still held is no answer to the next question', { timeout: 30_000 }, async () => {
  const { tablet, stations, happened } = await tabletBench()
  tablet.press('4')
  await stations.ask('bench-1')
  await happened('unasked', 'asked')
  tablet.repeatNext()
  tablet.press('1')
  await happened('unasked', 'asked', 'rated')
  await stations.ask('bench-1')
  await happened('unasked', 'asked', 'rated', 'asked')
  stations.withdraw('bench-1')
  await happened('unasked', 'asked', 'rated', 'asked', 'withdrawn')
})

test('the tablet’s own silence is not rated, and contact data is kept nowhere', { timeout: 30_000 }, async () => {
  const { tablet, stations, events, readings, happened } = await tabletBench()
  await stations.ask('bench-1')
  tablet.leaveContact('王某', '13800000000')
  tablet.press('6')
  await happened('asked', 'device-says-none')
  expect(JSON.stringify([events, readings])).not.toMatch(/王某|13800000000/)
})

test('a result that is cut off is a fault and no press', { timeout: 30_000 }, async () => {
  const { tablet, stations, readings, told } = await tabletBench()
  tablet.press('2')
  tablet.cutNext(20)
  await stations.ask('bench-1')
  tablet.press('3')
  tablet.cutNext(20)
  await told(1)
  expect(readings.map(word)).toEqual(['line-cut'])
  expect(readings[0]?.raw).toEqual(MASKED_FRAME)
})

test('a tablet that is switched off is gone, cannot be asked, and comes back', { timeout: 60_000 }, async () => {
  const { tablet, stations, becomes, events } = await tabletBench()
  await tablet.unplug()
  expect(await stations.ask('bench-1')).toMatchObject({ round: null, fault: { code: 'port-refused' } })
  expect(events.map(({ value }) => value)).toMatchObject([{ kind: 'asked' }, { kind: 'not-rated', why: 'pad-gone' }])
  await becomes('tablet-1', 'faulty')
  await tablet.replug()
  await becomes('tablet-1', 'ready')
})

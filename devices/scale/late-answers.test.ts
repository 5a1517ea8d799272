import { afterEach, expect, test, vi } from 'vitest'
import type { DriverOutlet } from '../driver.ts'
import type { Fault, ReadingValue } from '../reading.ts'
import { ascii } from '../testing.ts'
import { MT_SICS } from './mt-sics.ts'
import { openScale } from './scale.ts'

const closings: (() => void)[] = []
afterEach(() => closings.splice(0).forEach((close) => close()))

/** A scale driver whose wire is in the hands of the test. */
function scaleInHand() {
  const asked: string[] = []
  const told: ReadingValue[] = []
  const health: (string | null)[] = []
  const givenUp: Fault[] = []
  const outlet: DriverOutlet = {
    write: async (bytes) => void asked.push(Buffer.from(bytes).toString().trim()),
    reading: (_raw, value) => String(told.push(value)),
    count: () => undefined,
    health: (fault) => health.push(fault?.code ?? null),
    turn: (deed) => deed(),
    giveUp: (fault) => givenUp.push(fault),
  }
  const scale = openScale(outlet, MT_SICS)
  closings.push(() => scale.closed(null))
  return {
    scale,
    told,
    health,
    givenUp,
    says: (line: string) => scale.bytes(ascii(`${line}\r\n`)),
    isAsked: (times: number) =>
      vi.waitFor(() => expect(asked).toEqual(Array.from({ length: times }, () => 'SI')), {
        timeout: 3000,
        interval: 5,
      }),
  }
}

test('the late answer to an earlier question is not the weight that is asked for now', async () => {
  const { scale, told, says, isAsked } = scaleInHand()
  const weighing = scale.weigh(5000)
  await isAsked(2)
  says('S S      0.000 g')
  says('S S     14.256 g')
  expect(await weighing).toMatchObject({ meaning: { weight_mg: 14_256 }, fault: null })
  expect(told).toEqual([])
})

test('a late answer that comes when nothing is asked is no reading', async () => {
  const { scale, told, says } = scaleInHand()
  expect(await scale.weigh(50)).toMatchObject({ fault: { code: 'no-answer' } })
  says('S S      0.000 g')
  expect(told).toEqual([])
  says('S S     14.256 g')
  expect(told).toEqual([{ kind: 'weight', weight_mg: 14_256, stable: true }])
})

test('an answer that is no answer is asked for again, and then is the fault', async () => {
  const { scale, says, isAsked, health } = scaleInHand()
  const weighing = scale.weigh(5000)
  await isAsked(1)
  says('S S      14.256 g')
  await isAsked(2)
  says('ST,GS,+   1.250kg')
  expect(await weighing).toMatchObject({ raw: ascii('ST,GS,+   1.250kg\r'), fault: { code: 'protocol' } })
  expect(health).toEqual(['protocol'])
})

test('an error of the scale is told at once', async () => {
  const { scale, says, isAsked } = scaleInHand()
  const weighing = scale.weigh(5000)
  await isAsked(1)
  says('S S  Error 10b')
  expect(await weighing).toMatchObject({ fault: { code: 'device-error', detail: 'Error 10b' } })
})

test('weighings asked for at once are answered one after the other, and too many are refused', async () => {
  const { scale, says, isAsked } = scaleInHand()
  const weighings = Array.from({ length: 5 }, () => scale.weigh(5000))
  for (let nth = 1; nth <= 4; nth += 1) {
    await isAsked(nth)
    says(`S S      ${nth}.000 g`)
  }
  const results = await Promise.all(weighings)
  expect(results.map((one) => one.meaning?.weight_mg ?? one.fault?.code)).toEqual([1000, 2000, 3000, 4000, 'port-busy'])
})

test('one whose time is over before its turn asks nothing', async () => {
  const { scale, says, isAsked } = scaleInHand()
  const first = scale.weigh(5000)
  const second = scale.weigh(50)
  await isAsked(1)
  says('S D      1.000 g')
  await isAsked(2)
  says('S S      1.000 g')
  expect(await first).toMatchObject({ meaning: { weight_mg: 1000 } })
  expect(await second).toMatchObject({ fault: { code: 'port-busy' } })
  await isAsked(2)
})

test('the port that closes inside an answer ends the question with what had come', async () => {
  const { scale, told, isAsked } = scaleInHand()
  const weighing = scale.weigh(5000)
  await isAsked(1)
  scale.bytes(ascii('S S     14.2'))
  scale.closed({ code: 'port-gone', detail: 'pulled' })
  expect(await weighing).toEqual({
    raw: ascii('S S     14.2'),
    meaning: null,
    fault: { code: 'port-gone', detail: 'pulled' },
  })
  expect(told).toEqual([])
  expect(await scale.weigh(1000)).toMatchObject({ fault: { code: 'port-gone' } })
})

test('a connection over which nothing is heard is given up', async () => {
  const { scale, givenUp } = scaleInHand()
  for (let asked = 0; asked < 5; asked += 1) await scale.weigh(20)
  expect(givenUp).toMatchObject([{ code: 'no-answer' }])
})

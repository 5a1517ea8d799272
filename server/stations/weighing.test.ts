import { expect, it, vi } from 'vitest'
import { UnknownDevice } from '../../devices/station.ts'
import type { Reading, ReadingValue } from '../../devices/reading.ts'
import { quietLog } from '../database/testing.ts'
import type { Arriving } from './arriving.ts'
import { newPlace } from './place.ts'
import { procedures } from './procedure.ts'
import type { PanSeen } from './pan.ts'
import { newSession } from './session.ts'
import { openWeighing } from './weighing.ts'

const AT = '2026-03-02T01:00:00.000Z'
const words = { zh: '', en: '' }
/** A work whose only step wants a weight. */
const offer = procedures<object, null>({
  name: 'custody',
  version: 1,
  kinds: ['bench'],
  look: () => Promise.resolve(null),
  step: () => {
    throw new Error('nothing is stepped here')
  },
  show: () => ({
    work: {
      procedure: 'check-in',
      words,
      document: null,
      steps: [],
      item: null,
      points: [],
      lines: [],
      second: null,
      keeper: null,
    },
    ask: { kind: 'weigh', words, who: null, options: [], text: false },
  }),
})

const moving: ReadingValue = { kind: 'fault', fault: { code: 'unstable', detail: '' } }
const silent: ReadingValue = { kind: 'fault', fault: { code: 'no-answer', detail: '' } }
const overload: ReadingValue = { kind: 'fault', fault: { code: 'overload', detail: '' } }
const torn: ReadingValue = { kind: 'fault', fault: { code: 'line-garbled', detail: '' } }
const empty: ReadingValue = { kind: 'weight', weight_mg: 0, stable: true }
const heavy: ReadingValue = { kind: 'weight', weight_mg: 98_000, stable: true }

/** Times that a scale is asked at the most: long after a person at the bench would have gone. */
const QUESTIONS = 20
/** Between two questions no time passes; everything else has its turn. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
vi.mock('node:timers/promises', () => ({ setTimeout: () => turn() }))

/** What reaches the bench of a scale that gives these answers, the last one for good; `taken away` where the station has no scale any more. */
const heard = async (...answers: readonly (ReadingValue | 'taken away')[]): Promise<string[]> =>
  (await followed(...answers)).heard

/** The same, with what its screens were told of the pan. */
async function followed(
  ...answers: readonly (ReadingValue | 'taken away')[]
): Promise<{ readonly heard: string[]; readonly pans: PanSeen['state'][] }> {
  const pans: PanSeen['state'][] = []
  const config = { id: 'bench-1', name: '', kind: 'bench', place: 'store-1', devices: [], setUp: '1' } as never
  const custodian = { id: 'li', name: 'li', badge: 'B-li', signedAt: AT, setUp: '1' }
  const work = { module: 'custody', version: 1, state: {} }
  const session = { ...newSession(AT), custodian, locked: false, work }
  const place = newPlace(config, { version: 1, session })
  const arrivings: Arriving[] = []
  let asked = 0
  const weigh = (): Promise<Reading> => {
    const value = answers[Math.min(asked, answers.length - 1)] ?? silent
    asked += 1
    if (value === 'taken away') return Promise.reject(new UnknownDevice('bench-1', null, 'scale'))
    return Promise.resolve({
      ...{ id: String(asked), station: 'bench-1', device: 'scale-1', deviceKind: 'scale', at: AT },
      ...{ raw: new Uint8Array(0), value },
    })
  }
  const weighing = openWeighing({
    ...{ stations: { weigh }, offers: [offer], log: quietLog, now: () => AT, isDriven: () => asked < QUESTIONS },
    onSeen: () => undefined,
    onArriving: (_, arriving) => {
      arrivings.push(arriving)
      // Each word makes a new version of the session, which is looked at.
      setImmediate(() => weighing.look(place))
    },
    onPan: (_, __, { state }) => pans.push(state),
  })
  weighing.look(place)
  for (let turns = 0; turns < 3 * QUESTIONS; turns += 1) await turn()
  return { heard: arrivings.map(({ content }) => (content.kind === 'fault' ? content.fault.code : content.kind)), pans }
}

it('an answer that was lost once is said, and the next one counts although the scale never stopped being ready', async () => {
  expect(await heard(silent, heavy)).toEqual(['no-answer', 'weight'])
})

it('a scale that stays silent is said to be once', async () => {
  expect(await heard(silent)).toEqual(['no-answer'])
})

it('what a scale says of its load is said once, and the weight that comes after it counts', async () => {
  expect(await heard(overload)).toEqual(['overload'])
  expect(await heard(overload, heavy)).toEqual(['overload', 'weight'])
  expect(await heard(silent, overload, heavy)).toEqual(['no-answer', 'overload', 'weight'])
})

it('a torn answer is one that was lost', async () => {
  expect(await heard(torn, heavy)).toEqual(['line-garbled', 'weight'])
})

it('a scale that answers again, with an empty pan, is asked on, and its next silence is said', async () => {
  expect(await heard(silent, empty, heavy)).toEqual(['no-answer', 'weight'])
  expect(await heard(silent, empty, silent, heavy)).toEqual(['no-answer', 'no-answer', 'weight'])
})

it('a scale that was taken away is said to be once, and not asked on', async () => {
  expect(await heard('taken away')).toEqual(['port-gone'])
  expect(await heard(silent, 'taken away')).toEqual(['no-answer', 'port-gone'])
})

it('a pan that moved is not said to move once its scale has gone silent', async () => {
  expect(await followed(moving, silent)).toEqual({ heard: ['no-answer'], pans: ['moving', 'unread'] })
  expect((await followed(moving, silent, moving, heavy)).pans).toEqual(['moving', 'unread', 'moving'])
  expect((await followed(moving, 'taken away')).pans).toEqual(['moving', 'unread'])
})

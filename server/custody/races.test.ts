import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Answer, Who } from '../act.ts'
import type { Command } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { testServer, type TestServer } from '../testing.ts'
import { readChain } from './chain/chain.ts'
import { general, PHOTO, taking } from './testing.ts'
import { onFilm } from './testing-film.ts'

/** So many hands reach for one thing at once, by turns of two people. */
const RACERS = 200
const LOCK_NOT_AVAILABLE = '55P03'
const START = '2026-03-02T02:00:00.000Z'
const CUSTODIANS = ['chen-jing', 'liu-yang']
const OFFICER = 'zhang-wei'
const OFFICERS = [OFFICER, 'li-na']
/** Of the department, and of the organ above it. */
const APPROVERS = ['qian-lei', 'sun-bo']
const CASE = '争抢案'

type Deed = Command & Record<string, unknown>

let server: TestServer
let clock = Date.parse(START)
let causes = 0
let shelf = ''
/** Registered and photographed. */
let item = ''

beforeAll(async () => {
  server = await testServer()
  const open = { type: 'custody.open-case', number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1' }
  await does(OFFICER, { ...open, officers: OFFICERS })
  const place = {
    type: 'custody.add-location',
    store: 'store-1',
    name: '架',
    storageClass: 'ordinary',
    capacity: RACERS,
  }
  shelf = String((await does('chen-jing', place)).result['code'])
})
afterAll(() => server.close())
beforeEach(async () => {
  const { result } = await does(OFFICER, { type: 'custody.register', case: CASE, items: [general], ...taking })
  item = (result['items'] as unknown as { code: string }[])[0]?.code ?? ''
  await does(OFFICER, { type: 'custody.add-photo', items: [{ item, photos: [PHOTO] }] })
})

function does(person: string, command: Deed, who: Partial<Who> = {}): Promise<Answer> {
  clock += 1_000
  const at = new Date(clock).toISOString()
  return server.deps.act({ person, ...who }, command, { cause: `test ${(causes += 1)}`, at })
}

/** Until the database has had a turn for it: on a slow machine a racer may wait too long for a connection or for its lock. */
async function onceServed<T>(act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act()
    } catch (error) {
      const noConnection = error instanceof Error && error.message.startsWith('timeout exceeded when trying to connect')
      if (!noConnection && !(error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE)) throw error
    }
  }
}

/**
 * All at one moment, each under a cause of its own: one gets it, the others are refused in words, and the item's chain is whole.
 * @returns the codes of those refusals
 */
async function race(
  people: readonly string[],
  commands: Deed | readonly Deed[],
  who: Partial<Who> = {},
): Promise<ReadonlySet<string>> {
  const wanted = [commands].flat()
  clock += 1_000
  const at = new Date(clock).toISOString()
  const tries = await Promise.allSettled(
    Array.from({ length: RACERS }, (_, index) => {
      const person = people[index % people.length] ?? ''
      const command = wanted[Math.floor(index / people.length) % wanted.length] as Deed
      return onceServed(() => server.deps.act({ person, ...who }, command, { cause: `race ${at} ${index}`, at }))
    }),
  )
  const lost = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  expect(RACERS - lost.length).toBe(1)
  for (const reason of lost) expect(reason).toBeInstanceOf(Refusal)
  expect((await readChain(server.database.db, item)).faults).toEqual([])
  return new Set(lost.map((reason) => (reason as Refusal).code))
}

async function factsOf(type: string): Promise<number> {
  const { entries } = await readChain(server.database.db, item)
  return entries.filter((entry) => entry.type === type).length
}

const asking = (): Deed => {
  const dueAt = new Date(clock + 86_400_000).toISOString()
  const deed = { command: 'borrow', items: [item], dueAt, purpose: 'IDENTIFICATION' }
  return { type: 'approvals.ask', deed, reason: '辨认' }
}

async function checkedIn(): Promise<void> {
  await onFilm(server.deps, [item])
  await does(OFFICER, { type: 'custody.hand-over', items: [item], store: 'store-1' })
  await does('chen-jing', { type: 'custody.check-in', items: [item], location: shelf }, { with: [OFFICER] })
}

async function asked(person = OFFICER): Promise<string> {
  return String((await does(person, asking())).result['id'])
}

async function granted(): Promise<string> {
  await checkedIn()
  const approval = await asked()
  await does('qian-lei', { type: 'approvals.grant', approval })
  return approval
}

it('one takes the item into the store', async () => {
  await onFilm(server.deps, [item])
  await does(OFFICER, { type: 'custody.hand-over', items: [item], store: 'store-1' })
  const command = { type: 'custody.check-in', items: [item], location: shelf }
  expect(await race(CUSTODIANS, command, { with: [OFFICER] })).toEqual(new Set(['custody.wrong-order']))
  expect(await factsOf('custody.checked-in')).toBe(1)
})

it('one request of an officer for it is taken', async () => {
  await checkedIn()
  expect(await race([OFFICER], asking())).toEqual(new Set(['approvals.asked-already']))
})

it('one loan of it is granted, of two that were asked for', async () => {
  await checkedIn()
  const wanted = [await asked(), await asked('li-na')]
  const grants = wanted.map((approval) => ({ type: 'approvals.grant', approval }))
  expect(await race(APPROVERS, grants)).toEqual(new Set(['approvals.decided', 'custody.reserved']))
  expect(await factsOf('custody.loan-granted')).toBe(1)
})

it('one hands it out', async () => {
  const command = { type: 'custody.borrow', items: [item], approval: await granted() }
  expect(await race(CUSTODIANS, command, { with: [OFFICER] })).toEqual(new Set(['custody.wrong-order']))
  const { item: state } = await readChain(server.database.db, item)
  expect(state?.holdings.filter(({ to }) => to === null)).toMatchObject([{ who: `person/${OFFICER}` }])
})

it('one takes it back', async () => {
  const approval = await granted()
  await does('chen-jing', { type: 'custody.borrow', items: [item], approval }, { with: [OFFICER] })
  const command = { type: 'custody.give-back', items: [{ item, location: shelf, condition: 'same' }] }
  expect(await race(CUSTODIANS, command, { with: [OFFICER] })).toEqual(new Set(['custody.wrong-order']))
  expect(await factsOf('custody.returned')).toBe(1)
})

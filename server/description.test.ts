import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestServer } from './testing.ts'
import { answerOf, describedOperations, type Operation, type Schema } from './testing-description.ts'
import { wholeServer } from './testing-whole.ts'

let server: TestServer
let operations: readonly Operation[]

beforeAll(async () => {
  server = await wholeServer()
  operations = await describedOperations(server)
})
afterAll(() => server.close())

/** What stands whole in an answer, and why it needs no pages. */
const WHOLE: Readonly<Record<string, string>> = {
  'get /api/agents/{name}/ports': 'what one machine has plugged in',
  'get /api/approvals/{id}': 'one request, of two levels at most',
  'get /api/calendars': 'one a year, a hundred at most',
  'get /api/cases/{number}': 'one account, with a balance over all of it',
  'get /api/cases/{number}/account-numbers': 'one case, with those few of its things that have a number',
  'get /api/cases/{number}/as-of': 'one account, with a balance over all of it',
  'get /api/cases/{number}/inbound': 'one case, with the few lists that other organs handed in to it',
  'get /api/cases/{number}/paper-offers': 'one case, with what has happened in it',
  'get /api/containers/{code}': 'one box, of no more items than an act',
  'get /api/counts/options': 'where one person may order counts',
  'get /api/counts/{id}': 'one stock-take, of no more items than one may have',
  'get /api/custody/options': 'what the program itself knows',
  'get /api/custody/rules': 'what the program itself knows',
  'get /api/dashboard': 'sums over what is in sight, as many as there are kinds',
  'get /api/deadline-rules': 'what the program itself knows',
  'get /api/deadlines/counts': 'one line a department, summed over all clocks',
  'get /api/deadlines/{id}': 'one clock',
  'get /api/devices/kinds': 'what the program itself knows',
  'get /api/devices/ports': 'what one machine has plugged in',
  'get /api/session/views': 'what one person keeps, fifty at most',
  'get /api/disposals/{code}': 'one paper, of no more items than an act',
  'get /api/disposals/{code}/signatures': 'one paper, with the few who sign each of its acts',
  'get /api/items/{code}': 'one card',
  'get /api/items/{code}/chain': 'one chain, proven as a whole',
  'get /api/items/{code}/paper-offers': 'one item, with what has happened to it',
  'get /api/items/{code}/signatures': 'one list of one notice, signed as a whole',
  'get /api/item-names': 'no more than a hundred things, each asked for by its code',
  'get /api/leaks/kinds': 'what the program itself knows',
  'get /api/lists/{code}': 'one list, of no more lines than an act',
  'get /api/lists/{code}/signatures': 'one list, with the few who sign it',
  'get /api/loans/{loan}/signatures': 'one loan, with the few who sign it out and back',
  'get /api/rating/campaigns/{campaign}/addressees': 'one campaign, whose supervisor ticks off its lists as a whole',
  'get /api/rating/campaigns/{campaign}/results': 'one campaign, of no more lines than one paper names departments',
  'get /api/rating/comparison': 'two ranges of one hall, of no more lines than it ever asked questions',
  'get /api/rating/counters/{counter}': 'one counter',
  'get /api/rating/dashboard': 'one hall over one period, of no more lines than it has clerks and counters',
  'get /api/rating/halls/{hall}': 'one hall, of no more lines than it has clerks',
  'get /api/rating/questionnaire': 'one version, of no more questions than a screen has room for',
  'get /api/rating/sign-ons': 'one hall on one day, of no more lines than its counters had clerks',
  'get /api/rating/tree': 'one unit over one period, of no more lines than it has units below it',
  'get /api/reconciliations': 'the last twenty statements, of no more lines than one may have',
  'get /api/registers/{id}/consistency': 'one proof',
  'get /api/registers/{id}/proof': 'one proof',
  'get /api/annual': 'one statement, of no more lines than it says, beside a file of all',
  'get /api/office-printers': 'where papers are printed in one house',
  'get /api/outbox/channels': 'one line a channel',
  'get /api/papers/offer': 'one thing, which has one paper',
  'get /api/search': 'asks for other words, and says how many it found at most',
  'get /api/stores/{id}/keeping': 'one post, handed on a few times in its life',
  'get /api/session/addresses': 'one person',
  'get /api/stations/{id}/afterwards': 'one bench, with what was done there in a quarter of an hour',
  'get /api/stations/{id}/disposals': 'one bench, with the first twenty of what waits for it',
  'get /api/stations/{id}/rating/maintenance': 'one counter, of no more lines than it has devices',
  'get /api/stations/{id}/wall': 'one hall, of no more lines than it has counters and clerks',
  'get /api/stations/{id}/cards': 'what the program itself knows',
  'get /api/stations/{id}/screen': 'one station',
  'get /api/stations/{id}/session': 'one station',
  'get /api/sign-in-policy': 'no more posts than there are',
  'get /api/urgings/{id}': 'one notice, with its few answers',
}

function holdsRows({ properties = {} }: Schema): boolean {
  return Object.values(properties).some(({ type, items }) => type === 'array' && items?.type !== 'string')
}

/** Opened by an upgrade: what comes over them stands in protocol.ts. */
const SOCKETS = [
  'get /api/live',
  'get /api/agents/live',
  'get /api/stations/{id}/live',
  'get /api/stations/{id}/devices/{device}/bytes',
]

/** Whether the answer of what is done has a schema: of its bytes, or of every member of its JSON. */
function isDescribed({ responses = {} }: Operation): boolean {
  const done = Object.entries(responses).filter(([status]) => /^2/.test(status))
  return (
    done.length > 0 &&
    done.every(([status, { content = {} }]) => {
      const { 'application/json': json, ...other } = content
      if (json === undefined) return status === '204' || Object.values(other).some(({ schema }) => schema !== undefined)
      return json.schema?.additionalProperties === false
    })
  )
}

describe('lists', () => {
  it('come by pages: as many as asked for, after the cursor that the page before ended with', () => {
    const lists = operations.filter(
      (one) => one.method === 'get' && !(one.name in WHOLE) && holdsRows(answerOf(one) ?? {}),
    )
    expect(lists.length).toBeGreaterThan(15)
    for (const list of lists) {
      const asked = (list.parameters ?? []).filter((one) => one.in === 'query').map((one) => one.name)
      expect(asked, list.name).toEqual(expect.arrayContaining(['limit', 'after']))
      expect(answerOf(list)?.properties, list.name).toHaveProperty('after')
    }
  })

  it('that stand whole are named here, and no other', () => {
    const names = operations.map(({ name }) => name)
    expect(Object.keys(WHOLE).filter((name) => !names.includes(name))).toEqual([])
  })
})

describe('writes', () => {
  /** They write nothing. */
  const KEYLESS = [
    'post /api/calendars/try',
    'post /api/cases/import/try',
    'post /api/cases/{number}/inbound/import/try',
    'post /api/cases/{number}/items/import/try',
    'post /api/papers/check',
    'post /api/reconciliations/try',
  ]
  const writesOf = () => operations.filter(({ method, name }) => method !== 'get' && !KEYLESS.includes(name))

  it('take an Idempotency-Key, each of them', () => {
    const without = writesOf().filter(
      ({ parameters = [] }) => !parameters.some((one) => one.in === 'header' && one.name === 'Idempotency-Key'),
    )
    expect(without.map(({ name }) => name)).toEqual([])
  })

  it('without one are refused before anything else is looked at; a session may be opened and closed without', async () => {
    const refused: string[] = []
    const asking = writesOf().filter(({ path }) => path !== '/api/session')
    for (const { method, path, name } of asking) {
      const url = path.replaceAll(/\{\w+\}/g, 'x')
      const answer = await server.as('xu-system', {
        method: method.toUpperCase() as 'POST',
        url,
        headers: { 'idempotency-key': '' },
      })
      if (answer.statusCode === 400 && answer.json<{ code: string }>().code === 'request.key-missing')
        refused.push(name)
    }
    expect(asking.map(({ name }) => name)).toEqual(refused)
  })
})

describe('answers', () => {
  it('are described, each of them, to the last member', () => {
    const silent = operations.filter((one) => !SOCKETS.includes(one.name) && !isDescribed(one))
    expect(silent.map(({ name }) => name)).toEqual([])
  })
})

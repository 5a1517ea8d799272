import { afterAll, beforeAll, expect, it } from 'vitest'
import { custodyRoutes } from './custody/routes.ts'
import { demoPerson } from './demo/organisation.ts'
import type { LedgerHint } from './hub.ts'
import { catchUp, CATCH_UP_MAX } from './live.ts'
import { testServer, type TestServer } from './testing.ts'

let server: TestServer
let address = ''
const open: WebSocket[] = []

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
    },
  })
  address = (await server.app.listen({ host: '127.0.0.1', port: 0 })).replace('http:', 'ws:')
})
afterAll(async () => {
  for (const socket of open) socket.close()
  await server.close()
})

interface Told {
  readonly kind: string
  readonly register: string
  readonly seq: number
  readonly type: string
  readonly subject: string
}

function lineOf(query: string, headers: Record<string, string>): WebSocket {
  // Node's client takes headers beside the standard's protocols.
  const socket = new WebSocket(`${address}/api/live${query}`, { headers } as never)
  open.push(socket)
  return socket
}

/** What a person's line says, up to the unit that is added last. */
async function listen(person: string, until: string, query = ''): Promise<{ told: Promise<readonly Told[]> }> {
  const { login, password } = demoPerson(person)
  const { token } = await server.deps.signIn.open({ login, password })
  const socket = lineOf(query, { authorization: `Bearer ${token}` })
  const heard: Told[] = []
  const told = new Promise<readonly Told[]>((resolve, reject) => {
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as Told
      if (message.kind === 'entry') heard.push(message)
      if (message.subject === `unit/${until}`) resolve(heard)
    })
    socket.addEventListener('close', ({ code }) => reject(new Error(`closed with ${code}`)))
  })
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  return { told }
}

async function openCase(number: string): Promise<void> {
  const payload = { number, title: '某某案', track: 'SUPERVISION', unit: 'dept-1', officers: ['zhang-wei', 'li-na'] }
  const answer = await server.as('zhang-wei', { method: 'POST', url: '/api/cases', payload })
  expect(answer.statusCode, answer.body).toBe(201)
}

async function addUnit(unit: string): Promise<void> {
  const payload = { unit, name: unit, kind: 'department', parent: 'organ' }
  expect((await server.as('xu-system', { method: 'POST', url: '/api/units', payload })).statusCode).toBe(201)
}

const ofCases = (told: readonly Told[]) => told.filter(({ register }) => register === 'unit.dept-1')

it('tells of a case whom it concerns, an audit administrator that a register has grown, and nobody else', async () => {
  const people = [
    'li-na',
    'qian-lei',
    'zhou-ping',
    'ji-audit',
    'wang-qiang',
    'chen-jing',
    'wu-xia',
    'xu-system',
    'an-security',
  ]
  const lines = new Map(
    await Promise.all(people.map(async (person) => [person, await listen(person, 'last-1')] as const)),
  )
  await openCase('云纪立〔2026〕41号')
  await addUnit('last-1')
  for (const [person, { told }] of lines) {
    const heard = ofCases(await told)
    if (['li-na', 'qian-lei', 'zhou-ping'].includes(person))
      expect(heard, person).toMatchObject([{ type: 'custody.case-opened', subject: 'case/云纪立〔2026〕41号', seq: 1 }])
    else if (person === 'ji-audit') expect(heard).toMatchObject([{ type: '', subject: '', seq: 1 }])
    else expect(heard, person).toEqual([])
  }
})

it('tells what was missed first, and of that too only what concerns the asker', async () => {
  await openCase('云纪立〔2026〕42号')
  const mine = await listen('li-na', 'last-2', '?after=unit.dept-1:0')
  const others = await listen('wang-qiang', 'last-2', '?after=unit.dept-1:0')
  await addUnit('last-2')
  expect(ofCases(await mine.told).map(({ seq }) => seq)).toEqual([1, 2])
  expect(ofCases(await others.told)).toEqual([])
})

it('tells of a register that is named again and again once', async () => {
  const mine = await listen('li-na', 'last-3', `?after=${Array.from({ length: 100 }, () => 'unit.dept-1:0').join()}`)
  await addUnit('last-3')
  expect(ofCases(await mine.told).map(({ seq }) => seq)).toEqual([1, 2])
})

it('says where to read on only to who may see what has happened there', async () => {
  // As many entries as one look takes, of which one person's line is shown none.
  const told = async (inSight: (hint: LedgerHint) => boolean): Promise<readonly object[]> => {
    const messages: object[] = []
    const entries = Array.from({ length: CATCH_UP_MAX + 1 }, (_, index) => ({
      ...{ register: 'unit.far', seq: index + 1, type: 't', subject: 'case/far', at: '' },
    }))
    await catchUp(
      async (_register, after, most) => entries.filter(({ seq }) => seq > after).slice(0, most),
      'unit.far:0',
      async (hints) => hints.filter(inSight),
      (message) => messages.push(message),
    )
    return messages
  }
  expect(await told(() => false)).toEqual([])
  expect(await told(({ seq }) => seq === 7)).toEqual([{ kind: 'missed', register: 'unit.far', after: 7 }])
})

it('closes at once for who is not signed in', async () => {
  const socket = lineOf('', {})
  const code = await new Promise((resolve) => socket.addEventListener('close', (closed) => resolve(closed.code)))
  expect(code).toBe(4401)
})

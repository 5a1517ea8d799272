import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type ClockOffice, clockOffice } from '../../clock/testing.ts'
import { filesFolder, openFiles } from '../../files/files.ts'
import { verifyDisclosure } from '../../ledger/disclosure.ts'
import { parseVerifierKey, verifierKey } from '../../ledger/note.ts'
import { caseFileRoutes } from './routes.ts'

const AT = '2026-03-02T02:00:00.000Z'
vi.setConfig({ hookTimeout: 240_000 })

let office: ClockOffice
let lines: string[] = []

const check = (text: readonly string[], signed = true) => {
  const { signer } = office.server.keys
  const key = signed ? parseVerifierKey(verifierKey(signer)) : null
  return verifyDisclosure(Readable.from([text.map((line) => `${line}\n`).join('')]), key)
}

beforeAll(async () => {
  office = await clockOffice(AT, {
    kept: false,
    extend: async (app, deps) => {
      const files = await openFiles({ folder: filesFolder(deps.dataDir), db: deps.db, now: deps.now })
      await app.register(caseFileRoutes, { ...deps, files })
    },
  })
  const ours = await office.take('甲案', 2, AT)
  await office.take('乙案', 3, AT)
  await office.checkIn(ours)
  const url = `/api/cases/${encodeURIComponent('甲案')}/proof`
  const answer = await office.server.as('zhou-ping', { method: 'GET', url })
  expect(answer.statusCode, answer.body).toBe(200)
  lines = answer.body.trimEnd().split('\n')
})
afterAll(() => office.server.close())

it('holds what the registers of unit and store say of this case, and nothing of another', async () => {
  const text = lines.join('\n')
  expect(text).toContain('custody.checked-in')
  expect(text).not.toContain('乙案')
  const { fault, registers, signedBy, entries } = await check(lines)
  expect(fault).toBeNull()
  expect(registers.map(({ register }) => register)).toEqual(['store.store-1', 'unit.dept-1'])
  expect(signedBy).toBe(office.server.keys.signer.name)
  expect(entries).toBe(lines.length - 1)
})

it('a word that was changed, a line that was left out, or another’s signature is found without the server', async () => {
  const at = lines.findIndex((line) => line.includes('手机1'))
  const changed = lines.with(at, (lines[at] ?? '').replace('手机1', '手机9'))
  expect((await check(changed)).fault?.what.en).toContain('does not lead to the signed root')
  const [header = '', ...rest] = lines
  const fewer = header.replace(/"entries":\d+/, `"entries":${rest.length - 1}`)
  const without = rest.findIndex((line) => line.includes('custody.photo-added'))
  expect((await check([fewer, ...rest.toSpliced(without, 1)])).fault?.what.en).toContain('was left out')
  expect((await check([header, ...rest.slice(1)])).fault).not.toBeNull()
  await expect(check([header.replace(/(checkpoint":"[^"]*\\n\d+\\n)./, '$1A'), ...rest])).rejects.toThrow(/signature/)
  expect((await check(lines, false)).signedBy).toBeNull()
})

it('an entry that stands in for another one, two that changed places, or a word beside an entry is found', async () => {
  const [header = '', ...rest] = lines
  const last = rest.findLastIndex((line) => line.includes('custody.checked-in'))
  const doubled = [header, ...rest.toSpliced(last, 1), rest[0] ?? '']
  expect((await check(doubled)).fault?.what.en).toContain('twice or out of its order')
  const swapped = [header, ...rest.with(2, rest[3] ?? '').with(3, rest[2] ?? '')]
  expect((await check(swapped)).fault?.what.en).toContain('twice or out of its order')
  const added = [header, ...rest.with(2, (rest[2] ?? '').replace(/\}$/, ',"note":"seen"}'))]
  expect((await check(added)).fault?.what.en).toContain('not as it was exported')
  await expect(check([header.replace(/\}$/, ',"note":"seen"}'), ...rest])).rejects.toThrow('not as it was exported')
})

it('the last fact of a subject is missed, and a header that signs nothing or something else is refused', async () => {
  const [header = '', ...rest] = lines
  const factOf = (line: string): { subject: string; n: number } => {
    const { entry } = JSON.parse(line) as { entry: string }
    return (JSON.parse(entry.slice(entry.indexOf('{'))) as { body: { subject: string; n: number } }).body
  }
  const facts = rest.map(factOf)
  // No number after it tells that it is gone.
  const ends = facts.findIndex(({ subject, n }) => facts.every((one) => one.subject !== subject || one.n <= n))
  const cut = [header.replace(/"entries":\d+/, `"entries":${rest.length - 1}`), ...rest.toSpliced(ends, 1)]
  for (const signed of [true, false])
    expect((await check(cut, signed)).fault?.what.en, `signed ${signed}`).toContain('some were left out')
  await expect(check([header.replace(/,"statement":.*/, '}'), ...rest])).rejects.toThrow('export it anew')
  const { statement } = JSON.parse(header) as { statement: string }
  const other = statement.replace(`\n${rest.length}\n`, `\n${rest.length - 1}\n`)
  const forged = header.replace(JSON.stringify(statement), () => JSON.stringify(other))
  await expect(check([forged, ...rest])).rejects.toThrow(/signature/)
})

it('is for officers of the case, the head of its department and supervisors', async () => {
  const url = `/api/cases/${encodeURIComponent('甲案')}/proof`
  expect((await office.server.as('chen-jing', { method: 'GET', url })).statusCode).not.toBe(200)
  expect((await office.server.as('zhang-wei', { method: 'GET', url })).statusCode).toBe(200)
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDoor } from '../act.ts'
import { clientConfig } from '../database/connect.ts'
import { testDatabase, type TestDatabase } from '../database/testing.ts'
import { type Keys, loadKeys } from '../keys.ts'
import { SYSTEM } from '../module.ts'
import { modules } from '../modules.ts'
import { openActivityLog } from './activity.ts'
import { RegisterForked, signCheckpoint } from './checkpoint.ts'
import { Frontier, leafHash } from './merkle.ts'
import { entryHash } from './entry.ts'
import { exportRegister, NotCheckable, verifyExport } from './export.ts'
import { checkpointFolderOf } from './places.ts'
import { verifyStore } from './verify.ts'

const ENTRIES = 30
const AT = '2026-03-02T01:00:00.000Z'

let database: TestDatabase
let superuser: pg.Client
let folder: string
let keys: Keys

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearhold-verify-'))
  keys = await loadKeys(folder, { hasRegisters: false })
})
afterAll(() => rm(folder, { recursive: true }))

beforeEach(async () => {
  database = await testDatabase()
  superuser = new pg.Client(clientConfig(database.superConfig, true))
  await superuser.connect()
  const { act } = openDoor({ db: database.db, modules, hash: 'sha256', now: () => AT })
  await act(
    { person: SYSTEM },
    { type: 'org.add-unit', unit: 'u0', name: '第 0 室', kind: 'organ', parent: null },
    { cause: '0' },
  )
  for (let index = 1; index < ENTRIES; index += 1) {
    await act(
      { person: SYSTEM },
      index % 3 === 0
        ? { type: 'org.add-person', person: `p${index}`, login: `login-${index}`, name: `张 ${index}`, unit: 'u0' }
        : { type: 'org.add-unit', unit: `u${index}`, name: `第 ${index} 室`, kind: 'department', parent: 'u0' },
      { cause: `${index}` },
    )
  }
  await signCheckpoint(checkpointing(), 'org')
})
afterEach(async () => {
  await superuser.end()
  await database.close()
  await rm(join(folder, 'checkpoints'), { recursive: true, force: true })
})

function checkpointing() {
  const { signer, key, installation } = keys
  return { db: database.db, folder: checkpointFolderOf(keys), signer, key, installation, now: () => AT }
}

function verify() {
  return verifyStore({ db: database.ownerDb, modules, folder: checkpointFolderOf(keys), ...only(keys) })
}

function only({ key, installation }: Keys) {
  return { key, installation }
}

/** What somebody with every right in the database would do: no trigger fires. */
async function tamper(statement: string): Promise<void> {
  await superuser.query('set session_replication_role = replica')
  await superuser.query(statement)
}

/** Another name in entry 8, and every hash from there on made to fit. */
const REWRITE_SEVENTH = `
  do $$ declare e record; last bytea := decode(repeat('00', 32), 'hex'); t text; begin
    for e in select * from entries order by seq loop
      t := replace(e.text, '第 7 室', '第 8 室');
      update entries set text = t, prev = last, hash = sha256(last || convert_to(t, 'UTF8')) where seq = e.seq;
      last := sha256(last || convert_to(t, 'UTF8'));
    end loop; end $$`

async function exported(): Promise<string[]> {
  const lines = await exportRegister(database.db, 'org')
  let text = ''
  for await (const part of lines ?? []) text += part
  return text.trimEnd().split('\n')
}

describe('verifying the store', () => {
  it('finds nothing in an untouched store, activity log included', async () => {
    const activity = openActivityLog(database.db)
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        activity.record({ at: AT, kind: 'read', person: 'p3', station: null, about: `items/${index}`, outcome: 'ok' }),
      ),
    )
    expect(await verify()).toMatchObject({
      registers: [{ register: 'org', entries: ENTRIES }],
      subjects: ENTRIES,
      faults: [],
    })
  })

  it.each([
    ['a changed byte', `update entries set text = replace(text, '第 7 室', '第 8 室') where seq = 8`, 8],
    [
      'a changed byte with a hash made to fit',
      `update entries set text = replace(text, '第 7 室', '第 8 室'), hash = sha256(prev || convert_to(replace(text, '第 7 室', '第 8 室'), 'UTF8')) where seq = 8`,
      9,
    ],
    [
      'a changed last entry with a hash made to fit',
      `update entries set text = replace(text, '第 29 室', '第 9 室'), hash = sha256(prev || convert_to(replace(text, '第 29 室', '第 9 室'), 'UTF8')) where seq = 30`,
      null,
    ],
    ['a changed derived column', `update entries set actor = 'p3' where seq = 12`, 12],
    ['a changed event time', `update entries set at = at - interval '1 day' where seq = 13`, 13],
    ['a deleted entry', `delete from entries where seq = 5`, 5],
    [
      'an inserted entry',
      `insert into entries select register, 31, type, 'unit/u99', 1, at, recorded_at, actor, 'x', replace(text, '"seq":30', '"seq":31'), hash, sha256(hash || convert_to(replace(text, '"seq":30', '"seq":31'), 'UTF8')) from entries where seq = 30`,
      31,
    ],
    [
      'two entries swapped',
      `update entries set text = case seq when 4 then (select text from entries where seq = 5) else (select text from entries where seq = 4) end where seq in (4, 5)`,
      4,
    ],
    [
      'two entries renumbered',
      `update entries set seq = seq + 1000 where seq in (10, 11); update entries set seq = 11 where seq = 1010; update entries set seq = 10 where seq = 1011`,
      10,
    ],
    ['the end cut off', `delete from entries where seq > 25`, 26],
    ['everything cut off', `delete from entries; delete from checkpoints; delete from registers`, 1],
    [
      'personal content exchanged',
      `update personal set content = '"李四"' where ref = (select name_ref from people where id = 'p9')`,
      10,
    ],
    [
      'personal content taken away',
      `delete from personal where ref = (select name_ref from people where id = 'p9')`,
      10,
    ],
    ['a row of a read table altered', `update people set unit = 'u1' where id = 'p12'`, 13],
    [
      'the state in a read table altered',
      `update units set state = jsonb_set(state, '{name}', '"别室"') where id = 'u4'`,
      5,
    ],
    ['a row of a read table taken away', `delete from units where id = 'u7'`, 8],
    ['a row of a read table added', `insert into appointments values ('p12', 'custodian', 'u0', now(), null)`, 13],
    [
      'a stranger in a read table',
      `insert into units select 'u77', 1, state, name, kind, parent from units where id = 'u4'`,
      null,
    ],
  ])('finds %s', async (_, statement, seq) => {
    await tamper(statement)
    const { faults } = await verify()
    expect(faults.length).toBeGreaterThan(0)
    expect(faults[0]?.seq).toBe(seq)
    expect(faults[0]?.what.zh).toMatch(/[一-鿿]/)
  })

  it('finds a changed record in the activity log', async () => {
    const activity = openActivityLog(database.db)
    for (const about of ['a', 'b', 'c']) {
      await activity.record({ at: AT, kind: 'read', person: 'p3', station: null, about, outcome: 'ok' })
    }
    await tamper(`update activity set text = replace(text, '"b"', '"x"') where seq = 2`)
    expect((await verify()).faults).toMatchObject([{ register: 'activity', seq: 2 }])
  })

  it('accepts the lawful erasure of personal content', async () => {
    await superuser.query(
      `update personal set salt = null, content = null, erased_at = now() where ref = (select name_ref from people where id = 'p9')`,
    )
    expect((await verify()).faults).toEqual([])
  })

  it('finds a whole chain rewritten with good hashes, by the checkpoint kept apart', async () => {
    await tamper('delete from checkpoints')
    await tamper(REWRITE_SEVENTH)
    const { faults } = await verify()
    expect(faults[0]?.what.en).toContain('the checkpoint kept apart')
  })
})

describe('signing a checkpoint', () => {
  it('gives the same note for the same size and grows with the register', async () => {
    const first = await signCheckpoint(checkpointing(), 'org')
    expect(await signCheckpoint(checkpointing(), 'org')).toBe(first)
    const { act } = openDoor({ db: database.db, modules, hash: 'sha256', now: () => AT })
    await act(
      { person: SYSTEM },
      { type: 'org.add-unit', unit: 'later', name: '后来', kind: 'department', parent: 'u0' },
      { cause: 'later' },
    )
    const second = await signCheckpoint(checkpointing(), 'org')
    expect(second?.split('\n')[1]).toBe(`${ENTRIES + 1}`)
    expect((await verify()).faults).toEqual([])
  })

  it('is refused when the register is shorter than what was signed, or another', async () => {
    await tamper('delete from entries where seq > 20; delete from checkpoints')
    await expect(signCheckpoint(checkpointing(), 'org')).rejects.toThrow(RegisterForked)
  })

  it('is refused when the tree kept in the database was exchanged', async () => {
    await tamper(`update checkpoints set frontier = array(select sha256(f) from unnest(frontier) f)`)
    await expect(signCheckpoint(checkpointing(), 'org')).rejects.toThrow(RegisterForked)
  })

  const forgeHistory = async (): Promise<void> => {
    await tamper(REWRITE_SEVENTH)
    const frontier = new Frontier('sha256')
    const { rows } = await superuser.query<{ text: string }>('select text from entries order by seq')
    for (const { text } of rows.slice(0, -1)) frontier.push(leafHash('sha256', text))
    await superuser.query('delete from checkpoints')
    await superuser.query('insert into checkpoints values ($1, $2, $3, $4, now())', [
      'org',
      frontier.size,
      frontier.roots,
      'no note at all',
    ])
  }
  const grow = async (units: readonly string[]): Promise<void> => {
    const { act } = openDoor({ db: database.db, modules, hash: 'sha256', now: () => AT })
    for (const unit of units)
      await act(
        { person: SYSTEM },
        { type: 'org.add-unit', unit, name: unit, kind: 'hall', parent: 'u0' },
        { cause: unit },
      )
  }

  it('is refused when the tree in the database stands beyond the note kept apart and tells another history', async () => {
    await grow(['later', 'latest'])
    await forgeHistory()
    await expect(signCheckpoint(checkpointing(), 'org')).rejects.toThrow(RegisterForked)
  })

  it('is refused when there is no note apart and the tree in the database has none of ours', async () => {
    await rm(join(folder, 'checkpoints'), { recursive: true })
    await forgeHistory()
    await expect(signCheckpoint(checkpointing(), 'org')).rejects.toThrow(RegisterForked)
  })

  it('takes up what was signed in the database and not yet kept apart', async () => {
    const kept = checkpointFolderOf(keys)
    const before = (await kept.read('org')) ?? ''
    await grow(['later'])
    const signed = await signCheckpoint(checkpointing(), 'org')
    await kept.write('org', before)
    expect(await signCheckpoint(checkpointing(), 'org')).toBe(signed)
    expect(await kept.read('org')).toBe(signed)
    expect((await verify()).faults).toEqual([])
  })
})

describe('verifying an export', () => {
  it('accepts the file, with key and checkpoint', async () => {
    const note = await signCheckpoint(checkpointing(), 'org')
    const report = await verifyExport(Readable.from(`${(await exported()).join('\n')}\n`), {
      key: keys.key,
      checkpoint: note,
    })
    expect(report).toMatchObject({ register: 'org', entries: ENTRIES, fault: null, root: note?.split('\n')[2] })
  })

  it.each([
    ['a changed byte', (lines: string[]) => lines.with(8, (lines[8] ?? '').replace('第 7 室', '第 8 室')), 8],
    ['a missing entry', (lines: string[]) => lines.toSpliced(5, 1), 5],
    ['an entry twice', (lines: string[]) => lines.toSpliced(5, 0, lines[5] ?? ''), 6],
    ['two entries swapped', (lines: string[]) => lines.with(5, lines[6] ?? '').with(6, lines[5] ?? ''), 5],
    ['the end cut off', (lines: string[]) => lines.slice(0, -3), 28],
    ['a line that is no entry', (lines: string[]) => lines.with(9, '{"entry":'), 9],
  ])('finds %s', async (_, change, seq) => {
    const report = await verifyExport(Readable.from(`${change(await exported()).join('\n')}\n`))
    expect(report.fault?.seq).toBe(seq)
  })

  it('finds an end cut off together with the promise in the header, by the checkpoint', async () => {
    const note = await signCheckpoint(checkpointing(), 'org')
    const lines = (await exported()).slice(0, -3)
    const text = lines.with(0, (lines[0] ?? '').replace(`"to":${ENTRIES}`, `"to":${ENTRIES - 3}`)).join('\n')
    expect((await verifyExport(Readable.from(text))).fault).toBeNull()
    expect((await verifyExport(Readable.from(text), { key: keys.key, checkpoint: note })).fault?.seq).toBe(ENTRIES - 2)
  })

  it('finds a first entry that continues something', async () => {
    const lines = await exported()
    const prev = 'ab'.repeat(32)
    const { entry } = JSON.parse(lines[1] ?? '') as { entry: string }
    const hash = entryHash('sha256', Buffer.from(prev, 'hex'), entry).toString('hex')
    const header = { register: 'org', hash: 'sha256', from: 1, to: 1, prev }
    const text = [JSON.stringify(header), JSON.stringify({ entry, prev, hash })].join('\n')
    expect((await verifyExport(Readable.from(text))).fault?.seq).toBe(1)
  })

  it('says that it cannot check a file that is no export, or a checkpoint by another key', async () => {
    await expect(verifyExport(Readable.from('hello\n'))).rejects.toThrow(NotCheckable)
    await expect(verifyExport(Readable.from(''))).rejects.toThrow(NotCheckable)
    const other = await loadKeys(await mkdtemp(join(folder, 'other-')), { hasRegisters: false })
    const note = await signCheckpoint(checkpointing(), 'org')
    const text = (await exported()).join('\n')
    await expect(verifyExport(Readable.from(text), { key: other.key, checkpoint: note })).rejects.toThrow(NotCheckable)
  })
})

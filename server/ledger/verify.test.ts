import { createPublicKey } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RegisterForked, signCheckpoint } from './checkpoint.ts'
import { Frontier, leafHash } from './merkle.ts'
import { entryHash } from './entry.ts'
import { exportRegister, NotCheckable, verifyExport } from './export.ts'
import { noteKey, signerFromSeed } from './note.ts'
import { ENTRIES, REWRITE_SEVENTH, signedStore, type SignedStore } from './testing.ts'

let store: SignedStore
beforeEach(async () => {
  store = await signedStore()
})
afterEach(() => store.close())

async function exported(): Promise<string[]> {
  const lines = await exportRegister(store.database.db, 'org')
  let text = ''
  for await (const part of lines ?? []) text += part
  return text.trimEnd().split('\n')
}

describe('verifying the store', () => {
  it('finds nothing in an untouched store, activity log included', async () => {
    const abouts = Array.from({ length: 40 }, (_, index) => `items/${index}`)
    await store.note(abouts.slice(20))
    await signCheckpoint(store.signing, 'activity')
    await store.note(abouts.slice(0, 20))
    expect(await store.verify()).toEqual({
      registers: [{ register: 'org', entries: ENTRIES }],
      activity: 40,
      subjects: ENTRIES,
      unchecked: 0,
      erasures: [],
      faults: [],
    })
  })

  it.each([
    ['a changed byte', `update entries set text = replace(text, '第 7 室', '第 8 室') where seq = 8`, 8],
    [
      'a changed byte with a hash made to fit',
      `update entries set text = replace(text, '第 7 室', '第 8 室'), hash = sha256(prev || convert_to(replace(text, '第 7 室', '第 8 室'), 'UTF8')) where seq = 8`,
      8,
    ],
    [
      'a changed last entry with a hash made to fit',
      `update entries set text = replace(text, '第 29 室', '第 9 室'), hash = sha256(prev || convert_to(replace(text, '第 29 室', '第 9 室'), 'UTF8')) where seq = 30`,
      30,
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
      `update personal set sealed = null, salt = sha256('x'), content = '"李四"' where ref = (select name_ref from people where id = 'p9')`,
      10,
    ],
    [
      'personal content altered where it is sealed',
      `update personal set sealed = set_byte(sealed, 60, get_byte(sealed, 60) # 1) where ref = (select name_ref from people where id = 'p9')`,
      10,
    ],
    [
      "personal content exchanged for somebody else's",
      `update personal set sealed = (select sealed from personal where ref = (select name_ref from people where id = 'p3')) where ref = (select name_ref from people where id = 'p9')`,
      10,
    ],
    [
      'personal content taken away',
      `delete from personal where ref = (select name_ref from people where id = 'p9')`,
      10,
    ],
    [
      'personal content and its salt blanked, marked as erased',
      `update personal set sealed = null, erased_at = now() where ref = (select name_ref from people where id = 'p9')`,
      10,
    ],
    ['a cause taken away', `delete from causes where key = '11'`, 12],
    [
      'a cause that says another entry came of it',
      `update causes set answer = jsonb_set(answer, '{facts,0,seq}', '3') where key = '11'`,
      12,
    ],
    [
      'a cause that says more came of it',
      `update causes set answer = jsonb_set(answer, '{facts}', answer -> 'facts' || (select c.answer -> 'facts' from causes c where c.key = '5')) where key = '11'`,
      null,
    ],
    ['a cause that says nothing readable', `update causes set answer = '{"facts":{"seq":"x"}}' where key = '11'`, 12],
    [
      'a cause made up, so that an act yet to come would be skipped',
      `insert into causes (actor, key, fingerprint, answer) select actor, 'next', fingerprint, replace(answer::text, '"seq": 12', '"seq": 31')::jsonb from causes where key = '11'`,
      null,
    ],
    ['a checkpoint taken from another size', `update checkpoints set size = 29`, null],
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
    await store.tamper(statement)
    const { faults } = await store.verify()
    expect(faults.length).toBeGreaterThan(0)
    expect(faults[0]?.seq).toBe(seq)
    expect(faults[0]?.what.zh).toMatch(/[一-鿿]/)
  })

  it('finds a primary key dropped and a row doubled', async () => {
    await store.tamper(
      `alter table appointments drop constraint appointments_pkey; alter table badges drop constraint badges_pkey`,
    )
    await store.tamper(
      `alter table units drop constraint units_pkey; insert into units select * from units where id = 'u4'`,
    )
    expect((await store.verify()).faults.map(({ what }) => what.en)).toEqual([
      'read table units: a row stands there twice',
    ])
  })

  it('finds a read table altered beside a broken register, and says how many subjects it left out', async () => {
    await store.tamper(
      `insert into entries select 'ghost', 1, type, 'unit/u99', 1, at, recorded_at, actor, 'x', text, prev, hash from entries where seq = 1`,
    )
    await store.tamper(`update units set name = '别处' where id = 'u4'`)
    const { faults, subjects, unchecked } = await store.verify()
    expect(faults.map(({ register, seq }) => [register, seq])).toEqual(
      expect.arrayContaining([
        ['ghost', 1],
        ['org', 5],
      ]),
    )
    expect([subjects, unchecked]).toEqual([ENTRIES, 1])
  })

  describe('of the activity log', () => {
    beforeEach(async () => {
      await store.note(['a', 'b', 'c', 'd'])
      await signCheckpoint(store.signing, 'activity')
    })
    const rehashed = (change: string): string => `
      do $$ declare r record; last bytea := decode(repeat('00', 32), 'hex'); t text; begin
        for r in select * from activity order by seq loop
          t := ${change};
          update activity set text = t, prev = last, hash = sha256(last || convert_to(t, 'UTF8')) where seq = r.seq;
          last := sha256(last || convert_to(t, 'UTF8'));
        end loop; end $$`

    it.each([
      ['a changed record', `update activity set text = replace(text, '"b"', '"x"') where seq = 2`, 2],
      ['a changed time beside the text', `update activity set at = at - interval '1 day' where seq = 3`, 3],
      ['a record taken out', `delete from activity where seq = 2`, 2],
      ['an end cut off', `delete from activity where seq > 2`, 3],
      [
        'everything cut off, the checkpoints too',
        `delete from activity; delete from checkpoints where register = 'activity'`,
        1,
      ],
      ['a rewritten log with good hashes', rehashed(`replace(r.text, '"b"', '"x"')`), null],
    ])('finds %s', async (_, statement, seq) => {
      await store.tamper(statement)
      expect((await store.verify()).faults).toMatchObject([{ register: 'activity', seq }])
    })
  })

  it('finds a whole chain rewritten with good hashes, by the checkpoint kept apart', async () => {
    await store.tamper('delete from checkpoints')
    await store.tamper(REWRITE_SEVENTH)
    const { faults } = await store.verify()
    expect(faults).toHaveLength(1)
    expect(faults[0]?.what.en).toContain('the checkpoint kept apart')
  })
})

describe('signing a checkpoint', () => {
  it('gives the same note for the same size and grows with the register', async () => {
    const first = await signCheckpoint(store.signing, 'org')
    expect(await signCheckpoint(store.signing, 'org')).toBe(first)
    await store.addUnit('later')
    const second = await signCheckpoint(store.signing, 'org')
    expect(second?.split('\n')[1]).toBe(`${ENTRIES + 1}`)
    expect((await store.verify()).faults).toEqual([])
  })

  it('is refused when the register is shorter than what was signed, or another', async () => {
    await store.tamper('delete from entries where seq > 20; delete from checkpoints')
    await expect(signCheckpoint(store.signing, 'org')).rejects.toThrow(RegisterForked)
  })

  it('is refused when the tree kept in the database was exchanged', async () => {
    await store.tamper(`update checkpoints set frontier = array(select sha256(f) from unnest(frontier) f)`)
    await expect(signCheckpoint(store.signing, 'org')).rejects.toThrow(RegisterForked)
  })

  const forgeHistory = async (): Promise<void> => {
    await store.tamper(REWRITE_SEVENTH)
    const frontier = new Frontier('sha256')
    const { rows } = await store.tamper('select text from entries order by seq')
    for (const { text } of rows.slice(0, -1) as { text: string }[]) frontier.push(leafHash('sha256', text))
    await store.tamper('delete from checkpoints')
    await store.tamper('insert into checkpoints values ($1, $2, $3, $4, now())', [
      'org',
      frontier.size,
      frontier.roots,
      'no note at all',
    ])
  }
  it('is refused when the tree in the database stands beyond the note kept apart and tells another history', async () => {
    await store.addUnit('later')
    await store.addUnit('latest')
    await forgeHistory()
    await expect(signCheckpoint(store.signing, 'org')).rejects.toThrow(RegisterForked)
  })

  it('is refused when there is no note apart and the tree in the database has none of ours', async () => {
    await rm(join(store.keys.folder, '..', 'checkpoints'), { recursive: true })
    await forgeHistory()
    await expect(signCheckpoint(store.signing, 'org')).rejects.toThrow(RegisterForked)
  })

  it('takes up what was signed in the database and not yet kept apart', async () => {
    const kept = store.folder
    const before = (await kept.read('org')) ?? ''
    await store.addUnit('later')
    const signed = await signCheckpoint(store.signing, 'org')
    await kept.write('org', before)
    expect(await signCheckpoint(store.signing, 'org')).toBe(signed)
    expect(await kept.read('org')).toBe(signed)
    expect((await store.verify()).faults).toEqual([])
  })
})

describe('verifying an export', () => {
  it('accepts the file, with key and checkpoint', async () => {
    const note = await signCheckpoint(store.signing, 'org')
    const report = await verifyExport(Readable.from(`${(await exported()).join('\n')}\n`), {
      key: store.keys.key,
      checkpoint: note,
    })
    const checkpoint = { size: ENTRIES, signedBy: store.keys.key.name }
    expect(report).toEqual({ register: 'org', entries: ENTRIES, fault: null, root: note?.split('\n')[2], checkpoint })
  })

  it('accepts an entry with characters that end a line elsewhere, whatever pieces the file comes in', async () => {
    await store.addUnit('later', 'later \u2028 \u2029 \u0085')
    const bytes = Buffer.from(`${(await exported()).join('\n')}\n`)
    const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, nth) => bytes.subarray(7 * nth, 7 * nth + 7))
    expect(await verifyExport(Readable.from(pieces))).toMatchObject({ entries: ENTRIES + 1, fault: null })
  })

  it.each([
    ['a changed byte', (lines: string[]) => lines.with(8, (lines[8] ?? '').replace('第 7 室', '第 8 室')), 8],
    ['a missing entry', (lines: string[]) => lines.toSpliced(5, 1), 5],
    ['an entry twice', (lines: string[]) => lines.toSpliced(5, 0, lines[5] ?? ''), 6],
    [
      'a word added beside an entry, which no hash covers',
      (lines: string[]) => lines.with(5, (lines[5] ?? '').replace(/\}$/, ',"note":"seen"}')),
      5,
    ],
    [
      'an entry that is said twice in one line, the false one first',
      (lines: string[]) => lines.with(5, (lines[5] ?? '').replace(/^\{/, '{"entry":"false",')),
      5,
    ],
    ['two entries swapped', (lines: string[]) => lines.with(5, lines[6] ?? '').with(6, lines[5] ?? ''), 5],
    ['the end cut off', (lines: string[]) => lines.slice(0, -3), 28],
    ['a line that is no entry', (lines: string[]) => lines.with(9, '{"entry":'), 9],
  ])('finds %s', async (_, change, seq) => {
    const report = await verifyExport(Readable.from(`${change(await exported()).join('\n')}\n`))
    expect(report.fault?.seq).toBe(seq)
  })

  it('finds an end cut off together with the promise in the header, by the checkpoint', async () => {
    const note = await signCheckpoint(store.signing, 'org')
    const lines = (await exported()).slice(0, -3)
    const text = lines.with(0, (lines[0] ?? '').replace(`"to":${ENTRIES}`, `"to":${ENTRIES - 3}`)).join('\n')
    expect((await verifyExport(Readable.from(text))).fault).toBeNull()
    expect((await verifyExport(Readable.from(text), { key: store.keys.key, checkpoint: note })).fault?.seq).toBe(
      ENTRIES - 2,
    )
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

  it('takes no header with anything added', async () => {
    const lines = await exported()
    const text = lines.with(0, (lines[0] ?? '').replace(/\}$/, ',"note":"checked"}')).join('\n')
    await expect(verifyExport(Readable.from(text))).rejects.toThrow(NotCheckable)
  })

  it('says that it cannot check a file that is no export, or a checkpoint by another key', async () => {
    await expect(verifyExport(Readable.from('hello\n'))).rejects.toThrow(NotCheckable)
    await expect(verifyExport(Readable.from(''))).rejects.toThrow(NotCheckable)
    const other = noteKey('elsewhere', createPublicKey(signerFromSeed('elsewhere', Buffer.alloc(32, 7)).privateKey))
    const note = await signCheckpoint(store.signing, 'org')
    const text = (await exported()).join('\n')
    await expect(verifyExport(Readable.from(text), { key: other, checkpoint: note })).rejects.toThrow(NotCheckable)
  })
})

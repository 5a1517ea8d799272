import { afterEach, beforeEach, expect, it } from 'vitest'
import { quietLog } from '../database/testing.ts'
import { RegisterForked } from './checkpoint.ts'
import { keepCheckpoints, signAll } from './keep-checkpoints.ts'
import { openNote, parseCheckpoint } from './note.ts'
import { ENTRIES, signedStore, type SignedStore } from './testing.ts'

let store: SignedStore
beforeEach(async () => {
  store = await signedStore()
  await store.note(['a', 'b', 'c'])
})
afterEach(() => store.close())

async function signedSize(name: string): Promise<number | null> {
  const note = await store.folder.read(name)
  return note === null ? null : parseCheckpoint(openNote(note, store.keys.key)).size
}

it('signs every register and the activity log, and again when they have grown', async () => {
  expect(await signAll(store.signing)).toEqual([])
  expect([await signedSize('org'), await signedSize('activity')]).toEqual([ENTRIES, 3])
  await store.addUnit('later')
  await store.note(['d'])
  expect(await signAll(store.signing)).toEqual([])
  expect([await signedSize('org'), await signedSize('activity')]).toEqual([ENTRIES + 1, 4])
})

it.each([
  ['is shorter than what was signed', 'delete from entries where seq > 20'],
  ['lacks an entry that nobody signed yet', `update entries set seq = 32 where seq = 31`],
  ['has a tree that is none', `update checkpoints set frontier = frontier[1:2]`],
])('signs the others when a register %s', async (_, statement) => {
  await store.addUnit('later')
  await store.tamper(statement)
  const forked = await signAll(store.signing)
  expect(forked.map(({ register }) => register)).toEqual(['org'])
  expect(forked[0]?.words.zh).toMatch(/[一-鿿]/)
  expect(await signedSize('activity')).toBe(3)
})

it('signs the others when the checkpoint kept apart does not hold', async () => {
  const note = (await store.folder.read('org')) ?? ''
  await store.folder.write('org', note.replace(`\n${ENTRIES}\n`, `\n${ENTRIES - 1}\n`))
  const forked = await signAll(store.signing)
  expect(forked.map(({ message }) => message)).toEqual([expect.stringContaining('另存的检查点无效')])
  expect(await signedSize('activity')).toBe(3)
})

it('signs the registers when the activity log was cut off', async () => {
  await signAll(store.signing)
  await store.tamper('delete from activity where seq > 1')
  await store.addUnit('later')
  expect((await signAll(store.signing)).map(({ register }) => register)).toEqual(['activity'])
  expect(await signedSize('org')).toBe(ENTRIES + 1)
})

it('names a register that is gone', async () => {
  await store.tamper('delete from entries; delete from registers')
  expect((await signAll(store.signing)).map(({ register }) => register)).toEqual(['org'])
})

it('does not start on a register that is older than its checkpoint, and signs the others first', async () => {
  await store.tamper('delete from entries where seq > 20')
  await expect(keepCheckpoints({ ...store.signing, log: quietLog })).rejects.toThrow(RegisterForked)
  expect(await signedSize('activity')).toBe(3)
})

it('goes on when a register is broken while it runs, and says which', async () => {
  const kept = await keepCheckpoints({ ...store.signing, log: quietLog })
  expect(kept.forked()).toEqual([])
  await store.tamper('delete from entries where seq > 20')
  await store.note(['d'])
  await kept.close()
  expect(kept.forked().map(({ register }) => register)).toEqual(['org'])
  expect(await signedSize('activity')).toBe(4)
})

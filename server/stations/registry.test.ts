import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ConfigRefused } from '../config.ts'
import { testServer, type TestServer } from '../testing.ts'
import { readStations, readStationsFile, seedStations } from './registry.ts'

let folder: string
let server: TestServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearhold-stations-'))
  server = await testServer()
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

const scanner = { id: 'scanner-1', kind: 'scanner', protocol: 'line', port: 'serial:/dev/ttyUSB0?baud=9600' }
const bench = { id: 'bench-1', name: '一号入库台', kind: 'bench', place: 'store-1', devices: [scanner] }

async function read(content: unknown) {
  const path = join(folder, 'stations.json')
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return readStationsFile(path)
}

/** The words with which it stops the start. */
async function stopped(reading: Promise<unknown>): Promise<string> {
  const error: unknown = await reading.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ConfigRefused)) throw new Error('the start was not stopped')
  expect(error.setting).toBe('STATIONS_FILE')
  return error.message
}

it('reads the file of the contract', async () => {
  expect(await read({ stations: [bench] })).toEqual([bench])
})

it.each<[string, unknown, RegExp]>([
  ['a field nobody knows', { stations: [{ ...bench, colour: 'red' }] }, /stations\/0.*colour/],
  ['a kind nobody knows', { stations: [{ ...bench, kind: 'sofa' }] }, /stations\/0\/kind/],
  [
    'a device kind nobody knows',
    { stations: [{ ...bench, devices: [{ ...scanner, kind: 'oven' }] }] },
    /devices\/0\/kind/,
  ],
  ['a missing port', { stations: [{ ...bench, devices: [{ ...scanner, port: undefined }] }] }, /devices\/0.*port/],
  ['text that is no JSON', '{ stations', /stations\.json/],
])('stops the start on %s and names it', async (_what, content, words) => {
  expect(await stopped(read(content))).toMatch(words)
})

it('a file that is not there stops the start', async () => {
  expect(await stopped(readStationsFile(join(folder, 'nowhere.json')))).toMatch(/nowhere/)
})

it('sets up new stations once, keeps what was changed on screen, and refuses what the registry refuses', async () => {
  const { db } = server.database
  const { act } = server.deps
  const wanted = await read({ stations: [bench] })
  await seedStations(db, act, wanted)
  const renamed = { ...bench, name: '改名台' }
  const { id: _, ...settings } = renamed
  const put = { type: 'stations.configure', station: 'bench-1', ...settings }
  await act({ person: 'xu-system' }, put, { cause: 'renamed' })
  await seedStations(db, act, wanted)
  expect((await readStations(db)).map(({ name }) => name)).toEqual(['改名台'])
  const again = await act({ person: 'xu-system' }, put, { cause: 'renamed again' })
  expect(again.facts).toEqual([])
  const elsewhere = await read({ stations: [{ ...bench, id: 'bench-2', place: 'store-7' }] })
  expect(await stopped(seedStations(db, act, elsewhere))).toMatch(/store-7/)
  const morse = await read({
    stations: [{ ...bench, id: 'bench-2', devices: [{ ...scanner, protocol: 'morse', port: 'tcp://127.0.0.1:9' }] }],
  })
  expect(await stopped(seedStations(db, act, morse))).toMatch(/morse.*line, ssi/)
})

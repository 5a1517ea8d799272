import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HeldHere } from '../../devices/agent/held-files.ts'
import type { OfflineDeed } from '../../devices/agent/held-list.ts'
import { rawPublicKey } from '../../devices/agent/identity.ts'
import { hashOf } from '../../devices/journal-record.ts'
import { type Journal, openJournal } from '../../devices/journal.ts'
import type { Reading } from '../../devices/reading.ts'
import { newId } from '../id.ts'

/** The list that a PC holds of a station. */
export async function heldOn(dataDir: string, station: string): Promise<HeldHere['held']> {
  const text = await readFile(join(await folderOf(dataDir), 'held', `${station}.json`), 'utf8')
  return (JSON.parse(text) as HeldHere).held
}

/** The journal of a PC whose program does not run, to write in what it would have recorded. */
export async function journalOn(dataDir: string): Promise<Journal> {
  return openJournal({
    ...{ folder: await folderOf(dataDir), key: await keyOf(dataDir) },
    ...{ now: Date.now, monotonic: () => performance.now(), run: '0'.repeat(16) },
  })
}

async function folderOf(dataDir: string): Promise<string> {
  const publicKey = rawPublicKey(await keyOf(dataDir))
  return join(dataDir, 'agent', `key-${hashOf(publicKey).slice(0, 16)}`)
}

/** The key that the PC has now; each key has a journal of its own. */
async function keyOf(dataDir: string): Promise<KeyObject> {
  const { privateKey } = JSON.parse(await readFile(join(dataDir, 'agent', 'identity.json'), 'utf8')) as {
    privateKey: string
  }
  return createPrivateKey(privateKey)
}

/** A line done under this pass, without a weight. */
export function deedOf(pass: string, list: string, item: string, location: string): OfflineDeed {
  return { pass, list, item, location, weighed: null, sealNumber: null }
}

export function scanReading(text: string): Reading {
  return {
    ...{ id: newId(), station: 'bench-1', device: 'scanner-1', deviceKind: 'scanner' },
    at: new Date().toISOString(),
    raw: Buffer.from(`${text}\r`),
    value: { kind: 'scan', text, symbology: null },
  }
}

import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto'
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createDurably, syncFolder } from '../database/files.ts'
import { newTallyKeyPair, sealing, type TallyKeyPair } from '../../devices/ballot/seal.ts'

/** The private half of a period, as it lies in the tally's folder and nowhere else. */
export interface PeriodKey extends TallyKeyPair {
  /** The month, `2026-11`. */
  readonly id: string
  /** Signs what the tally states. */
  readonly signing: KeyObject
  readonly signingPublic: Buffer
}

const FILE = /^tally-(\d{4}-\d{2})\.key$/
const OWNER_ONLY = 0o077
/** DER before the 32 bytes of an Ed25519 seed (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const PUBLIC_BYTES = 32

/** The folder with the keys of the tally may be read by others, or a file in it is no key of ours. */
export class TallyKeyRefused extends Error {
  override readonly name = 'TallyKeyRefused'
}

/** The keys of all periods that are not destroyed, the oldest first. @throws TallyKeyRefused */
export async function readPeriodKeys(folder: string): Promise<PeriodKey[]> {
  await sealing
  return Promise.all((await periodsIn(folder)).map((id) => readKey(fileOf(folder, id), id)))
}

/** The periods of which there is a file, the oldest first; what a cut left of a destroyed one is among them. */
export async function periodsIn(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return (await readdir(folder)).flatMap((name) => FILE.exec(name)?.[1] ?? []).sort()
}

async function readKey(file: string, id: string): Promise<PeriodKey> {
  const { mode } = await stat(file)
  if (process.platform !== 'win32' && (mode & OWNER_ONLY) !== 0)
    throw new TallyKeyRefused(`${file} 可被他人读取，请改为 0600 / may be read by others, make it 0600`)
  const { publicKey, privateKey, seed } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
  if (typeof publicKey !== 'string' || typeof privateKey !== 'string' || typeof seed !== 'string')
    throw new TallyKeyRefused(`${file} 不是计票密钥 / is no key of the tally`)
  return {
    id,
    publicKey: Buffer.from(publicKey, 'base64'),
    privateKey: Buffer.from(privateKey, 'base64'),
    ...signingOf(Buffer.from(seed, 'base64')),
  }
}

function signingOf(seed: Buffer): Pick<PeriodKey, 'signing' | 'signingPublic'> {
  const signing = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
  const der = createPublicKey(signing).export({ format: 'der', type: 'spki' })
  return { signing, signingPublic: der.subarray(-PUBLIC_BYTES) }
}

/** A new key for a period, durable before it resolves. Throws where the period has one. */
export async function makePeriodKey(folder: string, id: string): Promise<PeriodKey> {
  await sealing
  const pair = newTallyKeyPair()
  const seed = randomBytes(PUBLIC_BYTES)
  const text = {
    publicKey: Buffer.from(pair.publicKey).toString('base64'),
    privateKey: Buffer.from(pair.privateKey).toString('base64'),
    seed: seed.toString('base64'),
  }
  await createDurably(fileOf(folder, id), `${JSON.stringify(text)}\n`)
  return { id, ...pair, ...signingOf(seed) }
}

/** Overwrites and removes the private half; what is still sealed to it is opened by nobody any more. */
export async function destroyPeriodKey(folder: string, id: string): Promise<void> {
  const file = fileOf(folder, id)
  const { size } = await stat(file)
  const handle = await open(file, 'r+')
  try {
    await handle.write(randomBytes(size), 0, size, 0)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rm(file)
  await syncFolder(folder)
}

/** Ed25519 over the text. */
export function signedBy({ signing }: PeriodKey, text: string): Buffer {
  return sign(null, Buffer.from(text, 'utf8'), signing)
}

function fileOf(folder: string, id: string): string {
  return join(folder, `tally-${id}.key`)
}

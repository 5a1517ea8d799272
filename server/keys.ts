import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createPublicKey } from 'node:crypto'
import { type ContentKey, contentKeyOf } from './ledger/content-key.ts'
import { type NoteKey, noteKey, type Signer, signerFromSeed, verifierKey } from './ledger/note.ts'

/** What this installation must never lose and never share. */
export interface Keys {
  /** Names this installation in every checkpoint. */
  readonly installation: string
  readonly signer: Signer
  readonly key: NoteKey
  /** For verifiers: the public key in C2SP form. */
  readonly publicKey: string
  /** Keys password and PIN hashes. */
  readonly pepper: Buffer
  /** Seals personal content and what else the database may not hold in clear; follows from the pepper. */
  readonly content: ContentKey
  readonly folder: string
  readonly created: boolean
}

const SEED_BYTES = 32
const PEPPER_BYTES = 32

export class KeysMissing extends Error {
  constructor(folder: string) {
    super(
      `密钥不在 ${folder}，而数据库里已有台账：请把密钥备份放回原处再启动。/ ` +
        `The keys are not in ${folder}, but the database holds registers: put the keys' backup back, then start again.`,
    )
    this.name = 'KeysMissing'
  }
}

/**
 * Reads the keys, or makes them on the very first start.
 * @throws KeysMissing when there are registers but no keys: new keys would make every checkpoint and every PIN worthless in silence.
 */
export async function loadKeys(dataDir: string, { hasRegisters }: { hasRegisters: boolean }): Promise<Keys> {
  const folder = join(dataDir, 'keys')
  const files = {
    name: join(folder, 'installation'),
    seed: join(folder, 'register-signing.key'),
    pepper: join(folder, 'pepper.key'),
  }
  const found = await Promise.all(Object.values(files).map(readIfThere))
  let [name, seed, pepper] = found
  const created = name === undefined && seed === undefined && pepper === undefined
  if (created) {
    if (hasRegisters) throw new KeysMissing(folder)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await chmod(folder, 0o700)
    name = `clearhold-${randomBytes(4).toString('hex')}`
    seed = randomBytes(SEED_BYTES).toString('hex')
    pepper = randomBytes(PEPPER_BYTES).toString('hex')
    await writeDurably(files.name, name)
    await writeDurably(files.seed, seed)
    await writeDurably(files.pepper, pepper)
  }
  if (name === undefined || seed === undefined || pepper === undefined) throw new KeysMissing(folder)
  const signer = signerFromSeed(name, Buffer.from(seed, 'hex'))
  return {
    installation: name,
    signer,
    key: noteKey(name, createPublicKey(signer.privateKey)),
    publicKey: verifierKey(signer),
    pepper: Buffer.from(pepper, 'hex'),
    content: contentKeyOf(Buffer.from(pepper, 'hex')),
    folder,
    created,
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(`${text}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

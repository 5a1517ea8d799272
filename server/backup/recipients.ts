import { randomBytes } from 'node:crypto'
import { type FileHandle, open, readFile } from 'node:fs/promises'
import sodium from 'libsodium-wrappers'
import { BackupRefused } from './refused.ts'

/**
 * A backup that whoever writes it cannot open: its passphrase is made for this one file, sealed to the public keys of those who are to open
 * it (libsodium sealed box: X25519, XSalsa20-Poly1305), and put in front. Their private keys are made, and stay, elsewhere.
 */

const ENVELOPE_LINE = /^clearhold-sealed-backup 1 ([1-8])\n/
/** The line in front of the boxes. */
const LINE_BYTES = Buffer.byteLength('clearhold-sealed-backup 1 8\n')
const RECIPIENTS_MAX = 8
const PASSPHRASE_BYTES = 32
const KEY_BYTES = 32
const SEAL_BYTES = 48
const BOX_BYTES = PASSPHRASE_BYTES + SEAL_BYTES
const PRIVATE = /^clearhold-backup-private-key 1 ([0-9A-Za-z+/]{43}=)\s*$/
const PUBLIC = /^clearhold-backup-public-key 1 ([0-9A-Za-z+/]{43}=)\s*$/
const PUBLIC_FILE_BYTES_MAX = 4_096

/** What stands in front of a sealed backup. */
export interface Envelope {
  readonly bytes: Buffer
  readonly passphrase: Buffer
}

/** A passphrase for one file, sealed to each of these public keys. */
export async function newEnvelope(publicKeys: readonly Uint8Array[]): Promise<Envelope> {
  await sodium.ready
  const passphrase = randomBytes(PASSPHRASE_BYTES)
  const boxes = publicKeys.map((key) => sodium.crypto_box_seal(passphrase, key))
  const line = Buffer.from(`clearhold-sealed-backup 1 ${publicKeys.length}\n`, 'ascii')
  return { bytes: Buffer.concat([line, ...boxes]), passphrase }
}

/**
 * The passphrase of a backup, from what whoever opens it has: the private key of one to whom it was sealed, or the passphrase itself.
 * @returns `length` of what stands in front of the encrypted bytes; 0 where nothing does
 */
export async function openEnvelope(
  handle: FileHandle,
  given: Buffer | null,
): Promise<{ readonly length: number; readonly passphrase: Buffer | null }> {
  const read = async (position: number, length: number): Promise<Buffer> => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
    return buffer.subarray(0, bytesRead)
  }
  const count = Number(ENVELOPE_LINE.exec((await read(0, LINE_BYTES)).toString('latin1'))?.[1] ?? 0)
  if (count === 0) return { length: 0, passphrase: given }
  const boxes = await read(LINE_BYTES, count * BOX_BYTES)
  const length = LINE_BYTES + count * BOX_BYTES
  const privateKey = given === null ? null : keyIn(PRIVATE, given.toString('utf8'))
  if (privateKey === null) return { length, passphrase: given }
  await sodium.ready
  const publicKey = sodium.crypto_scalarmult_base(privateKey)
  for (let at = 0; at + BOX_BYTES <= boxes.length; at += BOX_BYTES) {
    try {
      const opened = sodium.crypto_box_seal_open(boxes.subarray(at, at + BOX_BYTES), publicKey, privateKey)
      return { length, passphrase: Buffer.from(opened) }
    } catch {
      // Sealed to somebody else; the next one may be ours.
    }
  }
  return { length, passphrase: given }
}

function keyIn(shape: RegExp, text: string): Buffer | null {
  const found = shape.exec(text)?.[1]
  return found === undefined ? null : Buffer.from(found, 'base64')
}

/**
 * Makes a pair of keys: `FILE`, for who is to open backups and nobody else, and `FILE.pub`, for the machine that writes them.
 * @throws BackupRefused `file-exists` where there is one of them already
 */
export async function writeRecipient(file: string): Promise<{ readonly publicFile: string }> {
  await sodium.ready
  const { publicKey, privateKey } = sodium.crypto_box_keypair()
  const publicFile = `${file}.pub`
  const said = (which: string, key: Uint8Array): string =>
    `clearhold-backup-${which}-key 1 ${Buffer.from(key).toString('base64')}\n`
  await writeNew(file, said('private', privateKey), 0o600)
  await writeNew(publicFile, said('public', publicKey), 0o644)
  return { publicFile }
}

async function writeNew(file: string, text: string, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST'
      ? new BackupRefused('file-exists', { zh: `${file} 已存在，未覆盖。`, en: `${file} is there already.` })
      : error
  })
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * The public keys in these files.
 * @throws BackupRefused `recipient-unfit`
 */
export async function readRecipients(files: readonly string[]): Promise<Buffer[]> {
  if (files.length > RECIPIENTS_MAX)
    throw new BackupRefused('recipient-unfit', {
      zh: `--seal 最多 ${RECIPIENTS_MAX} 个。`,
      en: `No more than ${RECIPIENTS_MAX} --seal.`,
    })
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => error.message)
      const key = text.length > PUBLIC_FILE_BYTES_MAX ? null : keyIn(PUBLIC, text)
      if (key === null || key.length !== KEY_BYTES)
        throw new BackupRefused('recipient-unfit', {
          zh: `${file} 不是备份公钥。可用 npm run backup -- --new-key FILE 生成一对，公钥为 FILE.pub。`,
          en: `${file} is no public key for backups. npm run backup -- --new-key FILE makes a pair; FILE.pub is the one.`,
        })
      return key
    }),
  )
}

import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { Words } from '../refusal.ts'

/** C2SP signed-note with Ed25519 keys, and the body of a C2SP tlog-checkpoint. */

const ED25519 = 0x01
const KEY_ID_BYTES = 4
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const SIGNATURE_LINE = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u

/** Why a note, a checkpoint or a verifier key cannot be used, in both languages. */
export class NoteRefused extends Error {
  readonly words: Words

  constructor(zh: string, en: string) {
    super(`${zh} / ${en}`)
    this.words = { zh, en }
  }
}

/** What an error says of a note, by language; what is no word of ours is said in both as it is. */
export function reasonOf(error: unknown): Words {
  if (error instanceof NoteRefused) return error.words
  const said = error instanceof Error ? error.message : String(error)
  return { zh: said, en: said }
}

export interface Signer {
  readonly name: string
  readonly privateKey: KeyObject
}

export interface NoteKey {
  readonly name: string
  readonly id: Buffer
  readonly publicKey: KeyObject
}

export interface Checkpoint {
  /** `<installation>/<register>`. */
  readonly origin: string
  readonly size: number
  readonly root: Buffer
}

/** Signs a text that ends with a newline. */
export function signNote(text: string, signer: Signer): string {
  if (!text.endsWith('\n')) throw new RangeError('a note ends with a newline')
  const key = noteKey(signer.name, createPublicKey(signer.privateKey))
  const signature = Buffer.concat([key.id, sign(null, Buffer.from(text, 'utf8'), signer.privateKey)])
  return `${text}\n\u2014 ${signer.name} ${signature.toString('base64')}\n`
}

/**
 * The text of a note when one of its signatures is by `key`; signatures by others are ignored, as the format asks.
 * @throws NoteRefused when the note is malformed or not signed by `key`.
 */
export function openNote(note: string, key: NoteKey): string {
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n')) throw new NoteRefused('这不是一份签署的检查点', 'this is no signed note')
  const text = note.slice(0, split + 1)
  const lines = note.slice(split + 2, -1).split('\n')
  for (const line of lines) {
    const match = SIGNATURE_LINE.exec(line)
    if (match === null) throw new NoteRefused('签名行不合格式', 'a signature line is malformed')
    const bytes = Buffer.from(match[2] ?? '', 'base64')
    if (match[1] !== key.name || !bytes.subarray(0, KEY_ID_BYTES).equals(key.id)) continue
    if (verify(null, Buffer.from(text, 'utf8'), key.publicKey, bytes.subarray(KEY_ID_BYTES))) return text
    throw new NoteRefused(
      `${key.name} 的签名不成立：内容被改动，或者不是它签署的`,
      `the signature by ${key.name} does not hold: the text was altered, or is not what it signed`,
    )
  }
  throw new NoteRefused(
    `没有 ${key.name} 的签名：公钥不是签署者的，或者检查点是别人的`,
    `there is no signature by ${key.name}: the key is not the signer's, or the checkpoint is another's`,
  )
}

/** `<name>+<key id>+<base64 of algorithm and key>`, the form in which a public key is given to a verifier. */
export function verifierKey(signer: Signer): string {
  const key = noteKey(signer.name, createPublicKey(signer.privateKey))
  return `${key.name}+${key.id.toString('hex')}+${keyBytes(key.publicKey).toString('base64')}`
}

/** @throws NoteRefused when the text is no Ed25519 verifier key or its key id is not its own. */
export function parseVerifierKey(text: string): NoteKey {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text.trim())
  const bytes = Buffer.from(match?.[3] ?? '', 'base64')
  if (match === null || bytes.length !== 33 || bytes[0] !== ED25519)
    throw new NoteRefused('这不是 Ed25519 校验公钥', 'this is no Ed25519 verifier key')
  const publicKey = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, bytes.subarray(1)]),
    format: 'der',
    type: 'spki',
  })
  const key = noteKey(match[1] ?? '', publicKey)
  if (key.id.toString('hex') !== match[2])
    throw new NoteRefused('公钥与其编号不符', 'the key id does not belong to the key')
  return key
}

/** The 32 secret bytes of an Ed25519 key as a signer. */
export function signerFromSeed(name: string, seed: Uint8Array): Signer {
  return {
    name,
    privateKey: createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' }),
  }
}

/** The key with its id as C2SP `signed-note` has it: the first four bytes of SHA-256 over name, newline, algorithm and key. */
export function noteKey(name: string, publicKey: KeyObject): NoteKey {
  const id = createHash('sha256')
    .update(`${name}\n`, 'utf8')
    .update(keyBytes(publicKey))
    .digest()
    .subarray(0, KEY_ID_BYTES)
  return { name, id, publicKey }
}

function keyBytes(publicKey: KeyObject): Buffer {
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  return Buffer.concat([Buffer.from([ED25519]), spki.subarray(SPKI_PREFIX.length)])
}

/** The three lines of a C2SP `tlog-checkpoint` body, which are what is signed: origin, size in decimals, root in base64. */
export function checkpointText(checkpoint: Checkpoint): string {
  return `${checkpoint.origin}\n${checkpoint.size}\n${checkpoint.root.toString('base64')}\n`
}

/** @throws NoteRefused when the text is no checkpoint body. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, size, root, ...rest] = text.split('\n')
  if (
    !origin ||
    !/^[1-9]\d{0,15}$/.test(size ?? '') ||
    Buffer.from(root ?? '', 'base64').length !== 32 ||
    rest.join('') !== ''
  ) {
    throw new NoteRefused('这不是检查点', 'this is no checkpoint')
  }
  return { origin, size: Number(size), root: Buffer.from(root ?? '', 'base64') }
}

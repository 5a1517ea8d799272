import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'

/**
 * What may not be read out of a database, a dump or a backup is sealed with AES-256-GCM under a key that stands outside it, and bound to the
 * row it belongs to. The key follows from the installation's pepper by HKDF (RFC 5869), so whoever kept the keys of an installation apart
 * has kept this one too. Sealed bytes: format 1, eight bytes that name the key, nonce, ciphertext, tag.
 */
export interface ContentKey {
  /** Names the key and says nothing of it: the first eight bytes of its SHA-256. */
  readonly id: Buffer
  readonly secret: Buffer
}

const FORMAT = 1
const ID_BYTES = 8
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = 1 + ID_BYTES + NONCE_BYTES

/** The keys that this process was given, by name: sealed bytes say which of them opens them. */
const given = new Map<string, ContentKey>()

/** The key of an installation, from now on known to this process for opening. */
export function contentKeyOf(pepper: Uint8Array): ContentKey {
  const secret = Buffer.from(hkdfSync('sha256', pepper, new Uint8Array(0), 'clearhold sealed content 1', KEY_BYTES))
  const id = createHash('sha256').update(secret).digest().subarray(0, ID_BYTES)
  const key = { id, secret }
  given.set(id.toString('hex'), key)
  return key
}

/** Every key that this process was given. */
export function givenKeys(): readonly ContentKey[] {
  return [...given.values()]
}

/** The key that sealed it was never given to this process: another installation's keys stand in the folder, or none were read. */
export class ContentKeyMissing extends Error {
  constructor() {
    super(
      '库里的个人信息是用另一套密钥加密的：请把本系统自己的密钥备份放回原处再启动。/ ' +
        "The personal content in the database was sealed with other keys: put this installation's own keys back, then start again.",
    )
    this.name = 'ContentKeyMissing'
  }
}

/** The bytes were altered, or belong to another row. */
export class SealBroken extends Error {
  constructor(of: string) {
    super(`what is sealed as ${of} is not what was sealed there`)
    this.name = 'SealBroken'
  }
}

/** @param of what it belongs to, such as `personal/REF`: opens nowhere else */
export function sealContent({ id, secret }: ContentKey, of: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(Buffer.from(of, 'utf8'))
  return Buffer.concat([Buffer.of(FORMAT), id, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/**
 * @param of as it was sealed
 * @throws ContentKeyMissing; SealBroken
 */
export function openSealed(of: string, sealed: Buffer): Buffer {
  if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed[0] !== FORMAT) throw new SealBroken(of)
  const key = given.get(keyNamedIn(sealed))
  if (key === undefined) throw new ContentKeyMissing()
  const nonce = sealed.subarray(1 + ID_BYTES, HEAD_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key.secret, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(of, 'utf8')).setAuthTag(sealed.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES, -TAG_BYTES)), decipher.final()])
  } catch {
    throw new SealBroken(of)
  }
}

function keyNamedIn(sealed: Buffer): string {
  return sealed.subarray(1, 1 + ID_BYTES).toString('hex')
}

import { createCipheriv, createDecipheriv, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { BackupDamaged, BackupRefused } from './refused.ts'

/**
 * An encrypted backup is a head and pieces. The head: a line that names the format, a random salt, and an HMAC-SHA-256 of both, by which a
 * wrong passphrase is told from damage. Each piece: so many bytes of the backup under AES-256-GCM, its tag behind them. The nonce is the
 * number of the piece and whether it is the last one, so that none can be left out, moved or cut off (the STREAM construction of Hoang,
 * Reyhanitabar, Rogaway and Vizár, 2015). Both keys come from the passphrase and the salt by scrypt (RFC 7914), so no key is ever used for
 * two files. Pieces are of one length, so that each can be read alone.
 */

const FORMAT_LINE = Buffer.from('clearhold-encrypted-backup 1\n', 'ascii')
const SALT_BYTES = 32
const MAC_BYTES = 32
export const HEAD_BYTES = FORMAT_LINE.length + SALT_BYTES + MAC_BYTES
export const PIECE_BYTES = 64 * 1024
const TAG_BYTES = 16
export const SEALED_PIECE_BYTES = PIECE_BYTES + TAG_BYTES

const KEY_BYTES = 32
/** 128 MiB and a third of a second for each guess. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const
const NONCE_BYTES = 12
const NUMBER_BYTES = 6

/** What encrypts or opens the pieces of one file. */
export interface PieceKey {
  readonly head: Buffer
  /** @param number of the piece, from 0 */
  seal(number: number, isLast: boolean, plain: Buffer): Buffer
  /** @throws Error when it is not the piece that was sealed under this number */
  open(number: number, isLast: boolean, sealed: Buffer): Buffer
}

/** A key for a new file. */
export async function newPieceKey(passphrase: Buffer): Promise<PieceKey> {
  const salt = randomBytes(SALT_BYTES)
  const { key, mac } = await derive(passphrase, salt)
  const named = Buffer.concat([FORMAT_LINE, salt])
  return pieceKey(Buffer.concat([named, macOf(mac, named)]), key)
}

/** Whether a file begins as an encrypted backup does. */
export function isEncrypted(begin: Buffer): boolean {
  return begin.subarray(0, FORMAT_LINE.length).equals(FORMAT_LINE)
}

/**
 * The key of a file that was written before, by its head.
 * @throws BackupRefused `passphrase-needed`, `passphrase-wrong`; BackupDamaged for a head that is cut off
 */
export async function pieceKeyOf(file: string, head: Buffer, passphrase: Buffer | null): Promise<PieceKey> {
  if (head.length < HEAD_BYTES) throw new BackupDamaged(file, '头部不完整 / its head is cut off')
  if (passphrase === null) throw passphraseNeeded(file)
  const named = head.subarray(0, FORMAT_LINE.length + SALT_BYTES)
  const { key, mac } = await derive(passphrase, named.subarray(FORMAT_LINE.length))
  if (!timingSafeEqual(macOf(mac, named), head.subarray(named.length))) throw passphraseWrong(file)
  return pieceKey(head, key)
}

function pieceKey(head: Buffer, key: Buffer): PieceKey {
  return {
    head,
    seal: (number, isLast, plain) => {
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, isLast))
      return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    },
    open: (number, isLast, sealed) => {
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, isLast), { authTagLength: TAG_BYTES })
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
      return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()])
    },
  }
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES)
  nonce.writeUIntBE(number, NONCE_BYTES - 1 - NUMBER_BYTES, NUMBER_BYTES)
  nonce.writeUInt8(isLast ? 1 : 0, NONCE_BYTES - 1)
  return nonce
}

function derive(passphrase: Buffer, salt: Buffer): Promise<{ key: Buffer; mac: Buffer }> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, 2 * KEY_BYTES, SCRYPT, (error, keys) => {
      if (error !== null) reject(error)
      else resolve({ key: keys.subarray(0, KEY_BYTES), mac: keys.subarray(KEY_BYTES) })
    })
  })
}

function macOf(key: Buffer, named: Buffer): Buffer {
  return createHmac('sha256', key).update(named).digest()
}

function passphraseNeeded(file: string): BackupRefused {
  return new BackupRefused('passphrase-needed', {
    zh: `${file} 已加密。请用 --key 指明写备份时用的口令文件。`,
    en: `${file} is encrypted. Name the passphrase file that it was written with by --key.`,
  })
}

function passphraseWrong(file: string): BackupRefused {
  return new BackupRefused('passphrase-wrong', {
    zh: `口令打不开 ${file}：不是写它时用的口令文件，或文件开头已被改动。请换口令文件，或换用另一份备份。`,
    en: `The passphrase does not open ${file}: it is not the one it was written with, or the head of the file was changed. Use the right passphrase file, or another copy.`,
  })
}

/**
 * One backup is one gzip file. Unpacked, it is lines of JSON, in this order: the header; the keys, if they were asked for; each table
 * (its name and columns, a line a row, the number of rows); each photo (its hash and length, its bytes, a newline); the checkpoint notes
 * kept apart from the database; the totals. A row is an array with the text of each column as PostgreSQL itself prints it, or null, so
 * that nothing is lost between servers or versions. The last gzip member is the seal (seal.ts).
 */
export const FORMAT = 1

/** No row that the program writes comes near; more would be held in memory whole. */
export const LINE_BYTES_MAX = 64 * 1024 * 1024

export interface LandedMigration {
  readonly number: number
  readonly file: string
  readonly sha256: string
}

/** Where a register stands, or the activity log under its name. */
export interface RegisterAt {
  readonly register: string
  /** Number of its entries. */
  readonly size: number
  /** Hash of the last entry in hexadecimal digits; null when there is none. */
  readonly head: string | null
}

export interface Header {
  readonly format: number
  /** RFC 3339 UTC with milliseconds. */
  readonly madeAt: string
  readonly installation: string
  /** C2SP verifier key of the installation. */
  readonly publicKey: string
  /** Tells whether a pepper is the one of this backup, and nothing about it. */
  readonly pepperCheck: string
  /** Number of the last migration. */
  readonly schema: number
  readonly migrations: readonly LandedMigration[]
  readonly registers: readonly RegisterAt[]
  /** `server_version` of the PostgreSQL that it was read from. */
  readonly postgres: string
  readonly withKeys: boolean
}

export type PhotoFault = 'missing' | 'changed' | 'unreadable'

export interface Totals {
  readonly tables: number
  readonly rows: number
  /** Originals in the file. */
  readonly photos: number
  readonly photoBytes: number
  /** Originals that the table names and the disk did not hold as they were. */
  readonly lostPhotos: number
  readonly checkpoints: number
}

export type Line =
  | { readonly header: Header }
  | { readonly key: string; readonly text: string }
  | { readonly table: string; readonly columns: readonly string[] }
  | { readonly rows: number }
  | { readonly photo: string; readonly bytes: number }
  | { readonly photo: string; readonly fault: PhotoFault }
  | { readonly checkpoint: string; readonly note: string }
  | { readonly totals: Totals }

/** The text of each column of one row. */
export type Row = readonly (string | null)[]

/** One line of the file, its newline included. */
export function lineOf(line: Line): Buffer {
  return Buffer.from(`${JSON.stringify(line)}\n`, 'utf8')
}

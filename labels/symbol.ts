/** Code 128, QR and DataMatrix as matrices of modules: what is dark, never a picture that could be scaled. */

import bwip from 'bwip-js/node'

export type SymbolKind = 'code128' | 'qr' | 'datamatrix'

export interface SymbolMatrix {
  readonly kind: SymbolKind
  readonly text: string
  readonly columns: number
  /** 1 for Code 128: its only row stands for bars of any height. */
  readonly rows: number
  /** Row by row, 1 is dark. */
  readonly dark: Uint8Array
}

/** What a symbol needs to scan. */
export interface SymbolNeeds {
  /** Smallest module. 0.25 mm is 2 dots at 203 dpi and 3 at 300; 0.33 mm is 3 dots at 203 dpi and 4 at 300. */
  readonly module_mm: number
  /** A wider module only takes room: hand scanners reach a metre and more at this size. */
  readonly mostModule_mm: number
  /** Empty modules on each side (ISO/IEC 15417, 18004, 16022). */
  readonly quiet: number
}

export const SYMBOL_NEEDS: Readonly<Record<SymbolKind, SymbolNeeds>> = {
  code128: { module_mm: 0.25, mostModule_mm: 0.5, quiet: 10 },
  qr: { module_mm: 0.33, mostModule_mm: 1, quiet: 4 },
  datamatrix: { module_mm: 0.33, mostModule_mm: 1, quiet: 1 },
}

/** The payloads of item-code.ts are far shorter; a seal's number in a QR symbol may take more. */
const PAYLOAD_MAX: Readonly<Record<SymbolKind, number>> = { code128: 64, qr: 100, datamatrix: 64 }

/**
 * Encodes text. QR uses error level Q (a quarter of the symbol may be scratched); DataMatrix ECC 200, square.
 *
 * @param text printable ASCII, 1 to 64 characters, in QR 100: the payloads of item-code.ts and seal-number.ts
 * @throws RangeError for other text
 */
export function encodeSymbol(kind: SymbolKind, text: string): SymbolMatrix {
  if (!/^[\x20-\x7e]+$/.test(text) || text.length > PAYLOAD_MAX[kind])
    throw new RangeError(`not a label payload: ${JSON.stringify(text)}`)
  switch (kind) {
    case 'code128':
      return { kind, text, ...bars(rawOutput({ bcid: 'code128', text })) }
    case 'qr':
      return { kind, text, ...modules(rawOutput({ bcid: 'qrcode', text, eclevel: 'Q' })) }
    case 'datamatrix':
      return { kind, text, ...modules(rawOutput({ bcid: 'datamatrix', text })) }
  }
}

/** Enough for an address with a token behind it. */
const ADDRESS_MAX = 300

/**
 * An address as a QR symbol for a phone, which stands before a screen: error level M, since nobody scratches it.
 *
 * @param text printable ASCII, up to 300 characters
 * @throws RangeError for other text
 */
export function encodeAddress(text: string): SymbolMatrix {
  if (text.length > ADDRESS_MAX || !/^(?:https?|otpauth):[\x21-\x7e]+$/.test(text))
    throw new RangeError('not an address')
  return { kind: 'qr', text, ...modules(rawOutput({ bcid: 'qrcode', text, eclevel: 'M' })) }
}

type Matrix = Pick<SymbolMatrix, 'columns' | 'rows' | 'dark'>

interface RawOptions {
  readonly bcid: string
  readonly text: string
  readonly eclevel?: string
}

/** bwip-js's types describe another `raw` than the one that the module exports, so what it answers is checked here. */
function rawOutput(options: RawOptions): object {
  const stack: unknown = (bwip as unknown as { raw(options: RawOptions): unknown }).raw(options)
  const first: unknown = Array.isArray(stack) ? stack[0] : undefined
  if (typeof first !== 'object' || first === null) throw new Error(`no symbol came back for ${options.bcid}`)
  return first
}

/** Widths of bars and spaces in turn, a bar first. */
function bars(raw: object): Matrix {
  if (!('sbs' in raw) || !Array.isArray(raw.sbs)) throw new Error('no bar widths came back')
  const dark = raw.sbs.flatMap((width: number, i) => Array<number>(width).fill(i % 2 === 0 ? 1 : 0))
  return { columns: dark.length, rows: 1, dark: Uint8Array.from(dark) }
}

function modules(raw: object): Matrix {
  if (!('pixs' in raw && 'pixx' in raw && 'pixy' in raw) || !Array.isArray(raw.pixs))
    throw new Error('no modules came back')
  const dark = Uint8Array.from(raw.pixs as number[])
  const columns = Number(raw.pixx)
  const rows = Number(raw.pixy)
  if (columns * rows !== dark.length) throw new Error('modules do not fill the symbol')
  return { columns, rows, dark }
}

import type { Bitmap } from '../reading.ts'
import { checkBitmap } from './bitmap.ts'

export interface TsplStock {
  /** 203, 300 or 600 dots an inch are 8, 12 or 24 dots a millimetre in this language. */
  readonly dotsPerMm: 8 | 12 | 24
  /** Gap between two labels; 0 for continuous paper. */
  readonly gap_mm: number
  /** The value of a bit that prints black. The language says 0; some clones read it the other way round. */
  readonly blackBit: 0 | 1
}

/**
 * One label as a TSPL job: the whole label is one `BITMAP`. It begins with an empty line because some printers answer a status question
 * and leave its three bytes in the line they are reading, where they would spoil the first command. Throws `RangeError` for a bitmap that
 * contradicts itself. (TSPL/TSPL2 programming manual: SIZE, GAP, DIRECTION, REFERENCE, CLS, BITMAP, PRINT.)
 */
export function encodeTspl(label: Bitmap, stock: TsplStock): Uint8Array {
  checkBitmap(label)
  const lines = [
    '',
    `SIZE ${mm(label.width, stock)} mm,${mm(label.height, stock)} mm`,
    `GAP ${stock.gap_mm} mm,0 mm`,
    'DIRECTION 1',
    'REFERENCE 0,0',
    'CLS',
    `BITMAP 0,0,${label.rowBytes},${label.height},0,`,
  ]
  return Buffer.concat([
    Buffer.from(lines.join('\r\n'), 'latin1'),
    dots(label, stock),
    Buffer.from('\r\nPRINT 1,1\r\n'),
  ])
}

function mm(dots: number, { dotsPerMm }: TsplStock): string {
  return String(Math.round((dots / dotsPerMm) * 100) / 100)
}

function dots({ bits }: Bitmap, { blackBit }: TsplStock): Uint8Array {
  return blackBit === 1 ? bits : bits.map((byte) => ~byte)
}

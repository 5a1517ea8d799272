/** The code of a paper or electronic document as a picture: a bench reads it from the screen or from paper, a person types it off. */

import { parseCode } from '../item-code.ts'
import type { Layout } from '../layout.ts'
import { LabelRefused } from '../refused.ts'
import { encodeSymbol } from '../symbol.ts'
import { codeAt, textIn } from './parts.ts'

export interface DocumentCode {
  /** A sound document code. */
  readonly code: string
  /** What the document is, for instance `移交清单`. */
  readonly title: string
}

const WIDTH_MM = 90
const HEIGHT_MM = 45

/**
 * Lays out the code of a document: title, the code in groups, QR and Code 128, 90x45 mm.
 *
 * @throws LabelRefused when the code is no document code or the title does not fit
 */
export function documentCode({ code, title }: DocumentCode): Layout {
  const parsed = parseCode(code)
  if (!parsed.ok || parsed.kind !== 'document' || parsed.code !== code)
    throw new LabelRefused('code-wrong', '编号', { zh: '不是有效的单据编号', en: 'not a sound document code' })
  const left = 7
  return {
    width_mm: WIDTH_MM,
    height_mm: HEIGHT_MM,
    title: `${title} ${code}`,
    nodes: [
      ...textIn(
        {
          x_mm: left,
          y_mm: 3.5,
          width_mm: 50,
          height_mm: 8,
          weight: 400,
          sizes_mm: [5.5, 5, 4.5, 4, 3.5],
          mostLines: 1,
        },
        '单据名称',
        title,
      ),
      ...codeAt(left, 20, code, 5),
      {
        kind: 'symbol',
        symbol: encodeSymbol('qr', code),
        ink: { x_mm: 65, y_mm: 3.5, width_mm: 18, height_mm: 18 },
        clear: { x_mm: 61, y_mm: 0, width_mm: 29, height_mm: 25.5 },
        alignX: 'end',
        alignY: 'start',
      },
      {
        kind: 'symbol',
        symbol: encodeSymbol('code128', code),
        ink: { x_mm: left, y_mm: 27, width_mm: 76, height_mm: 14 },
        clear: { x_mm: 0, y_mm: 26, width_mm: WIDTH_MM, height_mm: 19 },
        alignX: 'middle',
        alignY: 'start',
      },
    ],
  }
}

/**
 * 封条: what is pasted over what is closed, with the organ, the case, its own number, the day, and room for the official seal and those who sign.
 * Whoever passes reads it: no field for a person, a title or an amount, and none may be added.
 */

import type { Layout, LayoutNode } from '../layout.ts'
import { sealPayload } from '../seal-number.ts'
import { encodeSymbol } from '../symbol.ts'
import { HAIRLINE_MM, RULE_MM, STOCKS, checkDay, ruleAt, textAt, textAround, textIn } from './parts.ts'

export interface SealStrip {
  readonly organisation: string
  /** The case's number, never its title. */
  readonly caseNumber: string
  /** Its own number, never used again. */
  readonly number: string
  /** When it is put on. `2026-11-21`. */
  readonly day: string
}

/** The only stock with room for an official seal. */
export const STRIP_STOCK = '100x60'

/** The round seal of an organ, as it is cut. */
const OFFICIAL_SEAL_MM = 42
const BOX = { x: 54, y: 14, side: OFFICIAL_SEAL_MM } as const
const LEFT = 4
const COLUMN_MM = 47
/**
 * Lays out a seal strip on `STRIP_STOCK`.
 *
 * @throws LabelRefused when a text does not fit or a glyph is missing
 */
export function sealStrip({ organisation, caseNumber, number, day }: SealStrip): Layout {
  checkDay('封存日期', day)
  const [year = '', month = '', date = ''] = day.split('-')
  // A number of so many Chinese characters that no symbol has room for it is read by eye.
  const payload = sealPayload(number)
  const field = (y_mm: number, name: string, value: string): LayoutNode[] => [
    textAt(LEFT, y_mm + 2.5, name, { size_mm: 2.5 }),
    ...textIn(
      {
        ...{ x_mm: LEFT + 11, y_mm: y_mm - 0.25, width_mm: COLUMN_MM - 11, height_mm: 3.75, weight: 700 },
        ...{ sizes_mm: [3.25, 3, 2.75, 2.5, 2.25, 2], mostLines: 1 },
      },
      name,
      value,
    ),
  ]
  return {
    ...STOCKS[STRIP_STOCK],
    title: `封条 ${number}`,
    nodes: [
      ...textIn(
        {
          ...{ x_mm: LEFT, y_mm: 3.5, width_mm: 92, height_mm: 5, weight: 700 },
          ...{ sizes_mm: [4, 3.5, 3, 2.75], mostLines: 1, alignX: 'middle' },
        },
        '单位',
        organisation,
      ),
      ruleAt(LEFT, 9.5, 92, RULE_MM),
      textAround(LEFT + COLUMN_MM / 2, 19.5, '封　条', { size_mm: 8, weight: 700 }),
      ...textIn(
        {
          ...{ x_mm: LEFT, y_mm: 22.5, width_mm: COLUMN_MM, height_mm: 6.5, weight: 700 },
          ...{ sizes_mm: [5, 4.5, 4, 3.5, 3, 2.5, 2.25], mostLines: 2, alignX: 'middle' },
        },
        '封条号',
        number,
      ),
      ...field(30, '案　号', caseNumber),
      ...field(35, '封存日期', `${year} 年 ${Number(month)} 月 ${Number(date)} 日`),
      ...signers(payload === null ? LEFT : LEFT + 20),
      ...sealBox(),
      ...(payload === null ? [] : [symbolOf(payload)]),
    ],
  }
}

/** Two officers sign it by hand (rules C-14, C-30). */
function signers(from_mm: number): LayoutNode[] {
  return [46.5, 54.5].flatMap((y_mm) => [
    textAt(from_mm, y_mm, '签封人', { size_mm: 2.5 }),
    ruleAt(from_mm + 8.5, y_mm + 0.5, LEFT + COLUMN_MM - from_mm - 9, HAIRLINE_MM),
  ])
}

function sealBox(): LayoutNode[] {
  const { x, y, side } = BOX
  return [
    ruleAt(x, y, side, HAIRLINE_MM),
    ruleAt(x, y + side, side, HAIRLINE_MM),
    { kind: 'rectangle', x_mm: x, y_mm: y, width_mm: HAIRLINE_MM, height_mm: side },
    { kind: 'rectangle', x_mm: x + side, y_mm: y, width_mm: HAIRLINE_MM, height_mm: side + HAIRLINE_MM },
    textAround(x + side / 2, y + side - 2, '（加盖印章）', { size_mm: 2.5 }),
  ]
}

function symbolOf(payload: string): LayoutNode {
  return {
    kind: 'symbol',
    symbol: encodeSymbol('qr', payload),
    ink: { x_mm: LEFT + 2, y_mm: 42, width_mm: 14.5, height_mm: 14.5 },
    clear: { x_mm: LEFT - 1.5, y_mm: 39, width_mm: 21, height_mm: 20.5 },
    alignX: 'start',
    alignY: 'start',
  }
}

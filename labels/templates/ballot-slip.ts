/** A voter's slip of a campaign, cut out of a sheet or glued on a letter: the address as a symbol for a phone, and the code to be typed. */

import type { Layout, TextNode } from '../layout.ts'
import { encodeAddress } from '../symbol.ts'
import { type FittedRoom, HAIRLINE_MM, ruleAt, STOCKS, textAt, textIn } from './parts.ts'

export interface BallotSlip {
  readonly title: string
  /** Who holds it. */
  readonly organisation: string
  /** Which group of voters it is for. */
  readonly group: string
  readonly from: string
  readonly to: string
  /** With the code behind its #. */
  readonly address: string
  /** Where it is typed in. */
  readonly typedAt: string
  readonly code: string
}

const LEFT_MM = 5
/** From the last line of one text to the top of the next. */
const GAP_MM = 1.5

/**
 * Lays out a slip on 100x60 mm.
 *
 * @throws LabelRefused for text that cannot be printed or does not fit; RangeError for what is no address
 */
export function ballotSlip(slip: BallotSlip): Layout {
  const { title, organisation, group, from, to, address, typedAt, code } = slip
  const words = { x_mm: LEFT_MM, width_mm: 50, weight: 400, mostLines: 1, sizes_mm: [3.5, 3, 2.5] } as const
  return {
    ...STOCKS['100x60'],
    title: `选票 ${title}`,
    nodes: [
      ...stacked(4, [
        [{ ...words, height_mm: 9, mostLines: 3 }, '组织单位', organisation],
        [{ ...words, height_mm: 15, weight: 700, sizes_mm: [5.5, 5, 4.5, 4, 3.5], mostLines: 3 }, '名称', title],
        [{ ...words, height_mm: 6, mostLines: 2 }, '投票人', `投票人：${group}`],
        [{ ...words, height_mm: 4 }, '期限', `${from} 至 ${to}`],
      ]),
      {
        kind: 'symbol',
        symbol: encodeAddress(address),
        ink: { x_mm: 60, y_mm: 5, width_mm: 35, height_mm: 33 },
        clear: { x_mm: 56, y_mm: 1, width_mm: 43.5, height_mm: 41 },
        alignX: 'end',
        alignY: 'start',
      },
      ruleAt(LEFT_MM, 41.5, 90, HAIRLINE_MM),
      textAt(LEFT_MM, 48, code, { size_mm: 6, weight: 700 }),
      ...textIn(
        { ...words, y_mm: 50, height_mm: 3, width_mm: 90, sizes_mm: [2.75, 2.5] },
        '说明',
        '不登录、不记名，一码一票。扫码投票，或打开下面的网址输入编码。',
      ),
      ...textIn({ ...words, y_mm: 54, height_mm: 3.5, width_mm: 90, sizes_mm: [3, 2.5] }, '网址', typedAt),
    ],
  }
}

/** Texts one below the other: each begins where the one before has ended, however many lines that took. */
function stacked(
  top_mm: number,
  texts: readonly (readonly [room: Omit<FittedRoom, 'y_mm'>, field: string, text: string])[],
): TextNode[] {
  let y_mm = top_mm
  return texts.flatMap(([room, field, text]) => {
    const lines = textIn({ ...room, y_mm }, field, text)
    y_mm = (lines.at(-1)?.baseline_mm ?? y_mm) + GAP_MM
    return lines
  })
}

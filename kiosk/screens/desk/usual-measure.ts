/** Which measure a list is under as long as nobody said: it follows what is taken, and where it stays. Pure. */

import type { CustodyOptions } from '../../../server/custody/protocol.ts'
import { staysOutside } from './film.ts'
import type { MeasureKind } from './forms.ts'
import type { LineForm, SheetForm } from './registration.ts'

type Said = Pick<SheetForm, 'kind' | 'kindChosen' | 'approval' | 'unregisteredTrader' | 'checked' | 'lines'>

/** The measure of a list: the one that was chosen, or that something was said of already; else the usual one of its things. */
export function measureOf(sheet: Said, kinds: readonly MeasureKind[], options: CustodyOptions): MeasureKind {
  const { kind, kindChosen, approval, unregisteredTrader, checked, lines } = sheet
  const isSaid = kindChosen === true || approval !== '' || unregisteredTrader || checked.length > 0
  return isSaid ? kind : (usualMeasure(lines, kinds, options) ?? kind)
}

/** Accounts are frozen, what stays where it is or with others is sealed up, everything else goes by the usual one of the track. */
function usualMeasure(
  lines: readonly LineForm[],
  kinds: readonly MeasureKind[],
  options: CustodyOptions,
): MeasureKind | undefined {
  const allAre = (of: (line: LineForm) => boolean): boolean => lines.length > 0 && lines.every(of)
  const usual: MeasureKind | null = allAre(({ category }) => category === 'account')
    ? 'FROZEN'
    : allAre((line) => staysOutside(line, options))
      ? 'SEALED_UP'
      : null
  return usual !== null && kinds.includes(usual) ? usual : kinds[0]
}

/** The list with the measure that it is under; null before there is one. */
export function withMeasure(
  sheet: SheetForm | null,
  kinds: readonly MeasureKind[],
  options: CustodyOptions | null,
): SheetForm | null {
  return sheet === null || options === null ? null : { ...sheet, kind: measureOf(sheet, kinds, options) }
}

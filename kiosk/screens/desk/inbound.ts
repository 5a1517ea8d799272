/** A line of another organ's list as it is typed and as it is said. Pure. */

import type { ShownInbound, ShownInboundLine } from '../../../server/custody/protocol.ts'
import { sealTyped } from '../../custody/codes.ts'
import { plainFigures } from '../../digits.ts'
import { milligramsOf } from './signing.ts'

/** A line as it is typed; weights in grams. */
export interface TypedLine {
  name: string
  quantity: string
  unit: string
  weight: string
  seal: string
  features: string
}

export const newTyped = (): TypedLine => ({ name: '', quantity: '1', unit: '件', weight: '', seal: '', features: '' })

/** The lines of a list as they were typed, without what came beside it; one empty line where there is no list. */
export function typedOf(list: Pick<ShownInbound, 'lines'> | null): TypedLine[] {
  if (list === null) return [newTyped()]
  return list.lines
    .filter(({ extra }) => !extra)
    .map(({ name, quantity, quantityUnit, weight_mg, seal, features }) => ({
      ...{ name, quantity, unit: quantityUnit, seal: seal ?? '', features: features ?? '' },
      weight: weight_mg === null ? '' : String(weight_mg / 1_000),
    }))
}

/** What differs from the list, or stands on it beside name and quantity; null where a weight is none. */
function besides({ weight, seal, features }: Pick<TypedLine, 'weight' | 'seal' | 'features'>): object | null {
  const weight_mg = weight.trim() === '' ? undefined : milligramsOf(weight.trim())
  if (weight_mg === null) return null
  return {
    ...(weight_mg === undefined ? {} : { weight_mg }),
    ...(seal.trim() === '' ? {} : { seal: sealTyped(seal) }),
    ...(features.trim() === '' ? {} : { features: features.trim() }),
  }
}

/** The line as it is sent; null while something is missing. */
export function lineOf(typed: TypedLine): object | null {
  const [name, unit, quantity] = [typed.name.trim(), typed.unit.trim(), plainFigures(typed.quantity).trim()]
  const more = besides(typed)
  return name === '' || unit === '' || quantity === '' || more === null ? null : { name, quantity, unit, ...more }
}

/** What was found of a line, as it is sent; null while nothing was said. */
export function foundOf(
  line: number,
  verdict: string,
  typed: Pick<TypedLine, 'quantity' | 'weight' | 'seal' | 'features'>,
): object | null {
  const more = besides(typed)
  if (verdict === '' || more === null) return null
  const quantity = plainFigures(typed.quantity).trim()
  const found = { ...(quantity === '' ? {} : { quantity }), ...more }
  return Object.keys(found).length === 0 ? null : { lines: [{ line, verdict, ...found }] }
}

/** The line as it was found. */
export function presentOf({ checked, ...line }: ShownInboundLine): Omit<ShownInboundLine, 'checked'> {
  return {
    ...line,
    quantity: checked?.quantity ?? line.quantity,
    weight_mg: checked?.weight_mg ?? line.weight_mg,
    seal: checked?.seal ?? line.seal,
    features: checked?.features ?? line.features,
  }
}

import { andFramer } from './and.ts'
import { mtSicsFramer } from './mt-sics.ts'
import { ohausFramer } from './ohaus.ts'

const FRAMERS = [mtSicsFramer, andFramer, ohausFramer]
/** Whoever kept the frame left its line end away. */
const LINE_END = Uint8Array.of(13, 10)

/**
 * The weights at rest, in milligrams, that these bytes are in the protocols of scales; empty when they are none. No two protocols were seen to
 * read one frame as two weights, and what the scale was set to need not be known any more.
 */
export function weightsIn(raw: Uint8Array): ReadonlySet<number> {
  return new Set(figuresIn(raw).flatMap(({ stable, weight_mg }) => (stable ? [weight_mg] : [])))
}

/** The weight that these bytes show while it still moves, in milligrams: to be looked at, never to be taken. Null where they show none. */
export function movingWeightIn(raw: Uint8Array): number | null {
  return figuresIn(raw).findLast(({ stable }) => !stable)?.weight_mg ?? null
}

function figuresIn(raw: Uint8Array): { readonly stable: boolean; readonly weight_mg: number }[] {
  return FRAMERS.flatMap((make) => {
    const framer = make()
    return [...framer.push(raw), ...framer.push(LINE_END)].flatMap(({ meaning }) =>
      meaning?.kind === 'weight' ? [meaning] : [],
    )
  })
}

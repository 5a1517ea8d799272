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
  return new Set(
    FRAMERS.flatMap((make) => {
      const framer = make()
      return [...framer.push(raw), ...framer.push(LINE_END)].flatMap(({ meaning }) =>
        meaning?.kind === 'weight' && meaning.stable ? [meaning.weight_mg] : [],
      )
    }),
  )
}

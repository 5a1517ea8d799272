import { Refusal } from '../../refusal.ts'
import type { Bench } from '../../stations/procedure.ts'
import { type BenchLook, rehearse } from './look.ts'
import { checkIn } from '../intake/handover.ts'
import type { Scene } from '../scene.ts'
import type { CheckIn } from '../schemas.ts'

/** What a line lacks until it has been weighed, compared and given its place. */
export const NOT_YET = ['custody.weight-missing', 'custody.seal-not-checked', 'custody.location-needed'] as const

/** Before the second custodian has been asked for. */
export const NOT_SIGNED = [...NOT_YET, 'custody.second-person-needed'] as const

type NotYet = readonly (typeof NOT_SIGNED)[number][]

/**
 * Whether the register would take this line in now, but for what is still to be done.
 * @throws Refusal as checking in does
 */
export function rehearseLine(
  look: BenchLook,
  bench: Bench,
  line: CheckIn['items'][number],
  { signers = [] as readonly string[], notYet = NOT_YET as NotYet, scene = look.scene as Scene } = {} as {
    signers?: readonly string[]
    notYet?: NotYet
    scene?: Scene
  },
): void {
  const command: CheckIn = { type: 'custody.check-in', items: [line] }
  rehearse(look, bench, signers, (circumstances) => checkIn(scene, command, circumstances), notYet)
}

/**
 * One of these can be taken in as far as is known now: a list is opened whatever else on it is frozen or has to be sealed again.
 * @throws Refusal as the first of them is refused
 */
export function mustTakeSome(look: BenchLook, bench: Bench, items: readonly string[]): void {
  const refusals: Refusal[] = []
  for (const item of items) {
    try {
      return rehearseLine(look, bench, { item }, { notYet: NOT_SIGNED })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refusals.push(error)
    }
  }
  const [why] = refusals
  if (why !== undefined) throw why
}

import type { Axes } from './axes.ts'
import type { Transition } from './transition.ts'
import { disposal } from './disposal/transitions.ts'
import { intake } from './intake/transitions.ts'
import { keeping } from './keeping/transitions.ts'
import { lineage } from './lineage/transitions.ts'
import { transit } from './transit/transitions.ts'

/** Allowed moves, in the order of the table of rules 7.2. What is not here is forbidden. */
export const transitions = { ...intake, ...keeping, ...lineage, ...transit, ...disposal } as const satisfies Record<
  string,
  Transition
>

export type Move = keyof typeof transitions

/** The first axis that keeps an item from making this move; null when none does. */
export function stoppedBy(axes: Axes, move: Move): keyof Axes | null {
  const { from }: Transition = transitions[move]
  const named = Object.keys(from) as (keyof typeof from)[]
  return named.find((axis) => !(from[axis] as readonly string[]).includes(axes[axis])) ?? null
}

/** Whether the axes let an item make this move. */
export function mayMove(axes: Axes, move: Move): boolean {
  return stoppedBy(axes, move) === null
}

/** The axes after a move. */
export function afterMove(axes: Axes, move: Move): Axes {
  const { measureStatus, custodyStatus, sealStatus, dispositionStatus } = axes
  const { to }: Transition = transitions[move]
  return { measureStatus, custodyStatus, sealStatus, dispositionStatus, ...to }
}

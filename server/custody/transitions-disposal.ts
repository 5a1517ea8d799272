import type { Transition } from './transition.ts'

/** Rows 19 to 26 of the table: how an item leaves custody for good. No row is allowed yet. */
export const disposal = {} as const satisfies Record<string, Transition>

import { NAME_WRITTEN } from '../signing/testing-strokes.ts'

/** Both sides of a list that is accepted: who brings the goods signs on the screen, and it is said why the officer does not. */
export const signed = {
  bringer: { on: 'screen', strokes: NAME_WRITTEN },
  receiver: { notSigned: '手部受伤，已在纸质清单上捺印' },
} as const

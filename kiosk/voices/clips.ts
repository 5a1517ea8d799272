/** What is spoken at a counter, and the words behind each clip: what is heard stands on the screen too. */

import type { PlainKey } from '../words/keys.ts'

export const CLIPS = {
  ask: 'rating.ask',
  thanks: 'rating.thanks',
  over: 'rating.over',
  closed: 'hall.shut',
  'level-5': 'rating.level-5',
  'level-4': 'rating.level-4',
  'level-3': 'rating.level-3',
  'level-2': 'rating.level-2',
  'level-1': 'rating.level-1',
} as const satisfies Readonly<Record<string, PlainKey>>

export type Clip = keyof typeof CLIPS

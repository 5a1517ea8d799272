/** What is spoken at a counter or at a bench, and the words behind each clip: what is heard stands on the screen too. */

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
  'bench-taken': 'bench.say-taken',
  'bench-weigh': 'bench.say-weigh',
  'bench-badge': 'bench.say-badge',
  'bench-shelf': 'bench.say-shelf',
  'bench-confirm': 'bench.say-confirm',
  'bench-refused': 'bench.say-refused',
  'bench-other-list': 'bench.say-other-list',
  'bench-not-granted': 'bench.say-not-granted',
  'bench-weight-differs': 'bench.say-weight-differs',
  'bench-seal-differs': 'bench.say-seal-differs',
  'bench-fault': 'bench.say-fault',
  'bench-offline': 'bench.say-offline',
  'bench-alarm': 'bench.say-alarm',
} as const satisfies Readonly<Record<string, PlainKey>>

export type Clip = keyof typeof CLIPS

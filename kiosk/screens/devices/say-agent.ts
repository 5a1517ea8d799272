/** How other PCs are, in words. */

import type { AgentRow } from '../../../server/agents/protocol.ts'
import { formatTime } from '../../format.ts'
import type { PlainKey } from '../../words/keys.ts'
import { t } from '../../words/words.svelte.ts'
import { MS_A_SECOND } from './agents.ts'

/** `快 72.3 秒`; null where nobody knows. */
export function sayClock(offset_ms: number | null): string | null {
  if (offset_ms === null) return null
  if (Math.abs(offset_ms) < MS_A_SECOND) return t('agents.clock-even')
  const seconds = (Math.abs(offset_ms) / MS_A_SECOND).toFixed(1)
  return t(offset_ms > 0 ? 'agents.clock-fast' : 'agents.clock-slow', { seconds })
}

/** What waits in its journal: while it is away nobody but that PC knows. Null where it is not for who asks. */
export function sayWaiting({
  state,
  backlog,
  oldestAt,
}: Pick<AgentRow, 'state' | 'backlog' | 'oldestAt'>): string | null {
  if (backlog === null) return null
  if (state === 'away') return t('agents.waiting-unknown')
  if (backlog === 0) return t('agents.waiting-none')
  if (oldestAt === null) return t('agents.waiting-some', { count: backlog })
  return t('agents.waiting-since', { count: backlog, at: formatTime(oldestAt, 'second') })
}

const FAULTS: Readonly<Record<string, PlainKey>> = {
  'journal-full': 'agents.fault-journal-full',
  'journal-broken': 'agents.fault-journal-broken',
  'reading-too-large': 'agents.fault-reading-too-large',
  'journal-cut': 'agents.fault-journal-cut',
  gap: 'agents.fault-gap',
  revoked: 'agents.fault-revoked',
  'number-reused': 'agents.fault-number-reused',
  'wrong-record': 'agents.fault-wrong-record',
  'not-its-device': 'agents.fault-not-its-device',
  failed: 'agents.fault-failed',
} satisfies Readonly<Record<AgentRow['faults'][number]['code'] | `journal-${string}` | 'reading-too-large', PlainKey>>

export function sayFault(code: string): string {
  return t(FAULTS[code] ?? 'agents.fault-other')
}

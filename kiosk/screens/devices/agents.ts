/** How other PCs are. Pure. */

import type { AgentRow } from '../../../server/agents/protocol.ts'
import type { State } from '../../parts/state.ts'
import type { PlainKey } from '../../words/keys.ts'

export const AGENT_STATES = {
  invited: { state: 'attention', words: 'agents.invited' },
  joined: { state: 'ok', words: 'agents.joined' },
  away: { state: 'fault', words: 'agents.away' },
  revoked: { state: 'quiet', words: 'agents.revoked' },
} as const satisfies Readonly<Record<AgentRow['state'], { readonly state: State; readonly words: PlainKey }>>

/** A name that an agent may have. */
export const AGENT_NAME = /^[a-z][a-z0-9-]{0,31}$/

/** A clock that is further off than this is to be set. */
export const CLOCK_LIMIT_S = 60
export const MS_A_SECOND = 1_000

export function isClockOff(offset_ms: number | null): boolean {
  return offset_ms !== null && Math.abs(offset_ms) > CLOCK_LIMIT_S * MS_A_SECOND
}

/** What is typed on that PC to put its devices on the server at `origin`. */
export function commandOf(origin: string, code: string): string {
  return `npm run agent -- --server ${origin} --enrol ${code}`
}

/** The PC that a device's port is on; null for the server's own. */
export function agentIn(port: string): string | null {
  return /^agent:([a-z][a-z0-9-]{0,31})\//.exec(port)?.[1] ?? null
}

/** What stands before a port of that PC. */
export function portPrefix(agent: string): string {
  return `agent:${agent}/`
}

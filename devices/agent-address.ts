import { BadPortAddress } from './port-address.ts'

/** Names of agents: they stand in port addresses, in enrolment codes and in the organisation's register. */
export const AGENT_NAME = /^[a-z][a-z0-9-]{0,31}$/

export interface AgentAddress {
  readonly agent: string
  /** The address as that PC opens it. */
  readonly port: string
}

/**
 * Reads `agent:NAME/PORT`, where PORT is any address that `parsePortAddress` takes; null for a port of this machine.
 * @throws BadPortAddress for one that begins like an agent's and is none
 */
export function behindAgent(address: string): AgentAddress | null {
  if (!address.startsWith('agent:')) return null
  const slash = address.indexOf('/')
  const agent = address.slice('agent:'.length, slash)
  const port = address.slice(slash + 1)
  if (slash === -1 || !AGENT_NAME.test(agent)) throw new BadPortAddress(address, 'must be agent:NAME/PORT')
  if (port.startsWith('agent:')) throw new BadPortAddress(address, 'an agent has no agents')
  return { agent, port }
}

/** The same for addresses that were checked before: null where it is none. */
export function agentOf(address: string): AgentAddress | null {
  try {
    return behindAgent(address)
  } catch (error) {
    if (error instanceof BadPortAddress) return null
    throw error
  }
}

import { sql } from 'kysely'
import { Type } from 'typebox'
import { loadStates } from '../ledger/project.ts'
import { handler, type Handler, type Module, projection, SYSTEM } from '../module.ts'
import { ORG_REGISTER } from '../org/org.ts'
import { exactly, id, uuid } from '../schemas.ts'
import { type AgentCommand, type AgentsState, type AgentState, decideAgent, evolveAgent, noAgent } from './agents.ts'
import './tables.ts'

/** A raw Ed25519 public key. */
export const publicKey = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })

const agents = {
  kind: 'agent',
  table: 'agents',
  initial: noAgent,
  evolve: evolveAgent,
  columns: (_id: string, { key, enrolment }: AgentState) => ({ key, enrolment }),
}

function agentHandler(schema: Parameters<typeof Type.Object>[0], posts: Handler['posts']): Handler {
  return handler<AgentCommand, AgentsState>({
    schema: Type.Object(schema, exactly),
    posts,
    registers: async () => [ORG_REGISTER],
    load: async (trx, command) => {
      const known = await loadStates(trx, agents, [command.agent], { lock: true })
      const key = command.type === 'agents.enrol' ? command.key : ''
      const taken = await sql<{ taken: boolean }>`
        select exists (select from agents where key = ${key} or state->'formerKeys' ? ${key}) as taken
      `.execute(trx)
      return { agent: known.get(command.agent) ?? noAgent, keyKnown: taken.rows[0]?.taken === true }
    },
    decide: decideAgent,
  })
}

/** Which other PCs may put their devices on this server, kept in the organisation's register. */
export const agentModule: Module = {
  name: 'agents',
  handlers: {
    'agents.invite': agentHandler({ agent: id }, ['system-admin']),
    'agents.enrol': agentHandler({ agent: id, invitation: uuid, key: publicKey }, [SYSTEM]),
    'agents.revoke': agentHandler({ agent: id }, ['system-admin', 'security-admin']),
  },
  projections: [projection(agents)],
}

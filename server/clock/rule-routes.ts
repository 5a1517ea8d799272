import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { loadActor } from '../access/actor.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../http.ts'
import { namesOf } from '../names.ts'
import { exactly, uuid } from '../schemas.ts'
import { decidedRule, proposedRule, rules } from './answers.ts'
import { deadlineRules } from './deadline-rules.ts'
import type { ShownRule, ShownRuleProposal } from './protocol.ts'
import { waitingRuleProposals } from './rule-changes.ts'
import { inForce, loadRuleHistories } from './rules-in-force.ts'
import { ruleId, terms } from './schemas.ts'

const tags = ['clock']
const byId = Type.Object({ id: uuid }, exactly)

/** Deadline rules: anybody signed in sees them; the security administrator proposes other terms, a supervisor confirms. */
export const ruleRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { db, act, now }) => {
  app.get(
    '/api/deadline-rules',
    { schema: { tags, response: { 200: rules } } },
    async (request): Promise<{ rules: ShownRule[]; proposals: ShownRuleProposal[] }> => {
      const actor = await loadActor(db, signedIn(request).person, now())
      const at = now()
      const histories = await loadRuleHistories(db)
      const running = await runningByRule()
      const waiting = await waitingRuleProposals(db, at)
      const named = await namesOf(
        db,
        waiting.map(({ proposer }) => `person/${proposer}`),
      )
      const confirms = actor.appointments.some(({ post }) => post === 'supervisor')
      return {
        rules: deadlineRules.map((rule) => {
          const { version, terms: present } = inForce(rule, histories, at)
          const { id, title, event } = rule
          return { rule: id, title, event, version, terms: present, running: running.get(id) ?? 0 }
        }),
        proposals: waiting.map(({ id, rule, over, terms: wanted, proposer, proposedAt, expiresAt }) => ({
          ...{ id, rule, over, terms: wanted, proposedAt, expiresAt },
          proposer: { person: proposer, name: named(`person/${proposer}`).name },
          yours: confirms && proposer !== actor.person,
        })),
      }
    },
  )

  app.post(
    '/api/deadline-rules/proposals',
    {
      schema: {
        tags,
        description: 'Proposes other terms for a rule; a supervisor confirms. Clocks that run keep theirs.',
        body: Type.Object({ rule: ruleId, terms }, exactly),
        response: { 201: proposedRule },
      },
    },
    async (request, reply) => {
      const command = { type: 'clock.propose-rule', ...request.body }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ ...result, facts })
    },
  )

  for (const verdict of ['confirm', 'decline'] as const) {
    app.post(
      `/api/deadline-rules/proposals/:id/${verdict}`,
      { schema: { tags, params: byId, response: { 200: decidedRule } } },
      async (request) => {
        const command = { type: `clock.${verdict}-rule`, proposal: request.params.id }
        const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
        return { ...result, facts }
      },
    )
  }

  const runningByRule = async (): Promise<Map<string, number>> => {
    const found = await sql<{ rule: string; running: number }>`
      select rule, count(*)::integer as running from clocks where status <> 'ended' group by rule
    `.execute(db)
    return new Map(found.rows.map(({ rule, running }) => [rule, running]))
  }
}

import { createPublicKey, verify } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { enrolText } from '../../devices/agent/protocol.ts'
import { ANSWERED, claimCause, earlierAnswer, fingerprintOf, rememberAnswer } from '../causes.ts'
import { inTransaction } from '../database/connect.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../http.ts'
import type { Keys } from '../keys.ts'
import { SYSTEM } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { done, exactly, facts, id, nextAfter, orNull, paged, pageOf, words } from '../schemas.ts'
import { agentOfCode, enrolmentCode, isSameCode } from './code.ts'
import { readAgents } from './links.ts'
import type { Agents } from './open.ts'
import type { AgentRow } from './protocol.ts'
import { loadActor } from '../access/actor.ts'
import { isAdministrator } from '../org/org.ts'
import { ports } from '../stations/answers.ts'
import { publicKey } from './store.ts'
import './tables.ts'

const tags = ['agents']
const text = Type.String()

const listed = Type.Object(
  {
    name: text,
    state: Type.Unsafe<AgentRow['state']>(Type.Enum(['invited', 'joined', 'away', 'revoked'])),
    joinedAt: orNull(text),
    heardAt: orNull(text),
    backlog: orNull(Type.Integer()),
    oldestAt: orNull(text),
    clockOffset_ms: orNull(Type.Integer()),
    records: orNull(Type.Integer()),
    fault: orNull(text),
    faults: Type.Array(Type.Object({ at: text, code: text, n: Type.Integer(), detail: words }, exactly)),
  },
  exactly,
)

export interface AgentRouteOptions extends RouteDependencies {
  readonly keys: Pick<Keys, 'pepper' | 'installation'>
  readonly agents: Pick<Agents, 'serve' | 'ports'>
}

/** Other PCs whose devices are on this server: let in by a code, by a system administrator; put out by an administrator. */
export const agentRoutes: FastifyPluginAsyncTypebox<AgentRouteOptions> = async (
  app,
  { db, act, actWithin, activity, now, keys, agents },
) => {
  app.get(
    '/api/agents',
    {
      schema: {
        tags,
        description: 'Who is there; what waits and what came is for administrators alone.',
        querystring: Type.Object(paged(id), exactly),
        response: { 200: Type.Object({ agents: Type.Array(listed), after: orNull(text) }, exactly) },
      },
    },
    async (request) => {
      const { appointments } = await loadActor(db, signedIn(request).person, now())
      const page = pageOf(request.query)
      const found = await readAgents(db, now(), page)
      const administers = appointments.some(({ post }) => isAdministrator(post))
      return {
        agents: found.map((one) =>
          administers
            ? { ...one, faults: [...one.faults] }
            : { ...one, backlog: null, oldestAt: null, records: null, faults: [] },
        ),
        after: nextAfter(found, page, ({ name }) => name),
      }
    },
  )

  app.post(
    '/api/agents',
    {
      schema: {
        tags,
        description: 'Lets a PC enrol under this name. The code is for one key, once, within its time.',
        body: Type.Object({ name: id }, exactly),
        response: { 201: Type.Object({ code: text, endsAt: text, facts }, exactly) },
      },
    },
    async (request, reply) => {
      const { name: agent } = request.body
      const answer = await act(whoOf(request), { type: 'agents.invite', agent }, { cause: causeOf(request) })
      const { invitation, endsAt } = answer.result
      const code = enrolmentCode(keys.pepper, agent, String(invitation))
      return reply.code(201).send({ code, endsAt: String(endsAt), facts: [...answer.facts] })
    },
  )

  app.post(
    '/api/agents/enrol',
    {
      schema: {
        tags,
        description: 'An agent comes with its code and its key, and proves that the key is its own.',
        body: Type.Object(
          {
            code: Type.String({ minLength: 1, maxLength: 80 }),
            key: publicKey,
            signature: Type.String({ maxLength: 100 }),
          },
          exactly,
        ),
        response: { 201: Type.Object({ agent: text, installation: text }, exactly) },
        security: [],
      },
    },
    async (request, reply) => {
      const cause = causeOf(request)
      const { code, key, signature } = request.body
      const agent = agentOfCode(code)
      const found =
        agent === null
          ? undefined
          : await db.selectFrom('agents').select(['state']).where('id', '=', agent).executeTakeFirst()
      const invitation = found?.state.invitation ?? null
      if (agent === null || invitation === null || !isSameCode(code, enrolmentCode(keys.pepper, agent, invitation.id)))
        throw new Refusal('agents.wrong-code')
      const raw = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' })
      if (!verify(null, enrolText(code, key), raw, Buffer.from(signature, 'base64')))
        throw new Refusal('agents.wrong-key')
      const command = { type: 'agents.enrol', agent, invitation: invitation.id, key }
      // By key: the same PC may ask again when its answer was lost, another one with the same code is told that it is used.
      const once = { cause: `agent-enrol:${invitation.id}:${key}` }
      const asked = fingerprintOf(keys.pepper, { type: command.type, invitation: invitation.id, key })
      await inTransaction(db, async (trx) => {
        await claimCause(trx, `agent/${agent}`, cause)
        const earlier = await earlierAnswer(trx, `agent/${agent}`, cause, asked)
        await actWithin(trx, { person: SYSTEM }, command, once)
        if (earlier === null) await rememberAnswer(trx, `agent/${agent}`, cause, asked, ANSWERED)
      })
      await activity.record({
        ...{ at: now(), kind: 'sign-in', person: null, station: null },
        ...{ about: `agent ${agent}`, outcome: 'enrolled' },
      })
      return reply.code(201).send({ agent, installation: keys.installation })
    },
  )

  app.post(
    '/api/agents/:name/revoke',
    {
      schema: {
        tags,
        params: Type.Object({ name: id }, exactly),
        response: { 200: done },
      },
    },
    async (request) => {
      const command = { type: 'agents.revoke', agent: request.params.name }
      const answer = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...answer.facts] }
    },
  )

  app.get(
    '/api/agents/:name/ports',
    {
      schema: {
        tags,
        description:
          'What is plugged into the PC of this agent, under addresses as a station has them. System administrators only.',
        params: Type.Object({ name: id }, exactly),
        response: { 200: ports },
      },
    },
    async (request) => {
      const { appointments } = await loadActor(db, signedIn(request).person, now())
      if (!appointments.some(({ post }) => post === 'system-admin'))
        throw new Refusal('access.no-post', { posts: 'system-admin' })
      const { name: agent } = request.params
      const known = await db.selectFrom('agents').select('id').where('id', '=', agent).executeTakeFirst()
      if (known === undefined) throw new Refusal('agents.unknown', { agent })
      const found = await agents.ports(agent)
      if (found === null) throw new Refusal('agents.away', { agent })
      return { ports: found }
    },
  )

  app.get('/api/agents/live', { websocket: true, schema: { tags, security: [] } }, (socket, request) => {
    agents.serve(socket, request.ip)
  })
}

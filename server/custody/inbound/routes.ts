import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { causeOf, type RouteDependencies, whoOf } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { answering, exactly, orNull, uuid, words } from '../../schemas.ts'
import { acted } from '../answers-acts.ts'
import { askingOf } from '../asking.ts'
import { signatures, verifySignatures } from '../papers/signatures.ts'
import { isAnswered } from '../people/right.ts'
import { caseNumber } from '../schemas.ts'
import { mustBeOfficerOf } from '../separation.ts'
import { acceptSchemas } from './accept-schemas.ts'
import type { ShownInbound } from './protocol.ts'
import { inboundsOfCase, readInbound, shownInbounds } from './reads.ts'
import { inboundSchemas } from './schemas.ts'
import { mayWithdraw } from './withdrawing.ts'

const tags = ['custody']
const text = Type.String()
const count = Type.Integer()
const shape = <const P extends Parameters<typeof Type.Object>[0]>(properties: P) => Type.Object(properties, exactly)
const byNumber = shape({ number: caseNumber })
const byId = shape({ inbound: uuid })
const who = shape({ who: text, name: text })
const bringer = shape({ name: orNull(text), post: orNull(text) })
const seen = { weight_mg: orNull(count), seal: orNull(text), features: orNull(text) }
const line = shape({
  ...{ line: count, extra: Type.Boolean(), name: text, quantity: text, quantityUnit: text, ...seen },
  checked: orNull(
    shape({
      ...{ verdict: shape({ value: Type.Enum(['MATCHED', 'SHORT', 'SURPLUS', 'DIFFERENT']), words }) },
      ...{ quantity: orNull(text), ...seen, by: who, at: text },
    }),
  ),
  settled: orNull(
    shape({
      ...{ how: shape({ value: Type.Enum(['SENT_BACK', 'AS_FOUND']), words }), note: orNull(text), bringer },
      ...{ by: who, secondedBy: orNull(who), at: text },
    }),
  ),
  item: orNull(text),
})
const side = shape({
  on: orNull(Type.Enum(['screen', 'paper'])),
  strokes: orNull(Type.Array(Type.Array(count))),
  ...{ commitment: text, notSigned: orNull(text) },
})
const shown = answering<{ readonly inbound: readonly ShownInbound[] }>()(
  shape({
    inbound: Type.Array(
      shape({
        ...{ id: text, organ: text, number: text, day: text, theirCase: orNull(text), bringer, by: who, at: text },
        lines: Type.Array(line),
        ...{ unchecked: Type.Array(count), unsettled: Type.Array(count), taken: Type.Array(count) },
        ...{ acceptedAt: orNull(text), acceptedBy: orNull(who) },
        signed: orNull(shape({ bringer: side, receiver: side })),
        withdrawn: orNull(shape({ reason: orNull(text), by: who, at: text })),
        ...{ replaces: orNull(text), mayWithdraw: Type.Boolean() },
      }),
    ),
  }),
)

const { case: _, ...listProperties } = inboundSchemas['custody.list-inbound'].properties
const { inbound: _check, ...checkProperties } = inboundSchemas['custody.check-inbound'].properties
const { inbound: _settle, ...settleProperties } = inboundSchemas['custody.settle-inbound'].properties
const { inbound: _withdraw, ...withdrawProperties } = inboundSchemas['custody.withdraw-inbound'].properties
const { inbound: _accept, ...acceptProperties } = acceptSchemas['custody.accept-inbound'].properties

/** 接收核对 (rules C-35): lists of other organs to a case, from the list that came with the goods to their items. */
export const inboundRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act } = deps
  const { asker, recordRead, caseFor } = askingOf(deps)

  app.get(
    '/api/cases/:number/inbound',
    {
      schema: {
        tags,
        description: 'The lists with which other organs handed goods in to the case, line by line, the newest first.',
        params: byNumber,
        response: { 200: shown },
      },
    },
    async (request) => {
      const { of, person } = await caseFor(request, request.params.number)
      await recordRead(person, `case/${of.number}/inbound`)
      const { actor } = await asker(request)
      const found = await inboundsOfCase(db, of.number)
      return { inbound: await shownInbounds(db, found, (inbound) => mayWithdraw(inbound, of, actor)) }
    },
  )

  app.post(
    '/api/cases/:number/inbound',
    {
      schema: {
        tags,
        description: 'Enters the list that came with goods of another organ, as it is written.',
        params: byNumber,
        body: shape(listProperties),
        response: { 201: acted['list-inbound'] },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.list-inbound', case: request.params.number, ...request.body }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ ...(result as { inbound: string }), facts })
    },
  )

  app.post(
    '/api/inbound/:inbound/checks',
    {
      schema: {
        tags,
        description: 'What was found of lines of the list, and what came beside it.',
        params: byId,
        body: shape(checkProperties),
        response: { 201: acted['check-inbound'] },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.check-inbound', ...request.params, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts })
    },
  )

  app.post(
    '/api/inbound/:inbound/settlements',
    {
      schema: {
        tags,
        description: 'What becomes of a line that differs: sent back, or taken as found with a second signature.',
        params: byId,
        body: shape({ ...settleProperties, signatures }),
        response: { 201: acted['settle-inbound'] },
      },
    },
    async (request, reply) => {
      const { signatures: given = [], ...wanted } = request.body
      const [who, cause] = [whoOf(request), causeOf(request)]
      // Who may not act himself learns nothing of another's secret.
      if (given.length > 0 && !(await isAnswered(db, who.person, cause))) {
        const inbound = await readInbound(db, request.params.inbound)
        const unknown = new Refusal('custody.unknown-inbound', { inbound: request.params.inbound })
        if (inbound === null) throw unknown
        const { of } = await caseFor(request, inbound.case).catch((error: unknown) => {
          throw error instanceof Refusal ? unknown : error
        })
        mustBeOfficerOf((await asker(request)).actor, of)
      }
      const signers = await verifySignatures(deps, { person: who.person, address: request.ip }, given)
      const command = { type: 'custody.settle-inbound', ...request.params, ...wanted }
      const { facts } = await act({ ...who, with: signers }, command, { cause })
      return reply.code(201).send({ facts })
    },
  )

  app.post(
    '/api/inbound/:inbound/withdrawal',
    {
      schema: {
        tags,
        description: 'Withdraws a list that was typed wrongly, as a whole, before anything of it is accepted.',
        params: byId,
        body: shape(withdrawProperties),
        response: { 201: acted['withdraw-inbound'] },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.withdraw-inbound', ...request.params, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts })
    },
  )

  app.post(
    '/api/inbound/:inbound/acceptance',
    {
      schema: {
        tags,
        description: 'Registers every line that is taken, once all are checked and every difference is settled.',
        params: byId,
        body: shape(acceptProperties),
        response: { 201: acted.register },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.accept-inbound', ...request.params, ...request.body }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ ...result, facts })
    },
  )
}

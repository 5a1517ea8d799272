import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { causeOf, type RouteDependencies, whoOf } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { exactly, nextAfter, paged, pageOf } from '../../schemas.ts'
import { caseAccount, listCases } from '../account/accounts.ts'
import { acted } from '../answers-acts.ts'
import * as answers from '../answers.ts'
import { askingOf } from '../asking.ts'
import { signatures, verifySignatures } from '../papers/signatures.ts'
import { isAnswered } from '../people/right.ts'
import { readCase } from '../reads.ts'
import { caseNumber, schemas } from '../schemas.ts'
import { mustBeOfficerOf } from '../separation.ts'

const tags = ['custody']
const byNumber = Type.Object({ number: caseNumber }, exactly)

/** What a command says of a case, where the address names the case. */
function withoutCase<Properties extends { readonly case: unknown }>({
  case: _,
  ...properties
}: Properties): Omit<Properties, 'case'> {
  return properties
}

/** Cases and their accounts, and what is registered in them. */
export const caseRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, now } = deps
  const { asker, recordRead, caseFor } = askingOf(deps)

  app.post(
    '/api/cases',
    { schema: { tags, body: schemas['custody.open-case'], response: { 201: answers.openedCase } } },
    async (request, reply) => {
      const command = { type: 'custody.open-case', ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      // Whoever opens a case for others is told of it once, and has no part in it.
      const { sight } = await asker(request)
      const of = await readCase(db, request.body.number)
      if (of === null) throw new Refusal('custody.unknown-case', { case: request.body.number })
      return reply.code(201).send({ ...(await caseAccount(db, of, sight, now())), facts })
    },
  )

  app.get(
    '/api/cases',
    { schema: { tags, querystring: Type.Object(paged(caseNumber), exactly), response: { 200: answers.pages.cases } } },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, 'cases')
      const page = pageOf(request.query)
      const cases = await listCases(db, sight, { ...page, now: now() })
      return { cases, after: nextAfter(cases, page, ({ registered }) => registered) }
    },
  )

  app.get(
    '/api/cases/:number',
    { schema: { tags, params: byNumber, response: { 200: answers.caseAccount } } },
    async (request) => {
      const { of, sight, person } = await caseFor(request, request.params.number)
      await recordRead(person, `case/${of.number}`)
      return caseAccount(db, of, sight, now())
    },
  )

  const recusalProperties = withoutCase(schemas['custody.recuse'].properties)
  app.post(
    '/api/cases/:number/recusals',
    {
      schema: {
        tags,
        params: byNumber,
        body: Type.Object(recusalProperties, exactly),
        response: { 201: acted.recusal },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.recuse', case: request.params.number, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts })
    },
  )

  const joiningProperties = withoutCase(schemas['custody.join-officers'].properties)
  app.post(
    '/api/cases/:number/officers',
    {
      schema: {
        tags,
        description:
          'Takes officers of the department into the case: they handle it beside those who do. A head decides it.',
        params: byNumber,
        body: Type.Object(joiningProperties, exactly),
        response: { 201: acted.officers },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.join-officers', case: request.params.number, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts })
    },
  )

  const targetProperties = withoutCase(schemas['custody.state-target'].properties)
  app.post(
    '/api/cases/:number/target',
    {
      schema: { tags, params: byNumber, body: Type.Object(targetProperties, exactly), response: { 201: acted.target } },
    },
    async (request, reply) => {
      const command = { type: 'custody.state-target', case: request.params.number, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts })
    },
  )

  const filingProperties = withoutCase(schemas['custody.state-filing'].properties)
  app.post(
    '/api/cases/:number/filing',
    {
      schema: {
        tags,
        description:
          'Says on which day the case was filed: nothing is registered as taken before, but for what the rules name.',
        params: byNumber,
        body: Type.Object(filingProperties, exactly),
        response: { 201: acted['state-filing'] },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.state-filing', case: request.params.number, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts })
    },
  )

  const checkProperties = withoutCase(schemas['custody.check-measure'].properties)
  app.post(
    '/api/cases/:number/checks',
    {
      schema: {
        tags,
        description: 'Says which points of the checklist were seen to when the things of a notice were taken.',
        params: byNumber,
        body: Type.Object(checkProperties, exactly),
        response: { 201: acted['check-measure'] },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.check-measure', case: request.params.number, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts })
    },
  )

  const renumberProperties = withoutCase(schemas['custody.renumber-case'].properties)
  app.post(
    '/api/cases/:number/corrections',
    {
      schema: {
        tags,
        description: 'Puts the number of the case right; it is found by every number that it ever had.',
        params: byNumber,
        body: Type.Object({ ...renumberProperties, signatures }, exactly),
        response: { 201: acted.renumbering },
      },
    },
    async (request, reply) => {
      const { signatures: given = [], ...wanted } = request.body
      const [who, cause] = [whoOf(request), causeOf(request)]
      if (given.length > 0 && !(await isAnswered(db, who.person, cause))) {
        const { of } = await caseFor(request, request.params.number)
        mustBeOfficerOf((await asker(request)).actor, of)
      }
      const signers = await verifySignatures(deps, { person: who.person, address: request.ip }, given)
      const command = { type: 'custody.renumber-case', case: request.params.number, ...wanted }
      const { facts, result } = await act({ ...who, with: signers }, command, { cause })
      return reply.code(201).send({ ...(result as { number: string }), facts })
    },
  )

  const registerProperties = withoutCase(schemas['custody.register'].properties)
  app.post(
    '/api/cases/:number/items',
    {
      schema: {
        tags,
        params: byNumber,
        body: Type.Object(registerProperties, exactly),
        response: { 201: acted.register },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.register', case: request.params.number, ...request.body }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ ...result, facts })
    },
  )
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { DISPOSAL_FORMS, disposalForm, type DisposalFormKind } from '../../labels/documents/disposal-form.ts'
import { loadActor } from '../access/actor.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../http.ts'
import { Refusal } from '../refusal.ts'
import { bytes, exactly } from '../schemas.ts'
import { caseAccount } from './accounts.ts'
import { acted } from './answers-acts.ts'
import { shownDisposal } from './answers.ts'
import { DISPOSAL_RECIPIENTS, disposalPaperOf } from './disposal-paper.ts'
import { readDisposal, shownDisposals } from './disposal-reads.ts'
import type { Disposal } from './disposal.ts'
import { drawn } from './paper-routes.ts'
import { readCase, readItem } from './reads.ts'
import { caseNumber, code } from './schemas.ts'
import { seesCase, seesItem } from './sees.ts'
import { sightOf } from './sight.ts'

const tags = ['custody']
const ACTS_MAX = 500
const copyNumber = Type.Integer({ minimum: 1, maximum: 9 })

/** The papers of disposal, and the gate that a case is closed through. */
export const disposalRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, activity, now } = deps
  const recordRead = (person: string, about: string): Promise<void> =>
    activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })
  const sightFor = async (person: string) => sightOf(db, await loadActor(db, person, now()), now())

  app.post(
    '/api/cases/:number/close',
    {
      schema: {
        tags,
        description:
          '案结物清: 200 with the items that lawfully stay open, or a refusal whose `blocks` name each item in the way, what is wanting, who holds it and what is due when.',
        params: Type.Object({ number: caseNumber }, exactly),
        response: { 200: acted['close-case'] },
      },
    },
    async (request) => {
      const { number } = request.params
      try {
        const command = { type: 'custody.close-case', case: number }
        const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
        return { ...result, facts }
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'custody.case-not-clean') throw error
        const of = await readCase(db, number)
        if (of === null) throw error
        const { blocks, exceptions } = await caseAccount(db, of, await sightFor(whoOf(request).person), now())
        throw new Refusal(error.code, error.values, { blocks, exceptions })
      }
    },
  )

  app.get(
    '/api/disposals/:code',
    { schema: { tags, params: Type.Object({ code }, exactly), response: { 200: shownDisposal } } },
    async (request) => {
      const { person } = signedIn(request)
      const found = await disposalInSight(deps, person, request.params.code)
      await activity.record({
        ...{ at: now(), kind: 'read', person, station: null },
        ...{ about: `disposal/${found.code}`, outcome: 'ok' },
      })
      const [shown] = await shownDisposals(db, [found], now())
      return shown
    },
  )

  for (const kind of Object.keys(DISPOSAL_FORMS) as DisposalFormKind[]) {
    app.get(
      `/api/disposals/:code/${kind}.pdf`,
      {
        schema: {
          tags,
          description: `${DISPOSAL_FORMS[kind].formNumber} ${DISPOSAL_FORMS[kind].title}; \`act\` is which of its acts, counted from one.`,
          params: Type.Object({ code }, exactly),
          querystring: Type.Object(
            { act: Type.Optional(Type.Integer({ minimum: 1, maximum: ACTS_MAX })), copy: Type.Optional(copyNumber) },
            exactly,
          ),
          produces: ['application/pdf'],
          response: { 200: bytes },
        },
      },
      async (request, reply) => {
        const { person } = signedIn(request)
        const found = await disposalInSight(deps, person, request.params.code)
        await recordRead(person, `disposal/${found.code}/${kind}`)
        const recipients = DISPOSAL_RECIPIENTS[kind]
        const number = Math.min(request.query.copy ?? 1, recipients.length)
        const copy = { number, of: recipients.length, recipient: recipients[number - 1] ?? '' }
        const form = await disposalPaperOf(db, found, kind, { nth: request.query.act ?? 1, copy })
        return reply.type('application/pdf').send(await drawn(() => disposalForm(form, new Date(now()))))
      },
    )
  }
}

/**
 * The paper, if there is one and this person may see its case, or keeps one of its items.
 * @throws Refusal `custody.unknown-disposal`
 */
export async function disposalInSight(
  { db, now }: Pick<RouteDependencies, 'db' | 'now'>,
  person: string,
  wanted: string,
): Promise<Disposal> {
  const found = await readDisposal(db, wanted)
  if (found !== null) {
    const sight = await sightOf(db, await loadActor(db, person, now()), now())
    if (seesCase(sight, { number: found.case, unit: found.unit })) return found
    const [first = ''] = found.items
    const item = await readItem(db, first)
    if (item !== null && seesItem(sight, item)) return found
  }
  throw new Refusal('custody.unknown-disposal', { disposal: wanted })
}

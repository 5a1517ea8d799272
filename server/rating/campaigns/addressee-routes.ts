import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../../http.ts'
import { readPersonal } from '../../ledger/personal.ts'
import { namesOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import { answering, done, exactly, facts, uuid } from '../../schemas.ts'
import { count, named, text } from '../answers.ts'
import { mayRun } from './campaign.ts'
import type { ShownAddressees } from './protocol.ts'
import { campaignFor } from './read.ts'
import { campaignSchemas } from './schemas.ts'

const tags = ['rating']
const params = Type.Object({ campaign: uuid }, exactly)
const lists = answering<ShownAddressees>()(
  Type.Object(
    {
      lists: Type.Array(
        Type.Object(
          {
            ...{ id: text, group: text, by: named, at: text },
            lines: Type.Array(Type.Object({ line: count, name: text, given: Type.Boolean() }, exactly)),
          },
          exactly,
        ),
      ),
    },
    exactly,
  ),
)
const { group, names } = campaignSchemas['rating.list-addressees'].properties
const { lines, given } = campaignSchemas['rating.mark-addressees'].properties

/** Who is to be given the codes and papers of a campaign, and who was: for the supervisors that give them out, and nobody else. */
export const addresseeRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (
  app,
  { db, act, activity, now },
) => {
  app.get(
    '/api/rating/campaigns/:campaign/addressees',
    {
      schema: {
        ...{ tags, params, response: { 200: lists } },
        description:
          'Who is to be given a code or a paper of a campaign, and a tick beside who was; never which code. For supervisors of the unit that holds it; each look is recorded.',
      },
    },
    async (request) => {
      const { person } = signedIn(request)
      const { campaign: id } = request.params
      const actor = await loadActor(db, person, now())
      const { unit, addressees = [] } = await campaignFor(db, actor, id)
      if (!mayRun(actor, unit)) throw new Refusal('rating.campaign-not-yours', { unit })
      const about = `rating campaign ${id} addressees`
      await activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })
      const said = await readPersonal(
        db,
        addressees.map((one) => one.names.ref),
      )
      const nameOf = await namesOf(
        db,
        addressees.map(({ by }) => `person/${by}`),
      )
      return {
        lists: addressees.map((one) => {
          const content = said.get(one.names.ref)
          const all = Array.isArray(content) ? content : []
          return {
            ...{ id: one.id, group: one.group, at: one.at },
            by: { id: one.by, name: nameOf(`person/${one.by}`).name },
            lines: Array.from({ length: one.count }, (_, nth) => ({
              ...{ line: nth + 1, given: one.given.includes(nth + 1) },
              // Erased, where it is not there any more.
              name: String(all[nth] ?? ''),
            })),
          }
        }),
      }
    },
  )

  app.post(
    '/api/rating/campaigns/:campaign/addressees',
    {
      schema: {
        ...{ tags, params, body: Type.Object({ group, names }, exactly) },
        description: 'Writes down who of a group of voters is to be given a code or a paper, a name each.',
        response: { 201: Type.Object({ facts, list: Type.String() }, exactly) },
      },
    },
    async (request, reply) => {
      const command = { type: 'rating.list-addressees', ...request.params, ...request.body }
      const listed = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts: [...listed.facts], list: String(listed.result['list']) })
    },
  )

  app.post(
    '/api/rating/campaigns/:campaign/addressees/:list/mark',
    {
      schema: {
        ...{ tags, params: Type.Object({ campaign: uuid, list: uuid }, exactly), response: { 200: done } },
        description: 'Ticks those who were given a code or a paper, or takes the tick back where it came back.',
        body: Type.Object({ lines, given }, exactly),
      },
    },
    async (request) => {
      const command = { type: 'rating.mark-addressees', ...request.params, ...request.body }
      const { facts: written } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...written] }
    },
  )
}

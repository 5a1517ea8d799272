import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { done, exactly, nextAfter, paged, pageOf } from '../../schemas.ts'
import * as answers from '../answers.ts'
import { acted } from '../answers-acts.ts'
import { containerInSight, itemsInBox, listContainers, openedContainer } from './container-reads.ts'
import { listLying } from '../reads.ts'
import { isAnswered } from '../people/right.ts'
import { code, id } from '../schemas.ts'
import { keepingSchemas } from './schemas.ts'
import { seesStore } from '../sight/sees.ts'
import { mustKeep } from '../separation.ts'
import { signatures, verifySignatures } from '../papers/signatures.ts'
import { sightOf } from '../sight/sight.ts'

const tags = ['custody']
const byStore = Type.Object({ id }, exactly)
const byCode = Type.Object({ code }, exactly)

/** What is done to one box: its command, and what else the body says. */
const DEEDS = {
  move: { type: 'custody.move-container', said: 'The box is carried to another location with everything in it.' },
  seal: { type: 'custody.seal-container', said: 'Two custodians close the box: nothing goes in or out.' },
  return: {
    type: 'custody.return-container',
    said: 'A box that was lent is back; under an unbroken seal, with everything that is still out in it.',
  },
  open: { type: 'custody.open-container', said: 'Two custodians open the sealed box.' },
} as const

interface Asked {
  readonly signatures?: Static<typeof signatures>
}

/** Boxes of a store: what they are, what they hold, and what its custodians do with them. */
export const containerRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, activity, now } = deps
  type Asking = Parameters<typeof signedIn>[0]

  const asker = async (request: Asking) => {
    const actor = await loadActor(db, signedIn(request).person, now())
    return { actor, sight: await sightOf(db, actor, now()) }
  }

  const recordRead = (person: string, about: string): Promise<void> =>
    activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })

  app.get(
    '/api/stores/:id/containers',
    {
      schema: {
        tags,
        params: byStore,
        querystring: Type.Object(paged(code), exactly),
        response: { 200: answers.pages.containers },
      },
    },
    async (request) => {
      const { sight } = await asker(request)
      const store = request.params.id
      if (!seesStore(sight, store)) throw new Refusal('access.not-yours', { what: store })
      const page = pageOf(request.query)
      const containers = await listContainers(db, store, page)
      return { containers, after: nextAfter(containers, page, (container) => container.code) }
    },
  )

  app.get(
    '/api/locations/:code/items',
    {
      schema: {
        tags,
        description: 'What lies at a location of a store in sight, in boxes and out of them.',
        params: byCode,
        querystring: Type.Object(paged(code), exactly),
        response: { 200: answers.pages.items },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      const location = request.params.code
      const found = await db.selectFrom('locations').select('store').where('id', '=', location).executeTakeFirst()
      if (found === undefined || !seesStore(sight, found.store))
        throw new Refusal('custody.unknown-location', { location })
      await recordRead(actor.person, `location/${location}`)
      const page = pageOf(request.query)
      const items = await listLying(db, location, now(), page)
      return { items, after: nextAfter(items, page, (item) => item.code) }
    },
  )

  const { store: _, ...newBox } = keepingSchemas['custody.add-container'].properties
  app.post(
    '/api/stores/:id/containers',
    { schema: { tags, params: byStore, body: Type.Object(newBox, exactly), response: { 201: acted['add-location'] } } },
    async (request, reply) => {
      const command = { type: 'custody.add-container', store: request.params.id, ...request.body }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ ...result, facts })
    },
  )

  app.get(
    '/api/containers/:code',
    { schema: { tags, params: byCode, response: { 200: answers.openedContainer } } },
    async (request) => {
      const { actor, sight } = await asker(request)
      const box = await containerInSight(db, sight, request.params.code)
      await recordRead(actor.person, `container/${box.code}`)
      return openedContainer(db, box, now())
    },
  )

  app.get(
    '/api/containers/:code/items',
    {
      schema: {
        tags,
        description: 'What lies in a box, as far as it is in sight: an officer asks for a whole box by it.',
        params: byCode,
        querystring: Type.Object(paged(code), exactly),
        response: { 200: answers.pages.items },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, `container/${request.params.code}`)
      const page = pageOf(request.query)
      const items = await itemsInBox(db, sight, request.params.code, { now: now(), page })
      return { items, after: nextAfter(items, page, (item) => item.code) }
    },
  )

  for (const [name, { type, said }] of Object.entries(DEEDS)) {
    const { container: __, ...properties } = keepingSchemas[type].properties
    app.post(
      `/api/containers/:code/${name}`,
      {
        schema: {
          tags,
          description: said,
          params: byCode,
          body: Type.Object({ ...properties, signatures }, exactly),
          response: { 200: done },
        },
      },
      async (request) => {
        const { signatures: given = [], ...wanted } = request.body as unknown as Asked
        const who = whoOf(request)
        const cause = causeOf(request)
        // Nobody's PIN is looked at for who may not act himself.
        if (given.length > 0 && !(await isAnswered(db, who.person, cause))) {
          const { actor, sight } = await asker(request)
          const { store } = await containerInSight(db, sight, request.params.code)
          mustKeep({ actor, station: null }, store)
        }
        const signers = await verifySignatures(deps, { person: who.person, address: request.ip }, given)
        const command = { type, container: request.params.code, ...wanted }
        const { facts } = await act({ ...who, with: signers }, command, { cause })
        return { facts: [...facts] }
      },
    )
  }
}

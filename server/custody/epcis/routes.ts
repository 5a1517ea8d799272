import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { type RouteDependencies, signedIn } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { bytes, exactly } from '../../schemas.ts'
import { readChain } from '../chain/chain.ts'
import { epcisDocument } from './epcis.ts'
import { ZONE } from '../papers/paper-words.ts'
import { mayLookUp, readItem } from '../reads.ts'
import { code } from '../schema-parts.ts'
import { sightOf } from '../sight/sight.ts'

const byCode = Type.Object({ code }, exactly)

/** The chain of an item in the exchange format that other systems read. */
export const epcisRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { db, activity, now }) => {
  app.get(
    '/api/items/:code/epcis.jsonld',
    {
      schema: {
        tags: ['custody'],
        description:
          'The chain of the item as an EPCIS 2.0 document; `clearhold:intact` says whether it could be proven.',
        params: byCode,
        produces: ['application/ld+json'],
        response: { 200: bytes },
      },
    },
    async (request, reply) => {
      const at = now()
      const actor = await loadActor(db, signedIn(request).person, at)
      const wanted = request.params.code
      const item = await readItem(db, wanted)
      if (item === null || !(await mayLookUp(db, await sightOf(db, actor, at), item)))
        throw new Refusal('custody.unknown-item', { item: wanted })
      const about = `item/${item.code}/epcis`
      await activity.record({ at, kind: 'read', person: actor.person, station: null, about, outcome: 'ok' })
      const { entries, faults } = await readChain(db, item.code)
      const document = epcisDocument(item, entries, { intact: faults.length === 0, at, zone: ZONE })
      return reply
        .type('application/ld+json; charset=utf-8')
        .header('content-disposition', `attachment; filename="${item.code}.epcis.jsonld"`)
        .send(Buffer.from(JSON.stringify(document, null, 2)))
    },
  )
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../../http.ts'
import { namesOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import { exactly } from '../../schemas.ts'
import type { Desk } from '../../stations/desk.ts'
import type { OrderAnswer } from '../../stations/protocol.ts'
import { readStation } from '../../stations/registry.ts'
import { mayWorkAt } from '../../stations/routing.ts'
import { writtenTag } from '../answers.ts'
import type { WrittenTag } from '../protocol.ts'
import { code, id } from '../schemas.ts'
import { NOT_SAID } from './tags.ts'

export interface TagRouteOptions extends RouteDependencies {
  readonly desk: Pick<Desk, 'order' | 'mustDrive'>
}

/**
 * Writing an item's tag at a reader of a station where one may work. It is in the register as wanted before anything goes on the air, and as bound only when the EPC was
 * read back; the same request again writes nothing again.
 */
export const tagRoutes: FastifyPluginAsyncTypebox<TagRouteOptions> = async (app, { db, act, now, desk }) => {
  app.post(
    '/api/items/:code/tag',
    {
      schema: {
        tags: ['custody'],
        description:
          'Writes the EPC of the item to the one tag before a reader, and binds that tag when it reads back.',
        params: Type.Object({ code }, exactly),
        body: Type.Object({ station: id, device: id }, exactly),
        response: { 200: writtenTag },
      },
    },
    async (request): Promise<WrittenTag> => {
      const who = whoOf(request)
      const cause = causeOf(request)
      const item = request.params.code
      const { station, device } = request.body
      const { kind, place, devices } = await readStation(db, station)
      const { appointments } = await loadActor(db, who.person, now())
      if (!mayWorkAt({ kind, place }, { posts: appointments }))
        throw new Refusal(kind === 'desk' ? 'stations.no-post-at-desk' : 'stations.no-post-here', {
          name: (await namesOf(db, [`person/${who.person}`]))(`person/${who.person}`).name,
          place,
        })
      if (!devices.some((one) => one.id === device && one.kind === 'rfid'))
        throw new Refusal('stations.unknown-device', { station, device })
      desk.mustDrive(station, device)
      const { result } = await act(who, { type: 'custody.want-tag', item, station }, { cause })
      const order = { do: 'write-tag', epc: String(result['epc']) } as const
      const answer = await desk.order(station, { person: signedIn(request).person, key: cause, device, order })
      await act(who, { item, wanted: String(result['wanted']), ...outcomeOf(answer) }, { cause: `${cause}:tag` })
      return {
        outcome: answer.outcome === 'done' ? 'bound' : answer.outcome,
        words: answer.words,
        tag: answer.tag ?? null,
      }
    },
  )
}

function outcomeOf({ outcome, tag, why }: OrderAnswer) {
  if (outcome === 'done') return { type: 'custody.tag-bound', tid: tag?.tid ?? null }
  const is = outcome === 'unknown' ? 'unknown' : 'failed'
  return { type: 'custody.tag-not-written', outcome: is, why: why ?? (outcome === 'unable' ? 'unable' : NOT_SAID) }
}

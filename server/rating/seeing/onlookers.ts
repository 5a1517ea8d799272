import type { FastifyRequest } from 'fastify'
import { loadActor } from '../../access/actor.ts'
import { type RouteDependencies, signedIn } from '../../http.ts'
import { Refusal } from '../../refusal.ts'

/** Who may look at the figures of a hall, and the record that he did. */
export function onlookers({ db, activity, now }: Pick<RouteDependencies, 'db' | 'activity' | 'now'>): {
  mustSee: (request: FastifyRequest, hall: string) => Promise<string>
  recordRead: (person: string, hall: string) => Promise<void>
} {
  return {
    /** Who asks, if he may see the figures of the hall. @throws Refusal `rating.not-for-you` */
    async mustSee(request, hall) {
      const { person } = signedIn(request)
      const { appointments } = await loadActor(db, person, now())
      if (!appointments.some(({ post, place }) => (post === 'manager' && place === hall) || post === 'supervisor'))
        throw new Refusal('rating.not-for-you')
      return person
    },
    async recordRead(person, hall) {
      const about = `rating ${hall}`
      await activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })
    },
  }
}

import type { FastifyRequest } from 'fastify'
import { loadActor } from '../access/actor.ts'
import { type RouteDependencies, signedIn } from '../http.ts'
import type { Post } from '../module.ts'
import { Refusal } from '../refusal.ts'

/**
 * Lets who holds one of these posts read something of the organisation, and records the read before it is answered.
 * @throws Refusal `access.no-post`
 */
export function readingFor({ db, activity, now }: Pick<RouteDependencies, 'db' | 'activity' | 'now'>) {
  return async (request: FastifyRequest, about: string, posts: readonly Post[]): Promise<void> => {
    const { person, appointments } = await loadActor(db, signedIn(request).person, now())
    if (!appointments.some((held) => posts.includes(held.post)))
      throw new Refusal('access.no-post', { posts: posts.join(', ') })
    await activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })
  }
}

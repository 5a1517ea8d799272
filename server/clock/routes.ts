import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../access/actor.ts'
import { waitingOver } from '../approvals/waiting.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../http.ts'
import type { Actor } from '../module.ts'
import { namesOf } from '../names.ts'
import { Refusal } from '../refusal.ts'
import { exactly, nextAfter, paged, pageOf, uuid } from '../schemas.ts'
import { allRows } from '../table.ts'
import { fileRoutes } from '../table-routes.ts'
import { changesOf } from './changes.ts'
import { causeEnded, counts, deadlinesPage, shownDeadline } from './answers.ts'
import { calendarRoutes } from './calendar-routes.ts'
import { loadCalendars } from './calendars.ts'
import { deadlineTable } from './deadline-table.ts'
import { hasCause } from './causes.ts'
import type { Clock } from './clock.ts'
import { answersFor, deedsOpen } from './deeds.ts'
import { extendedDueOf, furtherOf, reviewUntilOf } from './extending.ts'
import type { DeadlineDeed, ShownDeadline } from './protocol.ts'
import { countClocks, LIST_STATES, listClocks, type ListState, type Looking, readClock } from './reads.ts'
import { ruleRoutes } from './rule-routes.ts'
import type { Aside } from './aside.ts'
import { clockSightOf } from './sight.ts'
import type { NamesInSight } from './things.ts'
import type { Triggers } from './triggers.ts'

const tags = ['clock']
/** Which of them a list shows. */
const chosen = {
  state: Type.Optional(Type.Unsafe<ListState>(Type.Enum([...LIST_STATES]))),
  unit: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' })),
}

/** Running deadlines, calendars and the rules they come from. */
export const clockRoutes: FastifyPluginAsyncTypebox<
  RouteDependencies & { triggers: Triggers; names: NamesInSight; aside: Aside }
> = async (app, deps) => {
  const { db, act, activity, now, triggers, names, aside } = deps
  await app.register(calendarRoutes, deps)
  await app.register(ruleRoutes, deps)

  /** It is recorded who looked. */
  const reading = async (person: string, about: string): Promise<Actor> => {
    const actor = await loadActor(db, person, now())
    await activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })
    return actor
  }

  const sightOf = (actor: Actor) => clockSightOf(db, actor, { now: now(), aside })

  /** What waits for a decision over a clock, or over the loan that it runs of. */
  const askedOver = async ({ id, matter }: Clock): Promise<ShownDeadline['asked']> => {
    const waits = await waitingOver(db, { member: 'clock', id }, now())
    const [kind, of = ''] = matter.split('/', 2)
    const ofLoan = kind === 'loan' ? await waitingOver(db, { member: 'loan', id: of }, now()) : []
    const all = [...waits, ...ofLoan]
    const named = await namesOf(
      db,
      all.map(({ requester }) => `person/${requester}`),
    )
    return all.map(({ command, requester, askedAt }) => ({
      ...{ deed: command as DeadlineDeed, by: named(`person/${requester}`).name, askedAt },
    }))
  }

  app.get(
    '/api/deadlines',
    {
      schema: {
        tags,
        description: 'Deadlines that concern the asker, what is due first before the rest; supervisors see all.',
        querystring: Type.Object({ ...chosen, ...paged(uuid) }, exactly),
        response: { 200: deadlinesPage },
      },
    },
    async (request) => {
      const actor = await reading(signedIn(request).person, 'deadlines')
      const { state = null, unit = null } = request.query
      const page = pageOf(request.query)
      const looking: Looking = { actor, now: now(), names }
      const sight = await sightOf(actor)
      const deadlines = await listClocks(db, sight, looking, { state, unit, ...page })
      return { deadlines, after: nextAfter(deadlines, page, ({ id }) => id) }
    },
  )

  fileRoutes(app, {
    ...{ list: 'deadlines', tags, description: 'Deadlines that concern the asker, as on the list.', query: chosen },
    async table(request, language, { state, unit = null }) {
      const actor = await reading(signedIn(request).person, 'deadlines')
      const looking: Looking = { actor, now: now(), names }
      const sight = await sightOf(actor)
      const wanted = { state: LIST_STATES.find((one) => one === state) ?? null, unit }
      const rows = await allRows(async (page) => {
        const found = await listClocks(db, sight, looking, { ...wanted, ...page })
        return { rows: found, after: nextAfter(found, page, ({ id }) => id) }
      })
      return deadlineTable(rows, language)
    },
  })

  app.get(
    '/api/deadlines/:id',
    {
      schema: {
        tags,
        description: 'One deadline, with who was told when, and what the asker may ask for over it.',
        params: Type.Object({ id: uuid }, exactly),
        response: { 200: shownDeadline },
      },
    },
    async (request): Promise<ShownDeadline> => {
      const { id } = request.params
      const actor = await reading(signedIn(request).person, `clock/${id}`)
      const found = await readClock(db, await sightOf(actor), id, { actor, now: now(), names })
      if (found === null) throw new Refusal('clock.unknown', { clock: id })
      const { clock, shown } = found
      const standIns = await aside.standInsIn(db, clock.matter)
      const calendars = await loadCalendars(db)
      const open = deedsOpen(triggers, { clock, standIns, calendars }, actor, now())
      const answers = clock.state === 'running' && answersFor(actor, clock, standIns)
      const more: readonly DeadlineDeed[] = [
        ...(answers && shown.matter.kind === 'loan' ? (['extend-loan'] as const) : []),
        ...(answers && hasCause(clock) ? (['end-cause'] as const) : []),
      ]
      const asked = await askedOver(clock)
      const may = [...open, ...more].filter((one) => !asked.some(({ deed }) => deed === one))
      const changes = await changesOf(db, id)
      const at = now()
      return {
        ...{ ...shown, may, asked, changes, reviewUntil: reviewUntilOf(clock, calendars, at) },
        ...{ extendedDue: extendedDueOf(clock, calendars, at), further: furtherOf(clock, at) },
      }
    },
  )

  app.post(
    '/api/deadlines/:id/cause-ended',
    {
      schema: {
        tags,
        description:
          'Says that the cause for which a deadline was put off is no more: it is due at the end of this day.',
        ...{
          params: Type.Object({ id: uuid }, exactly),
          body: Type.Object({}, exactly),
          response: { 200: causeEnded },
        },
      },
    },
    async (request) => {
      const command = { type: 'clock.end-cause', clock: request.params.id }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { ...result, facts }
    },
  )

  app.get('/api/deadlines/counts', { schema: { tags, response: { 200: counts } } }, async (request) => {
    const actor = await reading(signedIn(request).person, 'deadlines')
    return { units: await countClocks(db, await sightOf(actor), now()) }
  })
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../access/actor.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../http.ts'
import { readPersonal } from '../ledger/personal.ts'
import type { Actor, Sealed } from '../module.ts'
import { namesOf, textOf } from '../names.ts'
import { answering, done, exactly, facts, nextAfter, orNull, paged, pageOf, pageWith, uuid, words } from '../schemas.ts'
import {
  type Leak,
  LEAK_KINDS,
  type LeakKind,
  leakTerms,
  mayClose,
  seesLeak,
  stillToTell,
  type Told,
  TOLD,
} from './leaks.ts'
import { bodies } from './module.ts'
import type { SaidOfLeak, ShownLeak, ShownLeakKind } from './protocol.ts'
import { listLeaks } from './store.ts'

const tags = ['leaks']
const plain = Type.String()
const yes = Type.Boolean()
const told = Type.Unsafe<Told>(Type.Enum([...TOLD]))
const kind = Type.Unsafe<LeakKind>(Type.Enum([...LEAK_KINDS]))
const said = { by: Type.Object({ who: plain, name: plain }, exactly), at: plain, text: orNull(plain) }

const shownLeak = answering<ShownLeak>()(
  Type.Object(
    {
      ...{ id: plain, kind: Type.Object({ value: kind, words }, exactly), foundAt: plain, concerned: orNull(plain) },
      ...{ what: Type.Object(said, exactly), dueAt: plain, basis: plain, overdue: yes, stillToTell: Type.Array(told) },
      measures: Type.Array(Type.Object(said, exactly)),
      told: Type.Array(Type.Object({ ...said, whom: told }, exactly)),
      closed: orNull(Type.Object({ ...said, untold: orNull(plain) }, exactly)),
      ...{ mayAct: yes, mayClose: yes },
    },
    exactly,
  ),
)
const kinds = answering<{ readonly kinds: readonly ShownLeakKind[] }>()(
  Type.Object(
    {
      kinds: Type.Array(
        Type.Object({ value: kind, words, hours: Type.Integer(), tell: Type.Array(told), basis: plain }, exactly),
      ),
    },
    exactly,
  ),
)

/** The register of leaks: whoever finds one registers it, supervisors see all of them. */
export const leakRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { db, act, activity, now }) => {
  app.get(
    '/api/leaks',
    {
      schema: {
        tags,
        description: 'Leaks in sight, the newest first.',
        querystring: Type.Object(paged(uuid), exactly),
        response: { 200: pageWith('leaks', shownLeak) },
      },
    },
    async (request) => {
      const actor = await loadActor(db, signedIn(request).person, now())
      await activity.record({
        at: now(),
        kind: 'read',
        person: actor.person,
        station: null,
        about: 'leaks',
        outcome: 'ok',
      })
      const page = pageOf(request.query)
      const found = await listLeaks(db, actor, page)
      return { leaks: await shown(found, actor), after: nextAfter(found, page, ({ id }) => id) }
    },
  )

  app.get('/api/leaks/kinds', { schema: { tags, response: { 200: kinds } } }, async (request) => {
    signedIn(request)
    return { kinds: LEAK_KINDS.map((value) => ({ value, ...termOf(value) })) }
  })

  app.post(
    '/api/leaks',
    {
      schema: {
        tags,
        body: bodies.register,
        response: { 201: Type.Object({ id: plain, facts }, exactly) },
      },
    },
    async (request, reply) => {
      const command = { type: 'leaks.register', ...request.body }
      const { facts: written, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ id: String(result['id']), facts: [...written] })
    },
  )

  for (const step of ['note-measure', 'tell', 'close'] as const)
    app.post(
      `/api/leaks/:id/${step}`,
      {
        schema: { tags, params: Type.Object({ id: uuid }, exactly), body: bodies[step], response: { 200: done } },
      },
      async (request) => {
        const command = { type: `leaks.${step}`, leak: request.params.id, ...request.body }
        const { facts: written } = await act(whoOf(request), command, { cause: causeOf(request) })
        return { facts: [...written] }
      },
    )

  const shown = async (found: readonly Leak[], actor: Actor): Promise<ShownLeak[]> => {
    const called = await namesOf(
      db,
      found.flatMap(({ by, measures, told: those, closed }) =>
        [by, closed?.by ?? by, ...measures.map((one) => one.by), ...those.map((one) => one.by)].map(
          (one) => `person/${one}`,
        ),
      ),
    )
    const contents = await readPersonal(
      db,
      found.flatMap(({ what, concerned, measures, told: those, closed }) =>
        [
          what,
          concerned,
          closed?.text,
          closed?.untold,
          ...measures.map(({ text }) => text),
          ...those.map(({ who }) => who),
        ].flatMap((one) => one?.ref ?? []),
      ),
    )
    const read = (sealed: Sealed | null): string | null => (sealed === null ? null : textOf(contents.get(sealed.ref)))
    const at = now()
    const saying = (one: { readonly by: string; readonly at: string }, text: Sealed): SaidOfLeak => ({
      ...{ by: called(`person/${one.by}`), at: one.at, text: read(text) },
    })
    return found.map((leak) => ({
      ...{ id: leak.id, kind: { value: leak.kind, words: leakTerms[leak.kind].words }, foundAt: leak.foundAt },
      ...{ what: saying(leak, leak.what), concerned: read(leak.concerned), dueAt: leak.dueAt, basis: leak.basis },
      ...{
        stillToTell: stillToTell(leak),
        overdue: leak.closed === null && stillToTell(leak).length > 0 && leak.dueAt < at,
      },
      measures: leak.measures.map((one) => saying(one, one.text)),
      told: leak.told.map((one) => ({ ...saying(one, one.who), whom: one.whom })),
      closed:
        leak.closed === null ? null : { ...saying(leak.closed, leak.closed.text), untold: read(leak.closed.untold) },
      ...{ mayAct: leak.closed === null && seesLeak(leak, actor), mayClose: mayClose(leak, actor) },
    }))
  }
}

function termOf(value: LeakKind): Omit<ShownLeakKind, 'value'> {
  const { words: called, hours, tell, basis } = leakTerms[value]
  return { words: called, hours, tell, basis }
}

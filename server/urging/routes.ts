import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../access/actor.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../http.ts'
import { readPersonal } from '../ledger/personal.ts'
import { loadStates } from '../ledger/project.ts'
import type { Actor, Sealed } from '../module.ts'
import { namesOf, textOf } from '../names.ts'
import { Refusal } from '../refusal.ts'
import { answering, done, exactly, nextAfter, orNull, paged, pageOf, pageWith, uuid } from '../schemas.ts'
import { allRows } from '../table.ts'
import { fileRoutes } from '../table-routes.ts'
import { moment, words } from './module.ts'
import type { Said, ShownUrging } from './protocol.ts'
import type { UrgingsApart } from './apart.ts'
import { listUrgings, seesUrging, urgings } from './store.ts'
import { urgingTable } from './urging-table.ts'
import {
  mayAnswer,
  mayJudge,
  mayWithdraw,
  numberOf,
  type Urging,
  URGING_METHODS,
  URGING_REASONS,
  URGING_STATES,
  type UrgingMethod,
  type UrgingReason,
  type UrgingState,
} from './urging.ts'

const tags = ['urgings']
const plain = Type.String()
const yes = Type.Boolean()
const named = Type.Object({ who: plain, name: plain }, exactly)
const said = { by: named, at: plain, text: orNull(plain) }
const state = Type.Unsafe<UrgingState>(Type.Enum([...URGING_STATES]))

const shownUrging = answering<ShownUrging>()(
  Type.Object(
    {
      ...{
        id: plain,
        number: plain,
        unit: named,
        person: orNull(named),
        state,
        dueAt: plain,
        overdue: yes,
        approver: named,
      },
      about: Type.Object({ kind: Type.Enum(['case', 'item', 'clock']), id: plain }, exactly),
      reason: Type.Unsafe<UrgingReason>(Type.Enum([...URGING_REASONS])),
      method: Type.Unsafe<UrgingMethod>(Type.Enum([...URGING_METHODS])),
      issued: Type.Object(said, exactly),
      answers: Type.Array(
        Type.Object({ ...said, judged: orNull(Type.Object({ ...said, accepted: yes }, exactly)) }, exactly),
      ),
      withdrawn: orNull(Type.Object(said, exactly)),
      ...{ mayAnswer: yes, mayJudge: yes, mayWithdraw: yes },
    },
    exactly,
  ),
)

const byId = Type.Object({ id: uuid }, exactly)
const BODIES = {
  answer: Type.Object({ text: words }, exactly),
  accept: Type.Object({ text: Type.Optional(words) }, exactly),
  'send-back': Type.Object({ text: words, dueAt: moment }, exactly),
  withdraw: Type.Object({ text: words }, exactly),
} as const

/** 督办 notices; `POST /api/approvals` with the deed `urge` asks for one. */
export const urgingRoutes: FastifyPluginAsyncTypebox<RouteDependencies & { readonly apart: UrgingsApart }> = async (
  app,
  { db, act, activity, now, apart },
) => {
  const recordRead = (person: string, about: string): Promise<void> =>
    activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })

  app.get(
    '/api/urgings',
    {
      schema: {
        tags,
        description: 'Notices that the asker may see, the newest first.',
        querystring: Type.Object({ state: Type.Optional(state), ...paged(uuid) }, exactly),
        response: { 200: pageWith('urgings', shownUrging) },
      },
    },
    async (request) => {
      const actor = await loadActor(db, signedIn(request).person, now())
      await recordRead(actor.person, 'urgings')
      const page = pageOf(request.query)
      const found = await listUrgings(db, actor, { status: request.query.state ?? null, apart, ...page })
      return { urgings: await shown(found, actor), after: nextAfter(found, page, ({ id }) => id) }
    },
  )

  fileRoutes(app, {
    ...{
      list: 'urgings',
      tags,
      description: 'Notices that the asker may see, the newest first.',
      query: { state: Type.Optional(state) },
    },
    async table(request, language, asked) {
      const actor = await loadActor(db, signedIn(request).person, now())
      await recordRead(actor.person, 'urgings')
      const status = URGING_STATES.find((one) => one === asked['state']) ?? null
      const rows = await allRows(async (page) => {
        const found = await listUrgings(db, actor, { status, apart, ...page })
        return { rows: await shown(found, actor), after: nextAfter(found, page, ({ id }) => id) }
      })
      return urgingTable(rows, language)
    },
  })

  app.get('/api/urgings/:id', { schema: { tags, params: byId, response: { 200: shownUrging } } }, async (request) => {
    const actor = await loadActor(db, signedIn(request).person, now())
    const { id } = request.params
    const found = (await loadStates(db, urgings, [id])).get(id) ?? null
    if (found === null || !seesUrging(found, actor, await apart.peopleIn(db, found.about)))
      throw new Refusal('urging.unknown', { urging: id })
    await recordRead(actor.person, `urging/${id}`)
    const [one] = await shown([found], actor)
    if (one === undefined) throw new Refusal('urging.unknown', { urging: id })
    return one
  })

  for (const step of ['answer', 'accept', 'send-back', 'withdraw'] as const)
    app.post(
      `/api/urgings/:id/${step}`,
      { schema: { tags, params: byId, body: BODIES[step], response: { 200: done } } },
      async (request) => {
        const command = { type: `urging.${step}`, urging: request.params.id, ...request.body }
        const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
        return { facts: [...facts] }
      },
    )

  const shown = async (found: readonly Urging[], actor: Actor): Promise<ShownUrging[]> => {
    const called = await namesOf(db, found.flatMap(peopleOf))
    const contents = await readPersonal(
      db,
      found.flatMap(wordsOf).map(({ ref }) => ref),
    )
    const at = now()
    const saying = (by: string, when: string, text: Sealed | null): Said => ({
      ...{ by: called(`person/${by}`), at: when },
      text: text === null ? null : textOf(contents.get(text.ref)),
    })
    return found.map((one) => ({
      ...{ id: one.id, number: numberOf(one), about: aboutOf(one), reason: one.reason, method: one.method },
      ...{ unit: called(`unit/${one.unit}`), person: one.person === null ? null : called(`person/${one.person}`) },
      ...{ state: one.status, dueAt: one.dueAt, overdue: one.status === 'issued' && one.dueAt < at },
      ...{ issued: saying(one.supervisor, one.issuedAt, one.text), approver: called(`person/${one.approver}`) },
      answers: one.answers.map(({ by, at: when, text, judged }) => ({
        ...saying(by, when, text),
        judged: judged === null ? null : { ...saying(judged.by, judged.at, judged.text), accepted: judged.accepted },
      })),
      withdrawn: one.withdrawn === null ? null : saying(one.withdrawn.by, one.withdrawn.at, one.withdrawn.text),
      ...{ mayAnswer: mayAnswer(one, actor), mayJudge: mayJudge(one, actor), mayWithdraw: mayWithdraw(one, actor) },
    }))
  }
}

function aboutOf({ about }: Urging): ShownUrging['about'] {
  const slash = about.indexOf('/')
  return { kind: about.slice(0, slash) as ShownUrging['about']['kind'], id: about.slice(slash + 1) }
}

function peopleOf({ unit, person, supervisor, approver, answers, withdrawn }: Urging): string[] {
  const people = [supervisor, approver, person, withdrawn?.by, ...answers.flatMap(({ by, judged }) => [by, judged?.by])]
  return [`unit/${unit}`, ...people.flatMap((one) => (one === null || one === undefined ? [] : [`person/${one}`]))]
}

function wordsOf({ text, answers, withdrawn }: Urging): Sealed[] {
  const all = [text, withdrawn?.text, ...answers.flatMap((one) => [one.text, one.judged?.text])]
  return all.filter((one) => one !== null && one !== undefined)
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type TSchema, Type } from 'typebox'
import type { RouteDependencies } from '../../http.ts'
import { answering, exactly, nextAfter, paged, pageOf, words } from '../../schemas.ts'
import * as answers from '../answers.ts'
import { askingOf } from '../asking.ts'
import { keptOpenWords } from '../disposal/words.ts'
import { incidentWords } from '../axes.ts'
import { CATEGORIES } from '../categories.ts'
import { caseNumber, code } from '../schemas.ts'
import { CASE_AGES, LOAN_AGES } from './ages.ts'
import { casesBehind, itemsBehind } from './behind.ts'
import { readDashboard } from './figures.ts'
import type { Dashboard } from './protocol.ts'
import { behindQuery, caseAge } from './schemas.ts'

const tags = ['custody']
const text = Type.String()
const count = Type.Integer()
const list = <const P extends Record<string, TSchema>>(row: P) => Type.Array(Type.Object(row, exactly))

const dashboard = answering<Dashboard>()(
  Type.Object(
    {
      places: list({ place: text, name: words }),
      stock: list({ category: Type.Enum([...CATEGORIES]), place: text, items: count }),
      days: list({ day: text, in: count, out: count }),
      weeks: list({ from: text, to: text, in: count, out: count, stock: count, incidents: count, alarms: count }),
      loans: list({ age: Type.Enum(Object.keys(LOAN_AGES)), count }),
      incidents: list({ kind: Type.Enum(Object.keys(incidentWords)), words, count }),
      exceptions: list({ ground: Type.Enum(Object.keys(keptOpenWords)), words, count }),
      alarms: list({ store: text, name: text, count }),
      cases: list({ age: Type.Enum(Object.keys(CASE_AGES)), count }),
    },
    exactly,
  ),
)

/** What a supervisor watches in figures, and the list behind each of them. */
export const dashboardRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, now } = deps
  const { asker, recordRead } = askingOf(deps)

  app.get(
    '/api/dashboard',
    {
      schema: {
        tags,
        description: 'Stock, movements, loans, incidents, alarms and cases in figures, as far as they are in sight.',
        response: { 200: dashboard },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, 'dashboard')
      return readDashboard(db, sight, now())
    },
  )

  app.get(
    '/api/dashboard/items',
    {
      schema: {
        tags,
        description:
          'The things that a figure counts: by category and place, by the local days from the first to the last on which they came into a store or left one, by how late they are, by the kind of their incident, by the ground on which they lawfully stay open.',
        querystring: Type.Object({ ...behindQuery, ...paged(code) }, exactly),
        response: { 200: answers.pages.items },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, `dashboard/${request.query.figure}`)
      const page = pageOf(request.query)
      const { limit: _, after: __, ...behind } = request.query
      const items = await itemsBehind(db, sight, { ...behind, ...page, now: now() })
      return { items, after: nextAfter(items, page, (item) => item.code) }
    },
  )

  app.get(
    '/api/dashboard/cases',
    {
      schema: {
        tags,
        description: 'Cases that are not closed, by how long ago they were opened.',
        querystring: Type.Object({ age: Type.Optional(caseAge), ...paged(caseNumber) }, exactly),
        response: { 200: answers.pages.cases },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, 'dashboard/cases')
      const page = pageOf(request.query)
      const { age } = request.query
      const cases = await casesBehind(db, sight, { ...page, now: now(), ...(age === undefined ? {} : { age }) })
      return { cases, after: nextAfter(cases, page, ({ number }) => number) }
    },
  )
}

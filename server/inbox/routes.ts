import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../access/actor.ts'
import { type RouteDependencies, signedIn } from '../http.ts'
import { localDue, localMinute } from '../local-time.ts'
import type { Words } from '../refusal.ts'
import { exactly } from '../schemas.ts'
import { allRows, type Language, type Table, tableOf } from '../table.ts'
import { fileRoutes } from '../table-routes.ts'
import { WORK_KINDS, WORK_LEVELS, type WorkItem, type WorkKind, type WorkLevel, type WorkPage } from './protocol.ts'
import { workOf, type WorkPlace, type WorkSource } from './work.ts'

const LIMIT_DEFAULT = 20
const LIMIT_MAX = 200

const text = Type.String()
const orNull = Type.Union([text, Type.Null()])
const page = Type.Object(
  {
    work: Type.Array(
      Type.Object(
        {
          kind: Type.Unsafe<WorkKind>(Type.Enum([...WORK_KINDS])),
          ...{ id: text, by: text, dueAt: orNull, about: orNull, path: text },
          level: Type.Unsafe<WorkLevel>(Type.Enum([...WORK_LEVELS])),
          what: Type.Object({ zh: text, en: text }, exactly),
          items: Type.Optional(Type.Array(Type.Object({ code: text, name: orNull }, exactly))),
        },
        exactly,
      ),
    ),
    after: orNull,
  },
  exactly,
)

/** One work list per person: what waits for him, of every module. */
export const inboxRoutes: FastifyPluginAsyncTypebox<RouteDependencies & { sources: readonly WorkSource[] }> = async (
  app,
  { db, activity, now, sources },
) => {
  app.get(
    '/api/work',
    {
      schema: {
        tags: ['work'],
        description: 'What waits for the asker, what is due or has waited longest first. Names no person and no title.',
        querystring: Type.Object(
          {
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMIT_MAX })),
            after: Type.Optional(Type.String({ pattern: '^[0-9TZ:.-]{24} [A-Za-z0-9:/.-]{1,80}$' })),
          },
          exactly,
        ),
        response: { 200: page },
      },
    },
    async (request) => {
      const at = now()
      const actor = await loadActor(db, signedIn(request).person, at)
      await activity.record({ at, kind: 'read', person: actor.person, station: null, about: 'work', outcome: 'ok' })
      const { limit = LIMIT_DEFAULT, after } = request.query
      const work = await workOf(db, sources, { actor, now: at, after: placeOf(after), limit })
      const last = work.at(-1)
      const answer: WorkPage = {
        work,
        after: last === undefined || work.length < limit ? null : `${last.by} ${last.id}`,
      }
      return {
        ...answer,
        work: work.map(({ items, ...one }) => (items === undefined ? one : { ...one, items: [...items] })),
      }
    },
  )

  fileRoutes(app, {
    ...{ list: 'work', tags: ['work'], description: 'The same as a file for spreadsheets.' },
    async table(request, language) {
      const at = now()
      const actor = await loadActor(db, signedIn(request).person, at)
      await activity.record({ at, kind: 'read', person: actor.person, station: null, about: 'work', outcome: 'ok' })
      const work = await allRows(async ({ limit, after }) => {
        const rows = await workOf(db, sources, { actor, now: at, after: placeOf(after ?? undefined), limit })
        const last = rows.at(-1)
        return { rows, after: last === undefined || rows.length < limit ? null : `${last.by} ${last.id}` }
      })
      return workTable(work, language)
    },
  })
}

/** The same list as a file. */
const EXPORT_TITLE = { zh: '待办', en: 'My work' } as const
const LEVEL_WORDS: Readonly<Record<WorkLevel, Words>> = {
  overdue: { zh: '已超期', en: 'overdue' },
  red: { zh: '红色', en: 'red' },
  orange: { zh: '橙色', en: 'orange' },
  yellow: { zh: '黄色', en: 'yellow' },
  waiting: { zh: '待办', en: 'waiting' },
}

function workTable(work: readonly WorkItem[], language: Language): Table {
  return tableOf(
    EXPORT_TITLE,
    [
      ['紧急程度', 'Level', ({ level }) => LEVEL_WORDS[level][language]],
      ['事项', 'What', ({ what }) => what[language]],
      ['涉及', 'About', ({ about, items = [] }) => about ?? items.map(({ code }) => code).join(' ')],
      ['期限', 'Due', ({ dueAt }) => (dueAt === null ? '' : localDue(dueAt))],
      ['排序时间', 'Since', ({ by }) => localMinute(by)],
    ],
    work,
    language,
  )
}

function placeOf(after: string | undefined): WorkPlace | null {
  if (after === undefined) return null
  const [by = '', id = ''] = after.split(' ')
  return { by, id }
}

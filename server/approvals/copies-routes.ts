import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { loadActor } from '../access/actor.ts'
import { type RouteDependencies, signedIn } from '../http.ts'
import { localMinute } from '../local-time.ts'
import type { Actor } from '../module.ts'
import { namesOf } from '../names.ts'
import { Refusal, type Words } from '../refusal.ts'
import { answering, exactly, nextAfter, orNull, type Page, paged, pageOf, pageWith } from '../schemas.ts'
import { allRows, type Language, type Table, tableOf } from '../table.ts'
import { fileRoutes } from '../table-routes.ts'
import { shownApproval } from './answers.ts'
import type { ApprovalLevel, Deed } from './approvals.ts'
import {
  apartBy,
  basisBy,
  casesBy,
  namingBy,
  type CopiesAsked,
  cursorOf,
  findCopies,
  unitsSupervised,
} from './copies.ts'
import type { GrantedCopy, Named } from './protocol.ts'
import { showing, titleOf } from './showing.ts'

const tags = ['approvals']
const day = Type.String({ format: 'date' })
const text = Type.String()
const copiesPage = pageWith(
  'copies',
  answering<GrantedCopy>()(
    Type.Object({ cases: Type.Array(text), basis: orNull(text), approval: shownApproval }, exactly),
  ),
)
const CURSOR = Type.String({ pattern: '^[0-9TZ:.-]{20,30}_[0-9a-z-]{1,40}$' })

/** 抄送监督 (product.md, copy to the supervision unit; rules W-01): what was granted in an organ, for whoever supervises it. */
export const copiesRoutes: FastifyPluginAsyncTypebox<RouteDependencies & { deeds: readonly Deed[] }> = async (
  app,
  { db, activity, now, deeds },
) => {
  const [apart, cases, basis, naming] = [apartBy(deeds), casesBy(deeds), basisBy(deeds), namingBy(deeds)]
  const shown = showing({ db, now, deeds })
  const filters = {
    kind: Type.Optional(Type.Unsafe<string>(Type.Enum(deeds.map(({ command }) => command)))),
    case: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    from: Type.Optional(day),
    to: Type.Optional(day),
  }
  const query = Type.Object({ ...filters, ...paged(CURSOR) }, exactly)
  type Asked = Omit<Static<typeof query>, 'limit' | 'after'>

  /** Takes down that somebody read them. Whatever is not for him is left out before anything is counted or paged. */
  const reading = async (person: string): Promise<(asked: Asked, page: Page) => Promise<CopiesRead>> => {
    const actor = await loadActor(db, person, now())
    if (!supervises(actor)) throw new Refusal('access.no-post', { posts: 'supervisor' })
    const units = await unitsSupervised(db, actor)
    await activity.record({
      ...{ at: now(), kind: 'read', person, station: null, about: 'approvals/granted', outcome: 'ok' },
    })
    return async (asked, page) => {
      const found = await findCopies(
        db,
        { units, apart: apart(person), cases, naming, basis },
        { ...wholeOf(asked), ...page },
      )
      const approvals = await shown(
        found.map(({ approval }) => approval),
        actor,
      )
      const asCase = (number: string): string => `case/${number}`
      const called = await namesOf(
        db,
        found.flatMap((one) => one.cases.map(asCase)),
      )
      const copies = approvals.map((approval, index) => ({
        approval,
        cases: (found[index]?.cases ?? []).map((number) => called(asCase(number)).name),
        basis: found[index]?.basis ?? null,
      }))
      return { copies, after: nextAfter(found, page, cursorOf) }
    }
  }

  app.get(
    '/api/approvals/granted',
    {
      schema: {
        tags,
        description:
          'Requests that were granted in the organ, the latest first, as copies for its supervisors: who asked, who granted at each level, what, why, and which cases it is about.',
        querystring: query,
        response: { 200: copiesPage },
      },
    },
    async (request) => {
      const { limit, after, ...asked } = request.query
      const read = await reading(signedIn(request).person)
      return read(
        asked,
        pageOf({ ...(limit === undefined ? {} : { limit }), ...(after === undefined ? {} : { after }) }),
      )
    },
  )

  fileRoutes(app, {
    ...{ list: 'granted', tags, description: 'Requests that were granted, as copies for supervisors.', query: filters },
    async table(request, language, asked) {
      const read = await reading(signedIn(request).person)
      const rows = await allRows(async (page) => {
        const { copies, after } = await read(asked as Asked, page)
        return { rows: copies, after }
      })
      return copiesTable(rows, deeds, language)
    },
  })
}

interface CopiesRead {
  readonly copies: GrantedCopy[]
  readonly after: string | null
}

function supervises({ appointments }: Actor): boolean {
  return appointments.some(({ post }) => post === 'supervisor')
}

function wholeOf(asked: Partial<Record<keyof CopiesAsked, string | undefined>>): CopiesAsked {
  const { kind = null, case: number = null, from = null, to = null } = asked
  return { kind, case: number, from, to }
}

const TITLE = { zh: '已批准事项（抄送）', en: 'Granted requests (copies)' } as const
const LEVELS = {
  department: { zh: '部门审批', en: 'Department' },
  organ: { zh: '机关审批', en: 'Organ' },
  city: { zh: '设区的市级以上机关审批', en: 'Organ of a city or above' },
} as const satisfies Record<ApprovalLevel, Words>

function copiesTable(rows: readonly GrantedCopy[], deeds: readonly Deed[], language: Language): Table {
  const known = new Map(deeds.map((deed) => [deed.command, deed]))
  const by = (who: Named, standsFor: Named | null): string => {
    if (standsFor === null) return who.name
    return language === 'zh' ? `${who.name}（代 ${standsFor.name}）` : `${who.name} (for ${standsFor.name})`
  }
  return tableOf(
    TITLE,
    [
      ['批准时间', 'Granted', ({ approval: { decidedAt } }) => (decidedAt === null ? '' : localMinute(decidedAt))],
      ['事项', 'What', ({ approval: { deed } }) => titleOf(known.get(deed.command), language)],
      ['案件', 'Case', ({ cases }) => cases.join(' ')],
      ['涉及', 'About', ({ approval: { deed } }) => (known.get(deed.command)?.about(deed) ?? []).join(' ')],
      ['申请人', 'Asked by', ({ approval: { requester } }) => requester.name],
      ['申请时间', 'Asked', ({ approval: { askedAt } }) => localMinute(askedAt)],
      ['理由', 'Reason', ({ approval: { reason } }) => reason ?? ''],
      ['法律依据', 'Legal basis', ({ basis }) => basis ?? ''],
      [
        '所依据文书',
        'Document',
        ({ approval: { deed } }) => (typeof deed['document'] === 'string' ? deed['document'] : ''),
      ],
      [
        '批准人',
        'Granted by',
        ({ approval: { levels, decidedBy, decidedFor } }) =>
          levels.length === 0 && decidedBy !== null
            ? by(decidedBy, decidedFor)
            : levels
                .flatMap(({ level, by: who, standsFor, at }) =>
                  who === null ? [] : [`${LEVELS[level][language]} ${by(who, standsFor)} ${localMinute(at ?? '')}`],
                )
                .join('; '),
      ],
      ['意见', 'Opinion', ({ approval: { opinion } }) => opinion ?? ''],
    ],
    rows,
    language,
  )
}

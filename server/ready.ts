import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { loadActor } from './access/actor.ts'
import { diskWarning, type Forecast } from './disk.ts'
import type { RouteDependencies } from './http.ts'
import { CHECK_STATES, type FullCheck } from './ledger/verify-background.ts'
import { ADMINISTRATORS } from './org/org.ts'
import { exactly, orNull } from './schemas.ts'

/** What a server needs to do its work. */
export interface Readiness {
  /** It answers. */
  readonly database: boolean
  /** Which registers are not to be relied on and why, each in words that may name people and things. */
  readonly unsound: readonly string[]
}

export interface ReadyRouteOptions extends Pick<RouteDependencies, 'db' | 'now'> {
  readonly readiness: () => Promise<Readiness>
  /** How far the check of all registers has come since the start. */
  readonly fullCheck: () => FullCheck
  /** How full the disk of the data folder is, and for how long it lasts; absent where nobody looks. */
  readonly disk?: () => Promise<Forecast | null>
}

const NO_DATABASE = '数据库没有应答 / the database does not answer'
/** For everybody: that it is so, and not of whom. */
const UNSOUND =
  '有台账校验不通过，详情请监督人员或管理员登录查看 / a register does not hold; supervisors and administrators are told which'

/** Clocks of two machines that share a database differ by less; a clock that was put back differs by more. */
const BEHIND_MS = 60_000
const MS_PER_MINUTE = 60_000

function clockWords(behind_ms: number): string {
  const minutes = Math.ceil(behind_ms / MS_PER_MINUTE)
  return `系统时钟比台账最后一条记录早 ${minutes} 分钟：时钟可能被拨回，请校准 / the clock is ${minutes} min behind the last entry of a register: it may have been put back`
}

/** How far the clock is behind the last entry of any register, in milliseconds; 0 where it is not. */
async function clockBehind(db: RouteDependencies['db'], now: string): Promise<number> {
  const found = await sql<{ last: string | null }>`
    select max(e.recorded_at) as last from registers r cross join lateral (
      select recorded_at from entries where register = r.id order by seq desc limit 1) e
  `.execute(db)
  const last = found.rows[0]?.last ?? null
  return last === null ? 0 : Math.max(0, Date.parse(last) - Date.parse(now))
}

const tags = ['operations']
const answer = Type.Object(
  {
    ready: Type.Boolean(),
    reasons: Type.Array(Type.String()),
    /** What somebody has to look at though it works. */
    warnings: Type.Array(Type.String()),
    /** Told to supervisors and administrators; null for others, and before the first look. */
    disk: orNull(
      Type.Object(
        {
          ...{ free_bytes: Type.Integer(), size_bytes: Type.Integer() },
          ...{ takes_a_day_bytes: orNull(Type.Integer()), days_left: orNull(Type.Integer()) },
        },
        exactly,
      ),
    ),
    check: Type.Object(
      {
        state: Type.Unsafe<FullCheck['state']>(Type.Enum([...CHECK_STATES])),
        begunAt: orNull(Type.String()),
        endedAt: orNull(Type.String()),
        entries: Type.Integer(),
        faults: Type.Integer(),
      },
      exactly,
    ),
  },
  exactly,
)

/** Whether the program lives, and whether it can do its work: for load balancers and watchers, who do not sign in. */
export const readyRoutes: FastifyPluginAsyncTypebox<ReadyRouteOptions> = async (
  app,
  { db, now, readiness, fullCheck, disk = async () => null },
) => {
  const mayKnow = async (request: FastifyRequest): Promise<boolean> => {
    if (request.session === null) return false
    const { appointments } = await loadActor(db, request.session.person, now())
    return appointments.some(({ post }) => post === 'supervisor' || ADMINISTRATORS.some((one) => one === post))
  }

  app.get(
    '/api/health',
    { schema: { tags, security: [], response: { 200: Type.Object({ alive: Type.Boolean() }, exactly) } } },
    async () => ({ alive: true }),
  )

  app.get(
    '/api/ready',
    {
      schema: {
        tags,
        security: [],
        description:
          '503 with reasons while the server cannot do its work. Which register does not hold is told to supervisors and administrators.',
        response: { 200: answer, 503: answer },
      },
    },
    async (request, reply) => {
      const { database, unsound } = await readiness()
      const tellsAll = database && (await mayKnow(request))
      const known = unsound.length > 0 && tellsAll
      const reasons = [...(database ? [] : [NO_DATABASE]), ...(unsound.length === 0 ? [] : known ? unsound : [UNSOUND])]
      const { faults, state, begunAt, endedAt, entries } = fullCheck()
      const ready = reasons.length === 0
      const behind_ms = database ? await clockBehind(db, now()) : 0
      const found = database ? await disk() : null
      const full = diskWarning(found)
      const warnings = [...(behind_ms > BEHIND_MS ? [clockWords(behind_ms)] : []), ...(full === null ? [] : [full])]
      return reply.code(ready ? 200 : 503).send({
        ready,
        reasons,
        warnings,
        disk: tellsAll ? found : null,
        check: { state, begunAt, endedAt, entries, faults: faults.length },
      })
    },
  )
}

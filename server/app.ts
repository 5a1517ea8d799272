import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import websocket from '@fastify/websocket'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { writersWhenNeeded } from './answer-writers.ts'
import { accessRoutes, cookieName } from './access/routes.ts'
import type { Provider } from './access/provider.ts'
import { providerRoutes } from './access/provider-routes.ts'
import { secondFactorRoutes } from './access/second-factor-routes.ts'
import { openUnsignedLog, type UnsignedLog } from './access/unsigned.ts'
import type { Forecast } from './disk.ts'
import { keyHeader, languageOf, mustBringKey, type RouteDependencies } from './http.ts'
import type { Keys } from './keys.ts'
import type { Hub } from './hub.ts'
import type { ActivityRecord } from './ledger/activity.ts'
import { ledgerRoutes } from './ledger/routes.ts'
import type { FullCheck } from './ledger/verify-background.ts'
import { type Readiness, readyRoutes } from './ready.ts'
import { connectionLimits, limitConnections, limitSlowBodies, TRUSTED_PROXIES } from './limits.ts'
import { type HintsFor, liveRoutes } from './live.ts'
import { proposalRoutes } from './org/proposal-routes.ts'
import { accountRoutes } from './org/account-routes.ts'
import { organisationRoutes } from './org/routes.ts'
import { tellingFault } from './invalid-words.ts'
import { Invalid, Refusal, type RefusalNotice } from './refusal.ts'
import { noticeOf } from './refusal-names.ts'

export interface AppDependencies extends RouteDependencies {
  readonly keys: Keys
  readonly hub: Hub
  readonly hintsFor: HintsFor
  /** Whether a register tells of what somebody stands aside in (回避): he reads none of its entries. */
  readonly registerApart: (person: string, register: string) => Promise<boolean>
  /** Origins a browser may write from; the site's own. */
  readonly origins: readonly string[]
  /** Through which people may sign in, too; null: here alone. */
  readonly provider?: Provider | null
  /** Served over TLS. */
  readonly secure: boolean
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null
  readonly readiness: () => Promise<Readiness>
  /** How far the check of all registers has come since the start. */
  readonly fullCheck: () => FullCheck
  /** Of the data folder; absent where nobody looks. */
  readonly disk?: () => Promise<Forecast | null>
  /** Routes of the modules, the demo and the screens. */
  readonly extend: (app: FastifyInstance) => Promise<void>
}

const BODY_LIMIT_BYTES = 256 * 1024
/** Photos come through multipart only; see files/. */
const UPLOAD_LIMIT_BYTES = 25 * 1024 * 1024

const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  // Ballots are sealed in the browser by libsodium, which is WebAssembly of our own origin; text is still never run as script.
  "script-src 'self' 'wasm-unsafe-eval'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** The whole HTTP side; never listens. Tests use `inject`. */
export async function buildApp(deps: AppDependencies): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    logger: false,
    return503OnClosing: true,
    // Served over TLS, but not by us: a proxy stands before us, and says for whom it asks.
    trustProxy: deps.secure && deps.tls === null ? TRUSTED_PROXIES : false,
    schemaController: { compilersFactory: { buildSerializer: writersWhenNeeded } },
    ...connectionLimits(deps.tls),
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.setValidatorCompiler(TypeBoxValidatorCompiler)
  limitConnections(app.server)
  const unsigned = openUnsignedLog(deps.activity, deps.now)
  app.addHook('onClose', () => unsigned.close())
  await app.register(swagger, {
    openapi: {
      info: { title: 'Clearhold 清管', version: '1' },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      security: [{ bearer: [] }],
    },
    transform: ({ schema, url, route }) => {
      const headers = keyHeader(String(route.method), route.config?.key)
      return { url, schema: headers === null ? schema : { ...schema, headers } }
    },
  })
  await app.register(cookie)
  await app.register(multipart, {
    limits: { fileSize: UPLOAD_LIMIT_BYTES, files: 10, fields: 20, fieldSize: 10_000, parts: 30 },
  })
  await app.register(websocket, { options: { maxPayload: 64 * 1024, verifyClient: originVerifier(deps.origins) } })

  app.decorateRequest('session', null)
  app.decorateRequest('changing', null)
  app.decorateRequest('sessionToken', null)
  app.decorateRequest('askedCases', null)
  app.addHook('onRequest', async (request, reply) => {
    limitSlowBodies(request.raw)
    reply.headers({
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      ...(deps.secure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    })
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
    const bearer = /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1]
    const token = bearer ?? request.cookies[cookieName(deps.secure)]
    if (bearer === undefined) refuseForeignOrigin(request, deps.origins)
    // Where nothing is recorded nobody's session is looked at: that alone would note when he was there.
    if (token !== undefined && request.routeOptions.config.unrecorded !== true) {
      const found = await deps.signIn.find(token)
      request.session = found?.mustChange === null ? found : null
      request.changing = found?.mustChange === null ? null : found
      request.sessionToken = token
    }
  })
  app.addHook('preValidation', mustBringKey)
  app.setErrorHandler((error: FastifyError, request, reply) =>
    answerError(error, request, reply, { ...deps, unsigned }),
  )
  app.setNotFoundHandler((request, reply) =>
    answerRefusal(new Refusal('request.not-found', { what: request.url.slice(0, 200) }), request, reply),
  )

  await app.register(readyRoutes, deps)
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  await app.register(accessRoutes, { ...deps, unsigned })
  await app.register(providerRoutes, { ...deps, unsigned, provider: deps.provider ?? null })
  await app.register(secondFactorRoutes, deps)
  await app.register(organisationRoutes, deps)
  await app.register(accountRoutes, deps)
  await app.register(proposalRoutes, deps)
  await app.register(ledgerRoutes, deps)
  await app.register(liveRoutes, deps)
  await deps.extend(app)
  return app
}

/** A page of another site can make a browser send our cookie; it cannot forge where the request comes from. */
function refuseForeignOrigin(request: FastifyRequest, origins: readonly string[]): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const origin = request.headers.origin
  const site = request.headers['sec-fetch-site']
  const foreign = origin !== undefined && !isOwnOrigin(origin, request.headers.host, origins)
  if (foreign || (site !== undefined && site !== 'same-origin')) throw new Refusal('access.foreign-origin')
}

function isOwnOrigin(origin: string, host: string | undefined, origins: readonly string[]): boolean {
  if (origins.length > 0) return origins.includes(origin)
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)
}

function originVerifier(origins: readonly string[]) {
  return ({ origin, req }: { origin?: string; req: { headers: { host?: string | undefined } } }): boolean =>
    origin === undefined || isOwnOrigin(origin, req.headers.host, origins)
}

async function answerError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  deps: AppDependencies & { readonly unsigned: UnsignedLog },
): Promise<FastifyReply> {
  const refusal = asRefusal(error)
  if (refusal === null) {
    deps.log.error(
      { err: error, route: request.routeOptions.url },
      'a request failed for a reason the program does not know',
    )
    return answerBug(request, reply)
  }
  const { unrecorded = false } = request.routeOptions.config
  const person = (request.session ?? request.changing)?.person ?? null
  const record: ActivityRecord = {
    at: deps.now(),
    kind: 'refusal',
    person,
    station: null,
    about: `${request.method} ${request.routeOptions.url ?? '?'}`,
    outcome: refusal.code,
  }
  const recorded = unrecorded
    ? Promise.resolve()
    : person === null
      ? deps.unsigned.record(request.ip, record)
      : deps.activity.record(record)
  recorded.catch((failed: unknown) => deps.log.warn({ err: failed }, 'a refusal could not be recorded'))
  // A database that is away takes the names with it, not the answer.
  const notice = await noticeOf(deps.db, refusal, request.askedCases ?? undefined).catch((failed: unknown) => {
    deps.log.warn({ err: failed }, 'a refusal is told without names')
    return refusal.notice()
  })
  return answerRefusal(refusal, request, reply, notice)
}

/** RFC 9457, with the rule and the remedy; both languages ride along so that a screen can switch without asking again. */
function answerRefusal(
  refusal: Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
  { code, detail, rule, remedy, values }: RefusalNotice = refusal.notice(),
): FastifyReply {
  const language = languageOf(request)
  return reply
    .code(refusal.status)
    .type('application/problem+json')
    .send({
      ...refusal.more,
      type: 'about:blank',
      title: detail[language],
      status: refusal.status,
      code,
      detail: detail[language],
      rule: rule[language],
      remedy: remedy[language],
      values,
      words: { detail, rule, remedy },
    })
}

/** A bug may come after the commit: whether anything was written is not promised either way. */
function answerBug(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = languageOf(request)
  const { detail, rule, remedy } = BUG
  return reply.code(500).type('application/problem+json').send({
    type: 'about:blank',
    title: detail[language],
    status: 500,
    code: 'server.bug',
    detail: detail[language],
    rule: rule[language],
    remedy: remedy[language],
    values: {},
    words: { detail, rule, remedy },
  })
}

const BUG = {
  detail: {
    zh: '程序出错，本次操作是否已写入不能确定',
    en: 'The program failed; whether this was written is not known',
  },
  rule: { zh: '写入与否以台账为准', en: 'What the register holds was written, nothing else' },
  remedy: {
    zh: '用同一请求重试不会重复写入；仍然出错请联系系统管理员',
    en: 'Sending the same again never writes twice; if it fails again, call the system administrator',
  },
} as const

const CONNECTION_LOST = /^(08|57P0|53)/

/** What is wrong, when it is something the program expects; null for a bug. */
function asRefusal(error: FastifyError): Refusal | null {
  if (error instanceof Refusal) return error
  if (error.validation !== undefined) return new Invalid(tellingFault(error.validation))
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new Refusal('request.media-type')
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new Refusal('request.not-json')
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
    case 'FST_FILES_LIMIT':
    case 'FST_PARTS_LIMIT':
    case 'FST_FIELDS_LIMIT':
      return new Refusal('request.too-large')
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case '40001':
    case '40P01':
    case '55P03':
    case '57014':
      return new Refusal('server.busy')
    case 'ENOENT':
      // A socket that is not there is a database that is away; any other missing file is a bug.
      return 'syscall' in error && error.syscall === 'connect' ? new Refusal('server.busy') : null
    default:
      if (
        CONNECTION_LOST.test(error.code ?? '') ||
        /timeout exceeded when trying to connect|Connection terminated/.test(error.message)
      ) {
        return new Refusal('server.busy')
      }
      return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
        ? new Refusal('request.malformed', { what: error.code ?? error.statusCode })
        : null
  }
}

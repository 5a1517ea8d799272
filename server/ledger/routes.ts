import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { type RouteDependencies, signedIn } from '../http.ts'
import type { Keys } from '../keys.ts'
import { ACTIVITY } from './activity.ts'
import { loadActor } from '../access/actor.ts'
import { Refusal } from '../refusal.ts'
import { exactly, nextAfter, orNull, paged, pageOf, streamed } from '../schemas.ts'
import { checkpointFolderOf } from './places.ts'
import { RegisterForked, signCheckpoint } from './checkpoint.ts'
import type { HashName } from './entry.ts'
import { exportRegister } from './export.ts'
import { consistencySpans, inclusionSpans, leafHash, type Span, SpanRoots } from './merkle.ts'
import { entryPages, readEntries, readRegister, readRegisters, type RegisterHead } from './read.ts'
import { CHECK_STATES, type FullCheck } from './verify-background.ts'

export interface LedgerRouteOptions extends RouteDependencies {
  readonly keys: Keys
  readonly fullCheck: () => FullCheck
  /** Whether a register tells of what somebody stands aside in. */
  readonly registerApart: (person: string, register: string) => Promise<boolean>
}

const tags = ['registers']
const LIMIT_DEFAULT = 100
const LIMIT_MAX = 1_000
const register = Type.String({ pattern: '^[a-z][a-z0-9.-]{0,63}$' })
const registerParam = Type.Object({ id: register }, exactly)
const size = Type.Integer({ minimum: 1 })

const text = Type.String()
const hash = Type.Unsafe<HashName>(Type.Enum(['sha256', 'sm3']))
const words = Type.Object({ zh: text, en: text }, exactly)
const listed = Type.Object(
  {
    installation: text,
    publicKey: text,
    registers: Type.Array(Type.Object({ id: text, hash, size: Type.Integer() }, exactly)),
    after: orNull(text),
    check: Type.Object(
      {
        state: Type.Unsafe<FullCheck['state']>(Type.Enum([...CHECK_STATES])),
        begunAt: orNull(text),
        endedAt: orNull(text),
        entries: Type.Integer(),
        faults: Type.Array(Type.Object({ register: text, seq: orNull(Type.Integer()), what: words }, exactly)),
      },
      exactly,
    ),
  },
  exactly,
)
/** Hashes of entries are hexadecimal, those of the tree base64, as in the export and in checkpoints. */
const entriesPage = Type.Object(
  {
    entries: Type.Array(Type.Object({ seq: Type.Integer(), entry: text, prev: text, hash: text }, exactly)),
    after: Type.Integer(),
  },
  exactly,
)
const proof = Type.Array(text)
const inclusion = Type.Object(
  { register: text, hash, index: Type.Integer(), size: Type.Integer(), root: text, proof, leaf: text },
  exactly,
)
const treeHead = Type.Object({ size: Type.Integer(), root: text }, exactly)
const consistency = Type.Object({ register: text, hash, proof, from: treeHead, to: treeHead }, exactly)

/** The registers themselves: for supervisors and audit administrators, and never without a record of who looked. */
export const ledgerRoutes: FastifyPluginAsyncTypebox<LedgerRouteOptions> = async (
  app,
  { db, keys, activity, now, fullCheck, registerApart },
) => {
  const folder = checkpointFolderOf(keys)

  const mayRead = async (request: Parameters<typeof signedIn>[0], about: string): Promise<void> => {
    const { person } = signedIn(request)
    const actor = await loadActor(db, person, now())
    if (!actor.appointments.some(({ post }) => post === 'supervisor' || post === 'audit-admin')) {
      throw new Refusal('access.no-post', { posts: 'supervisor, audit-admin' })
    }
    await activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })
  }
  /** Hashes, checkpoints and proofs tell nothing of what was entered; the entries themselves do. */
  const mayReadEntries = async (request: Parameters<typeof signedIn>[0], id: string): Promise<void> => {
    if (await registerApart(signedIn(request).person, id)) throw new Refusal('ledger.stands-aside', { register: id })
  }
  const known = async (id: string): Promise<RegisterHead> => {
    const head = await readRegister(db, id)
    if (head === null) throw new Refusal('request.not-found', { what: id })
    return head
  }
  /** Page by page: a register of millions must hold up neither memory nor anybody else's request. */
  const rootsOf = async (head: RegisterHead, spans: readonly Span[]): Promise<string[]> => {
    const upTo = Math.max(...spans.map(({ to }) => to))
    const roots = new SpanRoots(head.hash, spans)
    for await (const page of entryPages(db, head.id)) {
      for (const entry of page) if (entry.seq <= upTo) roots.push(leafHash(head.hash, entry.text))
      if ((page.at(-1)?.seq ?? upTo) >= upTo) break
    }
    return roots.roots().map((root) => root.toString('base64'))
  }
  const mustBeWithin = (head: RegisterHead, upTo: number): void => {
    if (upTo > head.size) throw new Refusal('request.invalid', { what: `size ${upTo} > ${head.size}` })
  }

  app.get(
    '/api/registers',
    { schema: { tags, querystring: Type.Object(paged(register), exactly), response: { 200: listed } } },
    async (request) => {
      await mayRead(request, 'registers')
      const page = pageOf(request.query)
      const registers = await readRegisters(db, page)
      const { faults, ...check } = fullCheck()
      return {
        ...{ installation: keys.installation, publicKey: keys.publicKey, registers },
        after: nextAfter(registers, page, ({ id }) => id),
        check: { ...check, faults: [...faults] },
      }
    },
  )

  app.get(
    '/api/registers/:id/entries',
    {
      schema: {
        tags,
        params: registerParam,
        querystring: Type.Object(
          {
            after: Type.Optional(Type.Integer({ minimum: 0 })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMIT_MAX })),
          },
          exactly,
        ),
        response: { 200: entriesPage },
      },
    },
    async (request) => {
      const { id } = request.params
      await mayRead(request, `registers/${id}`)
      await mayReadEntries(request, id)
      await known(id)
      const rows = await readEntries(db, id, request.query.after ?? 0, request.query.limit ?? LIMIT_DEFAULT)
      return {
        entries: rows.map(({ seq, text, prev, hash }) => ({
          seq,
          entry: text,
          prev: prev.toString('hex'),
          hash: hash.toString('hex'),
        })),
        after: rows.at(-1)?.seq ?? request.query.after ?? 0,
      }
    },
  )

  app.get(
    '/api/registers/:id/checkpoint',
    { schema: { tags, params: registerParam, produces: ['text/plain'], response: { 200: text } } },
    async (request, reply) => {
      const { id } = request.params
      await mayRead(request, `registers/${id}/checkpoint`)
      if (id !== ACTIVITY) await known(id)
      const { signer, key, installation } = keys
      const note = await signCheckpoint({ db, folder, signer, key, installation, now }, id).catch(refuseForked)
      if (note === null) throw new Refusal('request.not-found', { what: id })
      return reply.type('text/plain; charset=utf-8').send(note)
    },
  )

  app.get(
    '/api/registers/:id/export',
    { schema: { tags, params: registerParam, produces: ['application/jsonl'], response: { 200: streamed } } },
    async (request, reply) => {
      const { id } = request.params
      await mayRead(request, `registers/${id}/export`)
      await mayReadEntries(request, id)
      const lines = await exportRegister(db, id)
      if (lines === null) throw new Refusal('request.not-found', { what: id })
      return reply
        .type('application/jsonl; charset=utf-8')
        .header('content-disposition', `attachment; filename="${id}.jsonl"`)
        .send(Readable.from(lines))
    },
  )

  app.get(
    '/api/registers/:id/proof',
    {
      schema: {
        tags,
        params: registerParam,
        querystring: Type.Object({ seq: size, size }, exactly),
        response: { 200: inclusion },
      },
    },
    async (request) => {
      const { id } = request.params
      await mayRead(request, `registers/${id}/proof`)
      const { seq, size: upTo } = request.query
      const head = await known(id)
      mustBeWithin(head, upTo)
      if (seq > upTo) throw new Refusal('request.invalid', { what: `seq ${seq} > size ${upTo}` })
      const index = seq - 1
      const [leaf] = await readEntries(db, id, index, 1)
      const [root, ...proof] = await rootsOf(head, [{ from: 0, to: upTo }, ...inclusionSpans(index, upTo)])
      return {
        ...{ register: id, hash: head.hash, index, size: upTo, root: root ?? '', proof },
        leaf: leafHash(head.hash, leaf?.text ?? '').toString('base64'),
      }
    },
  )

  app.get(
    '/api/registers/:id/consistency',
    {
      schema: {
        tags,
        params: registerParam,
        querystring: Type.Object({ from: size, to: size }, exactly),
        response: { 200: consistency },
      },
    },
    async (request) => {
      const { id } = request.params
      const { from, to } = request.query
      await mayRead(request, `registers/${id}/consistency`)
      if (from > to) throw new Refusal('request.invalid', { what: `from ${from} > to ${to}` })
      const head = await known(id)
      mustBeWithin(head, to)
      const ends = [from, to].map((end) => ({ from: 0, to: end }))
      const [earlier, later, ...proof] = await rootsOf(head, [...ends, ...consistencySpans(from, to)])
      return {
        ...{ register: id, hash: head.hash, proof },
        from: { size: from, root: earlier ?? '' },
        to: { size: to, root: later ?? '' },
      }
    },
  )
}

function refuseForked(error: unknown): never {
  if (!(error instanceof RegisterForked)) throw error
  const { register, words } = error
  throw new Refusal('ledger.forked', { register, reason: words.zh, reasonEn: words.en })
}

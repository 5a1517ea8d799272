import { createHash } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../../http.ts'
import { namesOf } from '../../names.ts'
import { numbersNow } from '../renumbering/numbers.ts'
import { Refusal } from '../../refusal.ts'
import { answering, exactly, facts, orNull, words } from '../../schemas.ts'
import type { ShownLines, ShownReconciliation, TriedStatement } from '../protocol.ts'
import { linesFor } from './apart.ts'
import { booksOf, financeUnits, lastReconciliations } from './reads.ts'
import type { ComparedLines } from './facts.ts'
import { compareBoth, mustBeFinance } from './reconciling.ts'
import { reconcilingSchemas } from './schemas.ts'
import { readStatement, STATEMENT_BYTES_MAX } from './statement.ts'

const tags = ['custody']
const text = Type.String()
const count = Type.Integer()
/** Base64 takes four characters for three bytes. */
const FILE_CHARACTERS_MAX = Math.ceil(STATEMENT_BYTES_MAX / 3) * 4
const BODY_BYTES_MAX = FILE_CHARACTERS_MAX + 16 * 1024

const { unit, account, from, to } = reconcilingSchemas['custody.reconcile-account'].properties
const upload = Type.Object(
  {
    ...{ unit, account, from, to },
    file: Type.String({
      maxLength: FILE_CHARACTERS_MAX,
      pattern: '^[0-9A-Za-z+/]*={0,2}$',
      description: 'The bank’s statement as CSV (日期, 收入, 支出, 凭证号), in base64.',
    }),
  },
  exactly,
)
type Upload = Static<typeof upload>

const side = {
  matched: Type.Array(Type.Object({ item: text, row: count }, exactly)),
  openAtBank: Type.Array(Type.Object({ row: count, day: text, amount_fen: count, voucher: orNull(text) }, exactly)),
  openInBooks: Type.Array(
    Type.Object({ item: text, case: text, day: text, amount_fen: count, voucher: orNull(text) }, exactly),
  ),
  apart: count,
}
const compared = { ...side, paidOut: count, out: orNull(Type.Object(side, exactly)) }
const tried = answering<TriedStatement>()(
  Type.Object({ ...compared, faults: Type.Array(Type.Object({ row: count, what: words }, exactly)) }, exactly),
)
const shown = answering<{ readonly reconciliations: readonly ShownReconciliation[] }>()(
  Type.Object(
    {
      reconciliations: Type.Array(
        Type.Object(
          {
            ...{ id: text, unit: text, account: text, from: text, to: text, at: text },
            ...{ by: Type.Object({ who: text, name: text }, exactly), ...compared },
          },
          exactly,
        ),
      ),
    },
    exactly,
  ),
)
type Compared = ComparedLines & { readonly out?: ComparedLines }
type Shown<Each extends Compared> = Omit<Each, 'out'> & ShownLines & { readonly out: ShownLines | null }

const recorded = Type.Object({ reconciliation: text, open: count, facts }, exactly)

/** 专户对账: tried as often as wanted, then recorded, all of it or nothing. */
export const reconcilingRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, activity, now } = deps

  /** Money of the books as somebody may see it, each with the number that its case goes by. */
  const shownTo = async <Each extends Compared>(person: string, all: readonly Each[]): Promise<Shown<Each>[]> => {
    const sides = all.flatMap((one) => (one.out === undefined ? [one] : [one, one.out]))
    const numbers = await numbersNow(
      db,
      sides.flatMap(({ openInBooks }) => openInBooks.map((line) => line.case)),
    )
    const lines = await linesFor(db, person, sides)
    const named = (one: ComparedLines): ShownLines => {
      const told = lines(one)
      return { ...told, openInBooks: told.openInBooks.map((line) => ({ ...line, case: numbers.of(line.case) })) }
    }
    return all.map((one) => ({ ...one, ...named(one), out: one.out === undefined ? null : named(one.out) }))
  }

  app.get(
    '/api/reconciliations',
    {
      schema: {
        tags,
        description:
          'The last statements that were laid beside the books of the departments whose finance the asker signs for.',
        response: { 200: shown },
      },
    },
    async (request) => {
      const { person } = signedIn(request)
      const units = financeUnits(await loadActor(db, person, now()))
      await activity.record({ at: now(), kind: 'read', person, station: null, about: 'reconciliations', outcome: 'ok' })
      const found = await lastReconciliations(db, units)
      const named = await namesOf(
        db,
        found.map(({ by }) => `person/${by}`),
      )
      const told = await shownTo(person, found)
      return {
        reconciliations: told.map(({ sha256: _, by, ...one }) => ({ ...one, by: named(`person/${by}`) })),
      }
    },
  )

  app.post(
    '/api/reconciliations/try',
    {
      config: { key: 'none' },
      bodyLimit: BODY_BYTES_MAX,
      schema: {
        tags,
        description: 'Reads a statement and lays it beside the books without recording anything.',
        body: upload,
        response: { 200: tried },
      },
    },
    async (request): Promise<TriedStatement> => {
      const { person } = signedIn(request)
      mustBeFinance(await loadActor(db, person, now()), request.body.unit)
      await activity.record({ at: now(), kind: 'read', person, station: null, about: 'reconciliations', outcome: 'ok' })
      const { lines, paidOut, faults } = readStatement(Buffer.from(request.body.file, 'base64'))
      const [compared] = await shownTo(person, [compareBoth({ lines, paidOut }, await booksOf(db, request.body))])
      return { ...compared!, paidOut: paidOut.length, faults: [...faults] }
    },
  )

  app.post(
    '/api/reconciliations',
    {
      bodyLimit: BODY_BYTES_MAX,
      schema: {
        tags,
        description: 'Records what a statement came to beside the books; nothing while a row of it cannot be read.',
        body: upload,
        response: { 201: recorded },
      },
    },
    async (request, reply) => {
      mustBeFinance(await loadActor(db, signedIn(request).person, now()), request.body.unit)
      const { facts: written, result } = await act(whoOf(request), commandOf(request.body), { cause: causeOf(request) })
      return reply.code(201).send({ ...(result as { reconciliation: string; open: number }), facts: [...written] })
    },
  )
}

/** @throws Refusal `custody.statement-faults`, and those of reading it */
function commandOf({ file, ...of }: Upload) {
  const bytes = Buffer.from(file, 'base64')
  const { lines, paidOut, faults } = readStatement(bytes)
  const [first] = faults
  if (first !== undefined)
    throw new Refusal('custody.statement-faults', { count: faults.length, row: first.row, ...first.what })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { type: 'custody.reconcile-account', ...of, lines, paidOut, sha256 }
}

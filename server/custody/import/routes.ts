import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../../http.ts'
import { namesOf } from '../../names.ts'
import { noticeOf } from '../../refusal-names.ts'
import { Refusal } from '../../refusal.ts'
import { answering, exactly, orNull, text as said, words } from '../../schemas.ts'
import { acted } from '../answers-acts.ts'
import { noMint } from '../bench/look.ts'
import type { NamedOfficer } from './cells.ts'
import { columns, templateRows } from './columns.ts'
import { manyFaults } from './faults.ts'
import { faultsInstead, TABLE_BODY_BYTES_MAX, tableFile, templateRoutes } from './tables-in.ts'
import { type ImportFault, type ImportSheet, readSheet, sheetWithFaults } from './sheet.ts'
import { refusedRows } from './importing.ts'
import type { TriedImport } from '../protocol.ts'
import { readCase } from '../reads.ts'
import { points } from '../checklist/schemas.ts'
import { RELEVANCE_MOST } from '../relevance/schemas.ts'
import { caseNumber, measure, presence, type Register } from '../schemas.ts'
import { seesCase } from '../sight/sees.ts'
import { sightOf } from '../sight/sight.ts'
import { loadRegister } from '../intake/store.ts'
import { filmSaid } from '../videos/schemas.ts'

const tags = ['custody']
const byNumber = Type.Object({ number: caseNumber }, exactly)

const upload = Type.Object(
  {
    file: tableFile,
    measure,
    holder: presence,
    witness: presence,
    relevance: Type.Optional(said(RELEVANCE_MOST)),
    ...filmSaid,
    checked: Type.Optional(points),
  },
  exactly,
)
type Upload = Static<typeof upload>

const faults = Type.Array(Type.Object({ row: Type.Integer(), column: orNull(words), what: words }, exactly))
const text = Type.String()
const tried = answering<TriedImport>()(
  Type.Object(
    {
      rows: Type.Array(
        Type.Object({ row: Type.Integer(), name: text, category: text, quantity: text, unit: text }, exactly),
      ),
      faults,
      corrected: orNull(text),
    },
    exactly,
  ),
)

/** Many items from a table: tried row by row as often as wanted, then registered all or none. */
export const importRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, now } = deps

  templateRoutes(app, tags, { path: '/api/custody/import-template', file: 'items', sheet: '物品', rows: templateRows })

  /** What would be refused; whose officers a cell may name, only who may see the case is told. */
  const look = async (person: string, number: string, { file, ...head }: Upload): Promise<Looked> => {
    const at = now()
    const actor = await loadActor(db, person, at)
    const of = await readCase(db, number)
    if (of === null || !seesCase(await sightOf(db, actor, at), of))
      throw new Refusal('custody.unknown-case', { case: number })
    const sheet = await readSheet(Buffer.from(file, 'base64'), await officersOf(of.officers))
    const command = { type: 'custody.register', case: number, ...head } as const
    const wouldFail = async (): Promise<ImportFault[]> => {
      const items = sheet.rows.flatMap(({ item }) => item ?? [])
      const state = await loadRegister(db, { case: number, items }, { actor, at }, false)
      const circumstances = { actor, with: [], station: null, at, mint: noMint }
      const told = refusedRows(state, command, sheet.rows, circumstances).map(
        async ({ row, column, refusal }): Promise<ImportFault> => ({
          row,
          column: columns.find(({ id }) => id === column)?.name ?? null,
          what: (await noticeOf(db, refusal)).detail,
        }),
      )
      return [...sheet.faults, ...(await Promise.all(told))].sort((a, b) => a.row - b.row)
    }
    return { sheet, command, wouldFail }
  }

  const officersOf = async (officers: readonly string[]): Promise<NamedOfficer[]> => {
    const named = await namesOf(
      db,
      officers.map((id) => `person/${id}`),
    )
    return officers.map((id) => ({ id, name: named(`person/${id}`).name }))
  }

  app.post(
    '/api/cases/:number/items/import/try',
    {
      config: { key: 'none' },
      bodyLimit: TABLE_BODY_BYTES_MAX,
      schema: {
        tags,
        description:
          'Reads a table of items without registering any: what it holds, and what is wrong in which row. `corrected`: the same table with what is wrong in front of each row, to put right and import again; null where nothing is.',
        params: byNumber,
        body: upload,
        response: { 200: tried },
      },
    },
    async (request): Promise<TriedImport> => {
      const { sheet, wouldFail } = await look(signedIn(request).person, request.params.number, request.body)
      const found = await wouldFail()
      return {
        rows: sheet.rows.flatMap(({ row, item }) =>
          item === null
            ? []
            : [{ row, name: item.name, category: item.category, quantity: String(item.quantity), unit: item.unit }],
        ),
        faults: found,
        corrected: found.length === 0 ? null : sheetWithFaults(sheet, found),
      }
    },
  )

  app.post(
    '/api/cases/:number/items/import',
    {
      bodyLimit: TABLE_BODY_BYTES_MAX,
      schema: {
        tags,
        description: 'Registers every item of a table, or none of them; what is wrong in which row stands in `faults`.',
        params: byNumber,
        body: upload,
        response: { 201: acted.register },
      },
    },
    async (request, reply) => {
      const cause = causeOf(request)
      const { sheet, command, wouldFail } = await look(signedIn(request).person, request.params.number, request.body)
      if (sheet.faults.length > 0) throw manyFaults(await wouldFail())
      const items = sheet.rows.flatMap(({ item }) => item ?? [])
      try {
        const { facts, result } = await act(whoOf(request), { ...command, items }, { cause })
        return await reply.code(201).send({ ...result, facts })
      } catch (error) {
        throw await faultsInstead(error, wouldFail)
      }
    },
  )
}

interface Looked {
  readonly sheet: ImportSheet
  readonly command: Omit<Register, 'items'>
  /** Everything that is wrong, in the order of the rows. */
  readonly wouldFail: () => Promise<ImportFault[]>
}

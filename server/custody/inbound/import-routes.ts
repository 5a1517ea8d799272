import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { causeOf, type RouteDependencies, whoOf } from '../../http.ts'
import { noticeOf } from '../../refusal-names.ts'
import { answering, exactly, orNull, words } from '../../schemas.ts'
import { acted } from '../answers-acts.ts'
import { shape, text } from '../answer-shapes.ts'
import { askingOf } from '../asking.ts'
import { noMint } from '../bench/look.ts'
import { manyFaults } from '../import/faults.ts'
import { type ImportFault, type ReadTable, readTable, tableWithFaults } from '../import/table.ts'
import { faultsInstead, TABLE_BODY_BYTES_MAX, tableFile, templateRoutes } from '../import/tables-in.ts'
import type { TriedInbound } from '../protocol.ts'
import { rules } from '../rules.ts'
import { caseNumber } from '../schemas.ts'
import { type NewLine, readLineCells } from './cells.ts'
import { inboundColumnHeaded, inboundColumns, inboundTemplateRows } from './columns.ts'
import { refusedLines } from './importing.ts'
import { inboundSchemas, type ListInbound } from './schemas.ts'
import { loadListing } from './store.ts'

const tags = ['custody']
const byNumber = Type.Object({ number: caseNumber }, exactly)

const { case: _, lines: __, ...head } = inboundSchemas['custody.list-inbound'].properties
const upload = Type.Object({ file: tableFile, ...head }, exactly)
type Upload = Static<typeof upload>

const tried = answering<TriedInbound>()(
  shape({
    lines: Type.Array(
      shape({
        ...{ row: Type.Integer(), name: text, quantity: text, unit: text },
        ...{ weight_mg: orNull(Type.Integer()), seal: orNull(text), features: orNull(text) },
      }),
    ),
    faults: Type.Array(shape({ row: Type.Integer(), column: orNull(words), what: words })),
    corrected: orNull(text),
  }),
)

/** The list that came with goods of another organ, from a table: tried as often as wanted, then entered whole or not at all. */
export const inboundImportRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, now } = deps
  const { asker, caseFor } = askingOf(deps)

  templateRoutes(app, tags, {
    path: '/api/custody/inbound-template',
    file: 'inbound',
    sheet: '移交清单',
    rows: inboundTemplateRows,
  })

  /** What would be refused, for whoever may know of the case. */
  const look = async (
    request: Parameters<typeof asker>[0],
    number: string,
    { file, ...said }: Upload,
  ): Promise<Looked> => {
    await caseFor(request, number)
    const { actor } = await asker(request)
    const table = await readTable(Buffer.from(file, 'base64'), {
      ...{ columns: inboundColumns, headed: inboundColumnHeaded, rowsMost: rules.items_per_act.value },
      read: readLineCells,
    })
    const command = { type: 'custody.list-inbound', case: number, ...said } as const
    const wouldFail = async (): Promise<ImportFault[]> => {
      const circumstances = { actor, with: [], station: null, at: now(), mint: noMint }
      const state = await loadListing(db, number, circumstances, false)
      const told = refusedLines(state, command, table.rows, circumstances).map(
        async ({ row, column, refusal }): Promise<ImportFault> => ({
          row,
          column: inboundColumns.find(({ id }) => id === column)?.name ?? null,
          what: (await noticeOf(db, refusal)).detail,
        }),
      )
      return [...table.faults, ...(await Promise.all(told))].sort((a, b) => a.row - b.row)
    }
    return { table, command, wouldFail }
  }

  app.post(
    '/api/cases/:number/inbound/import/try',
    {
      config: { key: 'none' },
      bodyLimit: TABLE_BODY_BYTES_MAX,
      schema: {
        tags,
        description:
          'Reads the list that came with goods of another organ from a table without entering it: what it holds, and what is wrong in which row. `corrected`: the same table with what is wrong in front of each row, to put right and take in again; null where nothing is.',
        params: byNumber,
        body: upload,
        response: { 200: tried },
      },
    },
    async (request): Promise<TriedInbound> => {
      const { table, wouldFail } = await look(request, request.params.number, request.body)
      const found = await wouldFail()
      return {
        lines: table.rows.flatMap(({ row, read }) => {
          if (read === null) return []
          const { name, quantity, unit, weight_mg = null, seal = null, features = null } = read
          return [{ row, name, quantity, unit, weight_mg, seal, features }]
        }),
        faults: found,
        corrected: found.length === 0 ? null : tableWithFaults(table, found),
      }
    },
  )

  app.post(
    '/api/cases/:number/inbound/import',
    {
      bodyLimit: TABLE_BODY_BYTES_MAX,
      schema: {
        tags,
        description:
          'Enters the list that came with goods of another organ from a table, every row of it or none; what is wrong in which row stands in `faults`.',
        params: byNumber,
        body: upload,
        response: { 201: acted['list-inbound'] },
      },
    },
    async (request, reply) => {
      const cause = causeOf(request)
      const { table, command, wouldFail } = await look(request, request.params.number, request.body)
      if (table.faults.length > 0) throw manyFaults(await wouldFail())
      const lines = table.rows.flatMap(({ read }) => read ?? [])
      try {
        const { facts, result } = await act(whoOf(request), { ...command, lines }, { cause })
        return await reply.code(201).send({ ...(result as { inbound: string }), facts })
      } catch (error) {
        throw await faultsInstead(error, wouldFail)
      }
    },
  )
}

interface Looked {
  readonly table: ReadTable<NewLine>
  readonly command: Omit<ListInbound, 'lines'>
  /** Everything that is wrong, in the order of the rows. */
  readonly wouldFail: () => Promise<ImportFault[]>
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { loadActor } from '../../access/actor.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../../http.ts'
import { namesOf } from '../../names.ts'
import { noticeOf } from '../../refusal-names.ts'
import type { SchemaFault } from '../../invalid-words.ts'
import { Invalid, Refusal } from '../../refusal.ts'
import { answering, exactly, orNull, words } from '../../schemas.ts'
import { acted } from '../answers-acts.ts'
import { flag, holder, oneOf, shape, text } from '../answer-shapes.ts'
import { trackWords } from '../axes.ts'
import { noMint } from '../bench/look.ts'
import { newCase } from '../cases/schemas.ts'
import { type ImportFault, type ReadTable, readTable, tableWithFaults } from '../import/table.ts'
import { manyFaults, withoutLine } from '../import/faults.ts'
import { faultsInstead, TABLE_BODY_BYTES_MAX, tableFile, templateRoutes } from '../import/tables-in.ts'
import type { TriedCases } from '../protocol.ts'
import { rules } from '../rules.ts'
import { keysOf } from '../schema-parts.ts'
import type { NewCase, OpenCases } from '../schemas.ts'
import { type OwnUnit, readCaseCells } from './cells.ts'
import { type CaseColumn, caseColumnHeaded, caseColumns, caseTemplateRows } from './columns.ts'
import { type RowOutcome, tryCases } from './opening.ts'
import { loadOpenCases, ownUnits } from './store.ts'

const tags = ['custody']
const ROWS_MOST = rules.items_per_act.value
const CELL_MOST = 1_000

const cell = Type.String({ maxLength: CELL_MOST })
const upload = Type.Union([
  Type.Object(
    {
      file: tableFile,
    },
    exactly,
  ),
  Type.Object(
    {
      cases: Type.Array(
        Type.Object(
          {
            ...{ number: cell, title: cell, track: cell, unit: cell, officers: Type.Array(cell, { maxItems: 20 }) },
            ...{ filedOn: Type.Optional(cell), document: Type.Optional(cell) },
          },
          exactly,
        ),
        {
          ...{ minItems: 1, maxItems: ROWS_MOST },
          description: 'The same rows without a file, counted from one; read as the cells of a table are.',
        },
      ),
    },
    exactly,
  ),
])
type Upload = Static<typeof upload>

const tried = answering<TriedCases>()(
  shape({
    cases: Type.Array(
      shape({
        ...{ row: Type.Integer(), number: text, title: text, track: oneOf(keysOf(trackWords)), unit: holder },
        ...{ officers: Type.Array(holder), filedOn: orNull(text), there: flag },
      }),
    ),
    faults: Type.Array(shape({ row: Type.Integer(), column: orNull(words), what: words })),
    corrected: orNull(text),
  }),
)

/** Many cases from a table or another program: tried row by row as often as wanted, then opened all or none. */
export const caseImportRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, now } = deps

  templateRoutes(app, tags, {
    path: '/api/custody/case-import-template',
    file: 'cases',
    sheet: '案件',
    rows: caseTemplateRows,
  })

  /** What each row would come to; the officers of his own departments alone are named to whoever asks. */
  const look = async (person: string, given: Upload): Promise<Looked> => {
    const at = now()
    const actor = await loadActor(db, person, at)
    const units = await ownUnits(db, actor)
    if (units.length === 0) throw new Refusal('access.no-post', { posts: 'officer' })
    const table = await tableOf(given, units)
    const outcomes = async (): Promise<Outcome[]> => {
      const read = table.rows.flatMap(({ row, read: one }) => (one === null ? [] : [{ row, one }]))
      const invalid = new Map(
        read.flatMap(({ row, one }) => {
          const [fault] = Value.Errors(newCase, one)
          return fault === undefined ? [] : [[row, { outcome: new Invalid(fault), column: columnAt(fault) }] as const]
        }),
      )
      const sound = read.filter(({ row }) => !invalid.has(row))
      const rows = sound.map(({ one }) => one)
      const state = await loadOpenCases(db, rows, { actor, at })
      const decided = tryCases(state, rows, { actor, with: [], station: null, at, mint: noMint })
      const byRow = new Map(sound.map(({ row }, index) => [row, decided[index] ?? []]))
      return read.map(({ row, one }) => {
        const outcome = byRow.get(row) ?? []
        return { row, one, ...(invalid.get(row) ?? { outcome, column: columnOf(outcome) }) }
      })
    }
    return { table, outcomes }
  }

  const faultsOf = async ({ table }: Looked, found: readonly Outcome[]): Promise<ImportFault[]> => {
    // A case is told by the number that its row has: what else it goes by is not for everybody who asks.
    const asked = new Map(found.map(({ one: { number } }) => [number, number]))
    const told = found.flatMap(({ row, outcome, column }) =>
      outcome instanceof Refusal
        ? [
            noticeOf(db, withoutLine(outcome), asked).then(({ detail }) => ({
              ...{ row, column: nameOf(column), what: detail },
            })),
          ]
        : [],
    )
    return [...table.faults, ...(await Promise.all(told))].sort((a, b) => a.row - b.row)
  }

  app.post(
    '/api/cases/import/try',
    {
      config: { key: 'none' },
      bodyLimit: TABLE_BODY_BYTES_MAX,
      schema: {
        tags,
        description:
          'Reads a table of cases without opening any: what it holds, which of them are there already, and what is wrong in which row. `corrected`: the same table with what is wrong in front of each row, to put right and import again; null where nothing is.',
        body: upload,
        response: { 200: tried },
      },
    },
    async (request): Promise<TriedCases> => {
      const looked = await look(signedIn(request).person, request.body)
      const found = await looked.outcomes()
      const faults = await faultsOf(looked, found)
      const named = await namesOf(
        db,
        found.flatMap(({ one }) => [`unit/${one.unit}`, ...one.officers.map(personIn)]),
      )
      return {
        cases: found.map(({ row, one: { number, title, track, unit, officers, filing }, outcome }) => ({
          ...{ row, number, title, track, unit: named(`unit/${unit}`), there: outcome === 'there' },
          ...{ officers: officers.map((person) => named(personIn(person))), filedOn: filing?.filedOn ?? null },
        })),
        faults,
        corrected: faults.length === 0 || !('file' in request.body) ? null : tableWithFaults(looked.table, faults),
      }
    },
  )

  app.post(
    '/api/cases/import',
    {
      bodyLimit: TABLE_BODY_BYTES_MAX,
      schema: {
        tags,
        description:
          'Opens every case of a table, or none of them; what is wrong in which row stands in `faults`. A case that is there already with everything that its row says is left as it is: the same table may come every night.',
        body: upload,
        response: { 201: acted['open-cases'] },
      },
    },
    async (request, reply) => {
      const cause = causeOf(request)
      const looked = await look(signedIn(request).person, request.body)
      const wouldFail = async (): Promise<ImportFault[]> => faultsOf(looked, await looked.outcomes())
      if (looked.table.faults.length > 0) throw manyFaults(await wouldFail())
      const cases = looked.table.rows.flatMap(({ read }) => read ?? [])
      try {
        const command: OpenCases = { type: 'custody.open-cases', cases }
        const { facts: written, result } = await act(whoOf(request), command, { cause })
        return await reply.code(201).send({ ...result, facts: written })
      } catch (error) {
        throw await faultsInstead(error, wouldFail)
      }
    },
  )
}

interface Looked {
  readonly table: ReadTable<NewCase>
  /** Of every row that could be read, in their order. */
  readonly outcomes: () => Promise<Outcome[]>
}

interface Outcome {
  readonly row: number
  readonly one: NewCase
  readonly outcome: RowOutcome
  /** What is at fault; null where it is the row as a whole, or nothing. */
  readonly column: CaseColumn | null
}

const personIn = (person: string): string => `person/${person}`

async function tableOf(given: Upload, units: readonly OwnUnit[]): Promise<ReadTable<NewCase>> {
  const read = (cells: ReadonlyMap<CaseColumn, string>) => readCaseCells(cells, units)
  if ('file' in given) {
    const of = { columns: caseColumns, headed: caseColumnHeaded, rowsMost: ROWS_MOST, read }
    return readTable(Buffer.from(given.file, 'base64'), of)
  }
  const rows = given.cases.map(({ officers, ...plain }, index) => {
    const cells = Object.entries({ ...plain, officers: officers.join('、') } as Record<CaseColumn, string>)
      .map(([column, said]) => [column as CaseColumn, said.trim()] as const)
      .filter(([, said]) => said !== '')
    return { row: index + 1, ...read(new Map(cells)) }
  })
  return {
    rows: rows.map(({ row, read: one }) => ({ row, read: one })),
    faults: rows.flatMap(({ row, faults }) =>
      faults.map(({ column, what }) => ({ row, column: nameOf(column), what })),
    ),
    ...{ headings: [], cells: new Map() },
  }
}

function nameOf(column: CaseColumn | null): ImportFault['column'] {
  return caseColumns.find(({ id }) => id === column)?.name ?? null
}

/** The column that a refusal of the opening is about. */
const COLUMNS: Readonly<Record<string, CaseColumn>> = {
  'custody.case-exists': 'number',
  'custody.import-case-twice': 'number',
  'custody.import-case-differs': 'number',
  'custody.not-your-unit': 'unit',
  'custody.officer-unknown': 'officers',
  'custody.filing-day': 'filedOn',
}

function columnOf(outcome: RowOutcome): CaseColumn | null {
  if (!(outcome instanceof Refusal)) return null
  return COLUMNS[outcome.code] ?? columnNamed(String(outcome.values['field'] ?? ''))
}

function columnAt({ instancePath }: SchemaFault): CaseColumn | null {
  const [first = '', second = ''] = instancePath.split('/').filter(Boolean)
  return columnNamed(first === 'filing' ? second : first)
}

function columnNamed(field: string): CaseColumn | null {
  return caseColumns.find(({ id }) => id === field)?.id ?? null
}

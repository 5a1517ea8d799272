import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { writeCsv } from '../../csv.ts'
import { signedIn } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { bytes } from '../../schemas.ts'
import { WORKBOOK_TYPE, writeWorkbook } from '../../xlsx.ts'
import { manyFaults } from './faults.ts'
import { FILE_CHARACTERS_MAX, type ImportFault } from './table.ts'

/** What every table that comes in has in common over HTTP, whatever its rows are. */

/** A table as a body carries it. */
export const tableFile = Type.String({
  maxLength: FILE_CHARACTERS_MAX,
  pattern: '^[0-9A-Za-z+/]*={0,2}$',
  description: 'A workbook (.xlsx), or a CSV file in UTF-8 with or without a byte order mark, or GB 18030; in base64.',
})

/** The file, and what else the body says, with room to spare. */
export const TABLE_BODY_BYTES_MAX = FILE_CHARACTERS_MAX + 64 * 1024

interface Template {
  /** Without its ending. */
  readonly path: string
  /** How the file is called when it is kept, without its ending. */
  readonly file: string
  /** How the sheet of the workbook is called. */
  readonly sheet: string
  readonly rows: () => readonly (readonly string[])[]
}

/** The empty table to fill in, as CSV and as a workbook, for whoever is signed in. */
export function templateRoutes(
  app: Pick<FastifyInstance, 'get'>,
  tags: readonly string[],
  { path, file, sheet, rows }: Template,
): void {
  const written = {
    csv: { type: 'text/csv', charset: '; charset=utf-8', write: () => Buffer.from(writeCsv(rows())) },
    xlsx: { type: WORKBOOK_TYPE, charset: '', write: () => writeWorkbook(sheet, rows()) },
  }
  for (const [ending, { type, charset, write }] of Object.entries(written))
    app.get(
      `${path}.${ending}`,
      { schema: { tags: [...tags], produces: [type], response: { 200: bytes } } },
      async (request, reply) => {
        signedIn(request)
        return reply
          .type(`${type}${charset}`)
          .header('content-disposition', `attachment; filename="${file}.${ending}"`)
          .send(await write())
      },
    )
}

/**
 * What is thrown in place of a refusal of the whole: where a row is to blame, everything that is wrong in any of them, as the trial says it.
 *
 * @param wouldFail what the trial finds now, in the order of the rows
 */
export async function faultsInstead(
  error: unknown,
  wouldFail: () => Promise<readonly ImportFault[]>,
): Promise<unknown> {
  const isOfRow = error instanceof Refusal && (error.values['line'] !== undefined || error.code === 'request.invalid')
  const found = isOfRow ? await wouldFail() : []
  return found.length === 0 ? error : manyFaults(found)
}

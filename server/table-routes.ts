import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { bytes, exactly } from './schemas.ts'
import { fileHeaders, type Language, type Table, TABLE_FORMATS, TABLE_TYPES, tableFile } from './table.ts'

export interface FileList {
  /** As its address has it. */
  readonly list: string
  readonly tags: string[]
  readonly description: string
  /** What is asked beside the language. */
  readonly query?: Readonly<Record<string, TSchema>>
  /** The rows that whoever asks may see; it takes down that he looked. */
  readonly table: (
    request: FastifyRequest,
    language: Language,
    asked: Readonly<Record<string, string | undefined>>,
  ) => Promise<Table>
}

const language = Type.Optional(Type.Union([Type.Literal('zh'), Type.Literal('en')]))

/** Offers a list as a file for spreadsheets, in every format, its head in the language that is asked for, in Chinese when none is. */
export function fileRoutes(app: FastifyInstance, { list, tags, description, query = {}, table }: FileList): void {
  for (const format of TABLE_FORMATS)
    app.get(
      `/api/exports/${list}.${format}`,
      {
        schema: {
          ...{ tags, description: `${description} Every cell is a text and none is a formula.` },
          querystring: Type.Object({ ...query, language }, exactly),
          produces: [TABLE_TYPES[format]],
          response: { 200: bytes },
        },
      },
      async (request, reply) => {
        const { language: said, ...asked } = request.query as Record<string, string | undefined>
        const inLanguage = said === 'en' ? 'en' : 'zh'
        const made = await table(request, inLanguage, asked)
        return reply.headers(fileHeaders(list, format)).send(await tableFile(made, format, inLanguage))
      },
    )
}

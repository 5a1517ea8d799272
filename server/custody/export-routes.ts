import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { RouteDependencies } from '../http.ts'
import { bytes, exactly } from '../schemas.ts'
import { TABLE_FORMATS, TABLE_TYPES, tableFile } from '../table.ts'
import { askingOf } from './asking.ts'
import { EXPORTS } from './exports.ts'

const tags = ['custody']
const language = Type.Optional(Type.Union([Type.Literal('zh'), Type.Literal('en')]))

/** Every list of custody as a file for spreadsheets; no cell of it is a formula. */
export const exportRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, now } = deps
  const { asker, recordRead } = askingOf(deps)

  for (const [list, { title, query, table }] of Object.entries(EXPORTS))
    for (const format of TABLE_FORMATS)
      app.get(
        `/api/exports/${list}.${format}`,
        {
          schema: {
            tags,
            description: `${title.en} (${title.zh}), as far as it is in sight; every cell is a text and none is a formula. The head of the table is in \`language\`, Chinese when none is named.`,
            querystring: Type.Object({ ...query, language }, exactly),
            produces: [TABLE_TYPES[format]],
            response: { 200: bytes },
          },
        },
        async (request, reply) => {
          const { actor, sight } = await asker(request)
          await recordRead(actor.person, `exports/${list}`)
          const { language: said = 'zh', ...asked } = request.query as Record<string, string | undefined>
          const inLanguage = said === 'en' ? 'en' : 'zh'
          const made = await table({ db, actor, sight, now: now(), query: asked, language: inLanguage })
          return reply
            .type(format === 'csv' ? 'text/csv; charset=utf-8' : TABLE_TYPES[format])
            .header('content-disposition', `attachment; filename="${list}.${format}"`)
            .send(await tableFile(made, format, inLanguage))
        },
      )
}

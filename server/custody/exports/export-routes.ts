import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { formPdf } from '../../../labels/documents/form-pdf.ts'
import type { RouteDependencies } from '../../http.ts'
import { bytes, exactly } from '../../schemas.ts'
import { fileRoutes } from '../../table-routes.ts'
import { askingOf } from '../asking.ts'
import { drawn } from '../drawing.ts'
import { EXPORTS } from './exports.ts'
import { itemsOfCase } from './item-exports.ts'
import { accountPaper, chainPaper, coverPaper } from '../papers/report-papers.ts'
import { caseNumber, code } from '../schemas.ts'

const tags = ['custody']

/** Every list of custody as a file for spreadsheets; no cell of it is a formula. */
export const exportRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, now } = deps
  const { asker, recordRead, caseFor, itemFor } = askingOf(deps)

  app.get(
    '/api/exports/account.pdf',
    {
      schema: {
        tags,
        description: 'The account of a case on paper: where each item is, and what the accounts hold.',
        querystring: Type.Object({ case: caseNumber }, exactly),
        produces: ['application/pdf'],
        response: { 200: bytes },
      },
    },
    async (request, reply) => {
      const { of, person } = await caseFor(request, request.query.case)
      await recordRead(person, `case/${of.number}/account`)
      const form = await accountPaper(db, of, await itemsOfCase(db, of.number), now())
      return reply.type('application/pdf').send(await drawn(() => formPdf(form, new Date(now()))))
    },
  )

  app.get(
    '/api/exports/cover.pdf',
    {
      schema: {
        tags,
        description: 'The cover of the file of a case, with the papers that lie in it; it names no party and no title.',
        querystring: Type.Object({ case: caseNumber }, exactly),
        produces: ['application/pdf'],
        response: { 200: bytes },
      },
    },
    async (request, reply) => {
      const { of, person } = await caseFor(request, request.query.case)
      await recordRead(person, `case/${of.number}/cover`)
      const form = await coverPaper(db, of, now())
      return reply.type('application/pdf').send(await drawn(() => formPdf(form, new Date(now()))))
    },
  )

  app.get(
    '/api/exports/chain.pdf',
    {
      schema: {
        tags,
        description: 'The life of an item on paper, every entry with the hash by which its register has it.',
        querystring: Type.Object({ item: code }, exactly),
        produces: ['application/pdf'],
        response: { 200: bytes },
      },
    },
    async (request, reply) => {
      const { item, person } = await itemFor(request, request.query.item)
      await recordRead(person, `item/${item.code}/chain`)
      const form = await chainPaper(db, item, now())
      return reply.type('application/pdf').send(await drawn(() => formPdf(form, new Date(now()))))
    },
  )

  for (const [list, { title, query, table }] of Object.entries(EXPORTS))
    fileRoutes(app, {
      ...{ list, tags, query },
      description: `${title.en} (${title.zh}), as far as it is in sight.`,
      async table(request, language, asked) {
        const { actor, sight } = await asker(request)
        await recordRead(actor.person, `exports/${list}`)
        return table({ db, actor, sight, now: now(), query: asked, language })
      },
    })
}

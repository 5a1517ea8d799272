import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { labelSheet, SHEET_LABELS_MAX } from '../../../labels/label-sheet.ts'
import type { RouteDependencies } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { bytes, exactly, nextAfter, paged, pageOf } from '../../schemas.ts'
import * as answers from '../answers.ts'
import { askingOf } from '../asking.ts'
import { drawn } from '../drawing.ts'
import { code, id } from '../schemas.ts'
import { mustKeep } from '../separation.ts'
import { seesStore } from '../sight/sees.ts'
import { drawPlaces, listLabelledPlaces } from './store-labels.ts'

const tags = ['custody']
const byStore = Type.Object({ id }, exactly)

/** The labels of a store's shelves and boxes, many at once. */
export const storeLabelRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, now } = deps
  const { asker, recordRead } = askingOf(deps)

  app.get(
    '/api/stores/:id/labels',
    {
      schema: {
        tags,
        description: 'Every shelf and box of a store by name, with what became of the last label of each.',
        params: byStore,
        querystring: Type.Object(paged(code), exactly),
        response: { 200: answers.pages.places },
      },
    },
    async (request) => {
      const { sight } = await asker(request)
      const store = request.params.id
      if (!seesStore(sight, store)) throw new Refusal('access.not-yours', { what: store })
      const page = pageOf(request.query)
      const places = await listLabelledPlaces(db, store, page)
      return { places, after: nextAfter(places, page, (place) => place.code) }
    },
  )

  app.get(
    '/api/stores/:id/labels.pdf',
    {
      schema: {
        tags,
        description:
          'Labels of shelves and boxes on A4 for an ordinary printer, for the custodians of the store: the issue that is out there, drawn again; nothing becomes void.',
        params: byStore,
        querystring: Type.Object(
          {
            /** Separated by commas, in the order in which they come out. */
            codes: Type.String({ pattern: `^[0-9A-Z]{14}(,[0-9A-Z]{14}){0,${SHEET_LABELS_MAX - 1}}$` }),
            stock: Type.Optional(Type.Union([Type.Literal('100x60'), Type.Literal('60x40')])),
          },
          exactly,
        ),
        produces: ['application/pdf'],
        response: { 200: bytes },
      },
    },
    async (request, reply) => {
      const { actor, sight } = await asker(request)
      const store = request.params.id
      if (!seesStore(sight, store)) throw new Refusal('access.not-yours', { what: store })
      mustKeep({ actor, station: null }, store)
      const { codes, stock = '100x60' } = request.query
      await recordRead(actor.person, `stores/${store}/labels`)
      const sheet = await drawn(async () =>
        labelSheet(await drawPlaces(db, store, [...new Set(codes.split(','))], stock), stock, new Date(now())),
      )
      return reply.type('application/pdf').send(sheet)
    },
  )
}

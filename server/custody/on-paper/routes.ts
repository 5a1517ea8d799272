import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { paperActSheet } from '../../../labels/documents/paper-act.ts'
import type { RouteDependencies } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { bytes, exactly } from '../../schemas.ts'
import { askingOf } from '../asking.ts'
import { drawn } from '../drawing.ts'
import { id } from '../schemas.ts'
import { namesOf } from '../../names.ts'
import { keepingUnits } from '../store.ts'

/** The empty sheet that lies ready beside the bench for the day without power. It says nothing of a case. */
export const onPaperRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, now } = deps
  const { asker } = askingOf(deps)

  app.get(
    '/api/stores/:id/paper-sheet.pdf',
    {
      schema: {
        tags: ['custody'],
        description: 'An empty sheet for acts of the bench while there is no power, to be entered later.',
        params: Type.Object({ id }, exactly),
        produces: ['application/pdf'],
        response: { 200: bytes },
      },
    },
    async (request, reply) => {
      await asker(request)
      const store = request.params.id
      const unit = (await keepingUnits(db, [store])).get(store)
      if (unit === undefined) throw new Refusal('custody.unknown-store', { store })
      const named = await namesOf(db, [`unit/${unit}`, `store/${store}`])
      const nameOf = (who: string): string => named(who).name
      const sheet = await drawn(() => paperActSheet(nameOf(`unit/${unit}`), nameOf(`store/${store}`), new Date(now())))
      return reply.type('application/pdf').send(sheet)
    },
  )
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { causeOf, type RouteDependencies, whoOf } from '../../http.ts'
import { readPersonal } from '../../ledger/personal.ts'
import { textOf } from '../../names.ts'
import { exactly } from '../../schemas.ts'
import { acted } from '../answers-acts.ts'
import { signatures, verifySignatures } from '../papers/signatures.ts'
import { isAnswered, mustHaveRight } from '../people/right.ts'
import { readItem } from '../reads.ts'
import { code, schemas } from '../schemas.ts'

const { items: _, ...asked } = schemas['custody.open-identity'].properties

/** Who really is whom an item's card calls by an alias. */
export const identityRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, now } = deps

  app.post(
    '/api/items/:code/identity',
    {
      schema: {
        tags: ['custody'],
        description:
          'Two people look up who the holder or the witness of an item really is; the looking up is registered first.',
        params: Type.Object({ code }, exactly),
        body: Type.Object({ ...asked, signatures }, exactly),
        response: { 200: acted.identity },
      },
    },
    async (request) => {
      const { signatures: given = [], ...wanted } = request.body
      const items = [request.params.code]
      const [cause, who] = [causeOf(request), whoOf(request)]
      if (given.length > 0 && !(await isAnswered(db, who.person, cause))) {
        const at = now()
        await mustHaveRight(db, await loadActor(db, who.person, at), ['officer'], items, at)
      }
      const signers = await verifySignatures(deps, { person: who.person, address: request.ip }, given)
      const command = { type: 'custody.open-identity', items, ...wanted }
      const { facts } = await act({ ...who, with: signers }, command, { cause })
      // Read after the act has been written down: no answer that is kept for a repeated request holds the name.
      const sealed = (await readItem(db, request.params.code))?.[wanted.whose].identity
      const contents = await readPersonal(db, sealed === undefined ? [] : [sealed.ref])
      return { facts, name: sealed === undefined ? null : textOf(contents.get(sealed.ref)) }
    },
  )
}

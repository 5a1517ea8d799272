import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { causeOf, type RouteDependencies, whoOf } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { exactly } from '../../schemas.ts'
import { acted } from '../answers-acts.ts'
import { askingOf } from '../asking.ts'
import { guardedIn } from '../intake/details.ts'
import { detailsOf } from '../papers/paper-words.ts'
import { readCase } from '../reads.ts'
import { code, schemas } from '../schemas.ts'
import { mustOpenAccountNumber, numberLogged } from './account-number.ts'

const { items: _, ...asked } = schemas['custody.open-account-number'].properties

/** The whole number of a deposit, a security or a card. */
export const accountNumberRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act } = deps
  const { recordRead, itemFor } = askingOf(deps)

  app.post(
    '/api/items/:code/account-number',
    {
      schema: {
        tags: ['custody'],
        description:
          'The whole account number of an item, which is masked everywhere else, to a person dedicated to it. Who reads it, when and why is registered and in the read log first: `facts` says where, `logged` under what. `number` is null once it was lawfully erased.',
        params: Type.Object({ code }, exactly),
        body: Type.Object(asked, exactly),
        response: { 200: acted.accountNumber },
      },
    },
    async (request) => {
      const command = { type: 'custody.open-account-number', items: [request.params.code], ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      // A repeated request gets its old answer without being asked again whether he may: the number is only for who may now.
      const { item, actor, person } = await itemFor(request, request.params.code)
      const of = await readCase(db, item.case)
      if (of === null) throw new Refusal('custody.unknown-item', { item: item.code })
      mustOpenAccountNumber(actor, item, of)
      const logged = numberLogged(item)
      await recordRead(person, logged)
      // Read after both have been written down: no answer that is kept for a repeated request holds the number.
      return { facts, logged, number: guardedIn((await detailsOf(db, [item]))(item.code)) }
    },
  )
}

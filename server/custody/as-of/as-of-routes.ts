import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type TSchema, Type } from 'typebox'
import type { RouteDependencies } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { answering, exactly, nextAfter, orNull, paged, pageOf, words } from '../../schemas.ts'
import { accountWords } from '../account/accounting.ts'
import { caseAsOf, itemAsOf, storeAsOf } from './as-of.ts'
import { askingOf } from '../asking.ts'
import { custodyWords, dispositionWords, measureWords, sealWords } from '../axes.ts'
import { keptOpenWords } from '../disposal/words.ts'
import type { CaseAsOf, ItemAsOf, StoreAsOf } from '../protocol.ts'
import { caseNumber, code, id, instant } from '../schemas.ts'
import { seesStore } from '../sight/sees.ts'
import { numberNow } from '../renumbering/renumbering.ts'

const tags = ['custody']
const text = Type.String()
const count = Type.Integer()
const flag = Type.Boolean()
const shape = <const P extends Record<string, TSchema>>(properties: P) => Type.Object(properties, exactly)
const saidOf = (of: object) => shape({ value: Type.Enum(Object.keys(of)), words })
const holder = shape({ who: text, name: text })
const by = Type.Enum(['event', 'recorded'])
const item = shape({
  ...{ code: text, ordinal: count, name: text, quantity: text, quantityUnit: text, quantityWords: words, frozen: flag },
  ...{ measure: saidOf(measureWords), custody: saidOf(custodyWords), seal: saidOf(sealWords) },
  ...{ disposition: saidOf(dispositionWords), holder, store: orNull(holder) },
  location: orNull(shape({ code: text, name: text })),
  keptOpen: orNull(saidOf(keptOpenWords)),
  complaint: orNull(Type.Enum(['open', 'to-put-right'])),
  origin: orNull(shape({ how: Type.Enum(['split', 'merge', 'sale']), from: Type.Array(text), at: text })),
  succeeded: orNull(shape({ how: Type.Enum(['split', 'merge']), into: Type.Array(text) })),
})
const moment = { at: text, by, late: count }
const account = shape({
  ...{ account: Type.Enum(Object.keys(accountWords)), words },
  ...{ pieces: count, fen: count, mg: count, agrees: flag },
})
const answers = {
  item: answering<ItemAsOf>()(shape({ ...moment, item: orNull(item) })),
  case: answering<CaseAsOf>()(
    shape({
      ...{ ...moment, number: text, items: Type.Array(item) },
      ledger: shape({ accounts: Type.Array(account), balances: flag }),
    }),
  ),
  store: answering<StoreAsOf>()(
    shape({ at: text, keeper: orNull(holder), items: Type.Array(item), after: orNull(text) }),
  ),
}
const asked = Type.Object({ at: instant, by: Type.Optional(by) }, exactly)
const DESCRIPTION =
  'As things stood at a moment, computed from the registers: `by` event, by what had happened then (the default), or recorded, by what had been written down.'

/** State as of a past date: an item, the account of a case, what a store held. */
export const asOfRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db } = deps
  const { asker, recordRead, itemFor, caseFor } = askingOf(deps)

  app.get(
    '/api/items/:code/as-of',
    {
      schema: {
        ...{ tags, description: DESCRIPTION, params: shape({ code }), querystring: asked },
        response: { 200: answers.item },
      },
    },
    async (request) => {
      const { item: found, person } = await itemFor(request, request.params.code)
      await recordRead(person, `item/${found.code}/as-of`)
      return itemAsOf(db, found.code, momentOf(request.query))
    },
  )

  app.get(
    '/api/cases/:number/as-of',
    {
      schema: {
        ...{ tags, description: DESCRIPTION, params: shape({ number: caseNumber }), querystring: asked },
        response: { 200: answers.case },
      },
    },
    async (request) => {
      const { of, person } = await caseFor(request, request.params.number)
      await recordRead(person, `case/${of.number}/as-of`)
      return { ...(await caseAsOf(db, of.number, momentOf(request.query))), number: numberNow(of) }
    },
  )

  app.get(
    '/api/stores/:id/as-of',
    {
      schema: {
        tags,
        description: 'What a store held at a moment, by who held each item then.',
        params: shape({ id }),
        querystring: Type.Object({ at: instant, ...paged(code) }, exactly),
        response: { 200: answers.store },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      const store = request.params.id
      if (!seesStore(sight, store)) throw new Refusal('access.not-yours', { what: store })
      await recordRead(actor.person, `store/${store}/as-of`)
      const page = pageOf(request.query)
      const found = await storeAsOf(db, store, request.query.at, page)
      return { ...found, after: nextAfter(found.items, page, (one) => one.code) }
    },
  )
}

function momentOf({ at, by: wanted = 'event' }: { readonly at: string; readonly by?: 'event' | 'recorded' }) {
  return { at, by: wanted }
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { type RouteDependencies, signedIn } from '../../http.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { answering, exactly, orNull, uuid, words } from '../../schemas.ts'
import { count, holder, oneOf, shape, text } from '../answer-shapes.ts'
import { askingOf } from '../asking.ts'
import { disposalInSight } from '../disposal/routes.ts'
import type { Item } from '../items/item.ts'
import { sharesOf } from '../papers/holders.ts'
import { readCase, readList } from '../reads.ts'
import { code } from '../schemas.ts'
import { handles } from '../separation.ts'
import { seesPaper } from '../sight/sees.ts'
import { readLoan } from './loan-sides.ts'
import { placesOfDisposal, placesOfList, placesOfLoan, showing, signedItem } from './places.ts'
import type { ListSignatures, PaperSignatures } from './protocol.ts'
import { awaitedOf, isOneList } from './signing.ts'
import '../tables.ts'

const listSigner = oneOf(['holder', 'witness', 'officer'])
const paperSigner = oneOf(['giver', 'taker', 'receiver'])
const signature = shape({
  ...{ as: Type.Union([listSigner, paperSigner]), person: orNull(holder), on: oneOf(['screen', 'paper']) },
  ...{ strokes: orNull(Type.Array(Type.Array(count))), commitment: text, by: holder, at: text },
})
const signed = { code: text, name: text, quantity: words }
const answer = answering<ListSignatures>()(
  shape({
    signatures: Type.Array(signature),
    awaited: Type.Array(listSigner),
    list: Type.Array(shape({ ...signed, awaits: Type.Array(listSigner) })),
  }),
)
const places = answering<PaperSignatures>()(
  shape({
    places: Type.Array(
      shape({
        ...{ act: orNull(count), as: paperSigner, person: orNull(holder), receiver: orNull(text) },
        ...{ signature: orNull(signature), items: Type.Array(shape(signed)) },
        sign: orNull(oneOf(['here', 'with-badge'])),
      }),
    ),
  }),
)
const tags = ['custody']
const params = Type.Object({ code }, exactly)

/** What was signed by hand, and who still has a place to sign. Every read is recorded: a signature is personal content. */
export const signingRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db } = deps
  const { asker, recordRead, itemFor } = askingOf(deps)

  app.get(
    '/api/items/:code/signatures',
    { schema: { tags, params, response: { 200: answer } } },
    async (request): Promise<ListSignatures> => {
      const { item, actor, person } = await itemFor(request, request.params.code)
      await recordRead(person, `item/${item.code}/signatures`)
      const signatures = (item.signatures ?? []).filter(({ paper }) => paper === undefined)
      const { shown } = await showing(db, signatures)
      const of = await readCase(db, item.case)
      const mine = of !== null && of.status === 'OPEN' && handles(actor, of)
      return {
        signatures: signatures.map((one) => shown(one)),
        awaited: mine ? awaitedOf(item, actor.person) : [],
        list: mine ? await listOf(db, item, actor.person) : [],
      }
    },
  )

  app.get(
    '/api/lists/:code/signatures',
    {
      schema: {
        ...{ tags, params, response: { 200: places } },
        description:
          '移交、接收 (F-04, F-05): who handed over and who received, what each signed, and for what he has not.',
      },
    },
    async (request): Promise<PaperSignatures> => {
      const { actor, sight } = await asker(request)
      const list = await readList(db, request.params.code)
      if (list === null || !seesPaper(sight, list))
        throw new Refusal('custody.unknown-list', { list: request.params.code })
      await recordRead(actor.person, `list/${list.code}/signatures`)
      return placesOfList(db, list, actor.person)
    },
  )

  app.get(
    '/api/loans/:loan/signatures',
    {
      schema: {
        ...{ tags, params: Type.Object({ loan: uuid }, exactly), response: { 200: places } },
        description:
          'F-06, F-07: who gave it out and who fetched it, who brought it back and who took it in; what each signed, and for what he has not.',
      },
    },
    async (request): Promise<PaperSignatures> => {
      const { actor, sight } = await asker(request)
      const loan = await readLoan(db, request.params.loan)
      if (loan === null || !seesPaper(sight, loan))
        throw new Refusal('custody.unknown-loan', { loan: request.params.loan })
      await recordRead(actor.person, `loan/${loan.id}/signatures`)
      return placesOfLoan(db, loan, actor.person)
    },
  )

  app.get(
    '/api/disposals/:code/signatures',
    {
      schema: {
        ...{ tags, params, response: { 200: places } },
        description:
          'F-08, F-11, F-12, F-14: of each act who carried it out and who received, what each signed, and for what he has not.',
      },
    },
    async (request): Promise<PaperSignatures> => {
      const { person } = signedIn(request)
      const { paper, seen } = await disposalInSight(deps, person, request.params.code)
      await recordRead(person, `disposal/${paper.code}/signatures`)
      return placesOfDisposal(db, paper, seen, person)
    },
  )
}

/** What stands on the same list, in its order: each holder of what one notice took has a list of his own. */
async function listOf(db: Reader, item: Item, actor: string): Promise<ListSignatures['list']> {
  const rows = await db
    .selectFrom('items')
    .select('state')
    .where('case_number', '=', item.case)
    .orderBy('ordinal')
    .execute()
  const taken = rows.map(({ state }) => state).filter((one) => isOneList(item, one))
  const own = (await sharesOf(db, '', taken)).find(({ items }) => items.some(({ code: one }) => one === item.code))
  return [...(own?.items ?? [])].map((one) => ({ ...signedItem(one), awaits: awaitedOf(one, actor) }))
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { RouteDependencies } from '../../http.ts'
import { readPersonal } from '../../ledger/personal.ts'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { answering, exactly, orNull } from '../../schemas.ts'
import { count, holder, oneOf, shape, text } from '../answer-shapes.ts'
import { askingOf } from '../asking.ts'
import type { Item } from '../items/item.ts'
import { readCase } from '../reads.ts'
import { code } from '../schemas.ts'
import { handles } from '../separation.ts'
import type { ListSignatures } from './protocol.ts'
import { awaitedOf, isOneList } from './signing.ts'
import { strokesIn } from './strokes.ts'
import '../tables.ts'

const signsAs = oneOf(['holder', 'witness', 'officer'])
const answer = answering<ListSignatures>()(
  shape({
    signatures: Type.Array(
      shape({
        ...{ as: signsAs, person: orNull(holder), on: oneOf(['screen', 'paper']) },
        ...{ strokes: orNull(Type.Array(Type.Array(count))), commitment: text, by: holder, at: text },
      }),
    ),
    awaited: Type.Array(signsAs),
    list: Type.Array(shape({ code: text, name: text, quantity: text, awaits: Type.Array(signsAs) })),
  }),
)

/** What was signed on the list that an item stands on. The read is recorded: a signature is personal content. */
export const signingRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db } = deps
  const { recordRead, itemFor } = askingOf(deps)

  app.get(
    '/api/items/:code/signatures',
    { schema: { tags: ['custody'], params: Type.Object({ code }, exactly), response: { 200: answer } } },
    async (request): Promise<ListSignatures> => {
      const { item, actor, person } = await itemFor(request, request.params.code)
      await recordRead(person, `item/${item.code}/signatures`)
      const { signatures = [] } = item
      const contents = await readPersonal(
        db,
        signatures.map(({ strokes }) => strokes.ref),
      )
      const named = await namesOf(
        db,
        signatures
          .flatMap(({ by, person: signer }) => [by, ...(signer === null ? [] : [signer])])
          .map((one) => `person/${one}`),
      )
      const of = await readCase(db, item.case)
      const mine = of !== null && of.status === 'OPEN' && handles(actor, of)
      return {
        signatures: signatures.map(({ as, person: signer, on, strokes, by, at }) => ({
          ...{ as, on, at, by: named(`person/${by}`), commitment: strokes.commitment },
          person: signer === null ? null : named(`person/${signer}`),
          strokes: strokesIn(contents.get(strokes.ref)),
        })),
        awaited: mine ? awaitedOf(item, actor.person) : [],
        list: mine ? await listOf(db, item, actor.person) : [],
      }
    },
  )
}

/** What stands on the same list, in its order. */
async function listOf(db: Reader, item: Item, actor: string): Promise<ListSignatures['list']> {
  const rows = await db
    .selectFrom('items')
    .select('state')
    .where('case_number', '=', item.case)
    .orderBy('ordinal')
    .execute()
  return rows
    .map(({ state }) => state)
    .filter((one) => isOneList(item, one))
    .map((one) => ({
      ...{ code: one.code, name: one.name, quantity: `${one.quantity} ${one.quantityUnit}` },
      awaits: awaitedOf(one, actor),
    }))
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Answer } from '../../act.ts'
import { causeOf, type RouteDependencies, whoOf } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { answering, exactly, facts, orNull } from '../../schemas.ts'
import { askingOf } from '../asking.ts'
import { shownKeeping } from './reads.ts'
import type { ShownKeeping } from '../protocol.ts'
import { isAnswered } from '../people/right.ts'
import { id } from '../schemas.ts'
import { keeperSchemas } from './schemas.ts'
import { seesStore } from '../sight/sees.ts'
import { answersForStore } from '../separation.ts'
import { signatures, verifySignatures } from '../papers/signatures.ts'
import { keepingUnits } from '../store.ts'

const tags = ['custody']
const text = Type.String()
const count = Type.Integer()
const holder = Type.Object({ who: text, name: text }, exactly)
const keeping = answering<ShownKeeping>()(
  Type.Object(
    {
      ...{ store: text, keeper: orNull(holder), since: orNull(text) },
      handOvers: Type.Array(
        Type.Object(
          {
            ...{ from: holder, to: holder, witness: holder, stocktake: text, statement: orNull(text), at: text },
            kept: Type.Object(
              { inStore: count, lent: count, atAppraisal: count, unlocated: Type.Array(text) },
              exactly,
            ),
            position: Type.Object({ register: text, seq: count }, exactly),
          },
          exactly,
        ),
      ),
    },
    exactly,
  ),
)
const done = answering<Pick<Answer, 'facts'>>()(Type.Object({ facts }, exactly))
const byStore = Type.Object({ id }, exactly)
const { store: _, ...said } = keeperSchemas['custody.hand-over-post'].properties
const signedBody = Type.Object({ ...said, signatures }, exactly)

/** Who answers for a store in person, and how his post passes to another. */
export const keeperRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act } = deps
  const { asker, recordRead } = askingOf(deps)

  app.get(
    '/api/stores/:id/keeping',
    { schema: { tags, params: byStore, response: { 200: keeping } } },
    async (request) => {
      const { actor, sight } = await asker(request)
      const store = request.params.id
      const unit = (await keepingUnits(db, [store])).get(store) ?? null
      if (!seesStore(sight, store) && !answersForStore(actor, store, unit))
        throw new Refusal('access.not-yours', { what: store })
      await recordRead(actor.person, `keeping/${store}`)
      return shownKeeping(db, store)
    },
  )

  app.post(
    '/api/stores/:id/keeping',
    {
      schema: {
        tags,
        description:
          '岗位交接: the post passes to `to`, who signs beside a witness, after the stock-take that is named.',
        params: byStore,
        body: signedBody,
        response: { 200: done },
      },
    },
    async (request) => {
      const { signatures: given = [], ...wanted } = request.body
      const store = request.params.id
      const who = whoOf(request)
      const cause = causeOf(request)
      // Nobody's PIN is looked at for who may not act himself.
      if (given.length > 0 && !(await isAnswered(db, who.person, cause))) {
        const { actor } = await asker(request)
        const unit = (await keepingUnits(db, [store])).get(store) ?? null
        if (!answersForStore(actor, store, unit)) throw new Refusal('custody.not-your-store', { store })
      }
      const signers = await verifySignatures(deps, { person: who.person, address: request.ip }, given)
      const command = { type: 'custody.hand-over-post', store, ...wanted }
      const { facts: written } = await act({ ...who, with: signers }, command, { cause })
      return { facts: [...written] }
    },
  )
}

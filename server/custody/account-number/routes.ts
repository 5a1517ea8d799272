import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { causeOf, type RouteDependencies, whoOf } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { answering, exactly, orNull } from '../../schemas.ts'
import { acted } from '../answers-acts.ts'
import { askingOf } from '../asking.ts'
import { guardedIn, maskedDetails } from '../intake/details.ts'
import type { OpenableNumbers } from './protocol.ts'
import { detailsOf } from '../papers/paper-words.ts'
import { readCase } from '../reads.ts'
import { rules } from '../rules.ts'
import { caseNumber, code, schemas } from '../schemas.ts'
import { seesCase, seesItem } from '../sight/sees.ts'
import { mayOpenAccountNumber, mustOpenAccountNumber, numberLogged, readsWholeUntil } from './account-number.ts'
import { numbersOpened, withNumbers } from './store.ts'

const openable = answering<OpenableNumbers>()(
  Type.Object(
    {
      minutes: Type.Integer(),
      items: Type.Array(
        Type.Object(
          {
            ...{ code: Type.String(), name: Type.String(), notice: Type.String() },
            ...{ number: orNull(Type.String()), until: orNull(Type.String()) },
          },
          exactly,
        ),
      ),
    },
    exactly,
  ),
)
const { items: _, ...asked } = schemas['custody.open-account-number'].properties

/** The whole number of a deposit, a security or a card. */
export const accountNumberRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, now } = deps
  const { asker, recordRead, itemFor } = askingOf(deps)

  app.get(
    '/api/cases/:number/account-numbers',
    {
      schema: {
        tags: ['custody'],
        description:
          'Things of a case whose whole account number the asker may read once he says why (`POST /api/custody/open-account-number`), with the number as it is masked. `until`: so long papers that he looks at show it whole; null before he said why.',
        params: Type.Object({ number: caseNumber }, exactly),
        response: { 200: openable },
      },
    },
    async (request) => {
      const { number } = request.params
      const { actor, sight } = await asker(request)
      const of = await readCase(db, number)
      const all = of === null ? [] : (await withNumbers(db, number)).filter((item) => seesItem(sight, item))
      if (of === null || (all.length === 0 && !seesCase(sight, of)))
        throw new Refusal('custody.unknown-case', { case: number })
      await recordRead(actor.person, `case/${number}/account-numbers`)
      const its = all.filter((item) => mayOpenAccountNumber(item, of, actor))
      const opened = await numbersOpened(db, actor.person, its)
      const details = await detailsOf(db, its)
      return {
        minutes: rules.account_number_minutes.value,
        items: its.map((item) => ({
          ...{ code: item.code, name: item.name, notice: item.measure.noticeNumber },
          number: guardedIn(maskedDetails(details(item.code))),
          until: readsWholeUntil({ item, of, actor }, opened, now()),
        })),
      }
    },
  )

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

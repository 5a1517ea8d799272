import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { DISPOSAL_FORMS, type DisposalFormKind, disposalSheet } from '../../../labels/documents/disposal-form.ts'
import type { Form } from '../../../labels/documents/form.ts'
import { formsPdf } from '../../../labels/documents/form-pdf.ts'
import { loadActor } from '../../access/actor.ts'
import { approvals } from '../../approvals/store.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../../http.ts'
import { loadStates } from '../../ledger/project.ts'
import { Refusal } from '../../refusal.ts'
import { bytes, exactly } from '../../schemas.ts'
import { caseAccount } from '../account/accounts.ts'
import { disposalCarriesNumbers, NEVER_WHOLE, numbersLogged, shownWholeTo } from '../account-number/on-papers.ts'
import { acted } from '../answers-acts.ts'
import { disposalPage } from '../answers.ts'
import { previewUnder } from '../papers/under-cases.ts'
import { DISPOSAL_RECIPIENTS, disposalPaperOf } from './paper.ts'
import { noticesAmong } from './issued-notices.ts'
import { releaseNoticesOf } from './release-notices.ts'
import { narrowed, readDisposal, shownDisposals, textOnlyOf, turnsOf } from './reads.ts'
import { mayReadText } from './whole-text.ts'
import type { Disposal } from './disposal.ts'
import { drawn } from '../drawing.ts'
import type { Item } from '../items/item.ts'
import { readCase, readItems } from '../reads.ts'
import { rules } from '../rules.ts'
import { caseNumber, code } from '../schemas.ts'
import { seesCase, seesItem } from '../sight/sees.ts'
import { sightOf } from '../sight/sight.ts'

const tags = ['custody']
const ACTS_MAX = 500
/** As many items as one act may name, with a comma after each. */
const codesInRow = Type.String({ pattern: `^[0-9A-Z]{14}(,[0-9A-Z]{14}){0,${rules.items_per_act.value - 1}}$` })
const copyNumber = Type.Integer({ minimum: 1, maximum: 9 })

/** The papers of disposal, and the gate that a case is closed through. */
export const disposalRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, activity, now } = deps
  const recordRead = (person: string, about: string): Promise<void> =>
    activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })
  const sightFor = async (person: string) => sightOf(db, await loadActor(db, person, now()), now())

  app.post(
    '/api/cases/:number/close',
    {
      schema: {
        tags,
        description:
          '案结物清: 200 with the items that lawfully stay open, or a refusal whose `blocks` name each item in the way, what is wanting, who holds it and what is due when.',
        params: Type.Object({ number: caseNumber }, exactly),
        response: { 200: acted['close-case'] },
      },
    },
    async (request) => {
      const { number } = request.params
      try {
        const command = { type: 'custody.close-case', case: number }
        const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
        return { ...result, facts }
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'custody.case-not-clean') throw error
        const of = await readCase(db, number)
        if (of === null) throw error
        const { blocks, exceptions } = await caseAccount(db, of, await sightFor(whoOf(request).person), now())
        throw new Refusal(error.code, error.values, { blocks, exceptions })
      }
    },
  )

  app.get(
    '/api/disposals/:code',
    { schema: { tags, params: Type.Object({ code }, exactly), response: { 200: disposalPage } } },
    async (request) => {
      const { person } = signedIn(request)
      const { paper, seen, textOnly } = await disposalToRead(deps, person, request.params.code)
      await recordRead(person, `disposal/${paper.code}`)
      const [shown] = await shownDisposals(db, [paper], now())
      if (shown === undefined) throw new Refusal('custody.unknown-disposal', { disposal: request.params.code })
      const actor = await loadActor(db, person, now())
      if (textOnly) return textOnlyOf(shown, seen)
      const notices = await noticesAmong(db, seen)
      return { ...narrowed(shown, seen), ...(await turnsOf(db, paper, seen, actor)), notices, things: null }
    },
  )

  for (const kind of Object.keys(DISPOSAL_FORMS) as DisposalFormKind[]) {
    app.get(
      `/api/disposals/:code/${kind}.pdf`,
      {
        schema: {
          tags,
          description: `${DISPOSAL_FORMS[kind].formNumber} ${DISPOSAL_FORMS[kind].title}; \`act\` is which of its acts, counted from one; with \`items\` (codes with commas between) it is drawn of an act to come, to be signed.${kind === 'notice' ? ' One for each holder, one after the other.' : ''}`,
          params: Type.Object({ code }, exactly),
          querystring: Type.Object(
            {
              act: Type.Optional(Type.Integer({ minimum: 1, maximum: ACTS_MAX })),
              items: Type.Optional(codesInRow),
              copy: Type.Optional(copyNumber),
            },
            exactly,
          ),
          produces: ['application/pdf'],
          response: { 200: bytes },
        },
      },
      async (request, reply) => {
        const { person } = signedIn(request)
        const wanted = request.params.code
        // The approval is what he had a part in; the other forms tell who received what.
        const { paper, seen } = await (kind === 'approval' ? disposalToRead : disposalInSight)(deps, person, wanted)
        await recordRead(person, `disposal/${paper.code}/${kind}`)
        const recipients = DISPOSAL_RECIPIENTS[kind]
        const number = Math.min(request.query.copy ?? 1, recipients.length)
        const copy = { number, of: recipients.length, recipient: recipients[number - 1] ?? '' }
        const items = request.query.items?.split(',') ?? null
        // Without a word of what is wanted: the first act, and before there is any, the one to come.
        const nth = request.query.act ?? (items === null && paper.acts.length > 0 ? 1 : null)
        const actor = await loadActor(db, person, now())
        const onCase = await readCase(db, paper.case)
        const isWhole =
          onCase === null || !disposalCarriesNumbers(kind) ? NEVER_WHOLE : await shownWholeTo(db, actor, onCase, now())
        const of = { nth, items, copy, seen, isWhole }
        const said =
          kind === 'notice'
            ? (await releaseNoticesOf(db, paper, of)).map(({ form }) => form)
            : [await disposalPaperOf(db, paper, kind, of)]
        const forms: Form[] = []
        for (const one of said) forms.push(await previewUnder(db, disposalSheet(one), [paper.case]))
        const onIt = new Set(said.flatMap((one) => one.items.map((item) => item.code)))
        const shown = seen.filter((item) => onIt.has(item.code))
        await Promise.all(numbersLogged(shown, isWhole).map((about) => recordRead(person, about)))
        return reply.type('application/pdf').send(await drawn(() => formsPdf(forms, new Date(now()))))
      },
    )
  }
}

/** A paper and those of its items that somebody may see, in its order. */
interface DisposalInSight {
  readonly paper: Disposal
  readonly seen: readonly Item[]
}

/** The same for who reads it; `textOnly`: it says to him what was proposed and agreed to, and nothing of what came of it. */
interface DisposalToRead extends DisposalInSight {
  readonly textOnly: boolean
}

/**
 * The paper, if there is one and this person may see its case, or any of its items: a paper may be about the items of several keepers.
 * @throws Refusal `custody.unknown-disposal`
 */
export async function disposalInSight(
  { db, now }: Pick<RouteDependencies, 'db' | 'now'>,
  person: string,
  wanted: string,
): Promise<DisposalInSight> {
  const found = await readDisposal(db, wanted)
  const inSight = found === null ? null : await withinSight({ db, now }, person, found)
  if (inSight === null) throw new Refusal('custody.unknown-disposal', { disposal: wanted })
  return inSight
}

/**
 * The paper to read: also for who had a part in it and sees its case no more.
 * @throws Refusal `custody.unknown-disposal`
 */
async function disposalToRead(
  { db, now }: Pick<RouteDependencies, 'db' | 'now'>,
  person: string,
  wanted: string,
): Promise<DisposalToRead> {
  const found = await readDisposal(db, wanted)
  const inSight = found === null ? null : await withinSight({ db, now }, person, found)
  if (inSight !== null) return { ...inSight, textOnly: false }
  const of = found === null ? null : await readCase(db, found.case)
  if (found !== null && of !== null) {
    const decided = await loadStates(
      db,
      approvals,
      found.agreed.map(({ approval }) => approval),
    )
    const requests = [...decided.values()].filter((one) => one !== null)
    if (mayReadText(found, requests, await loadActor(db, person, now()), of))
      return { paper: found, seen: await readItems(db, found.items), textOnly: true }
  }
  throw new Refusal('custody.unknown-disposal', { disposal: wanted })
}

async function withinSight(
  { db, now }: Pick<RouteDependencies, 'db' | 'now'>,
  person: string,
  paper: Disposal,
): Promise<DisposalInSight | null> {
  const sight = await sightOf(db, await loadActor(db, person, now()), now())
  const its = await readItems(db, paper.items)
  if (seesCase(sight, { number: paper.case, unit: paper.unit })) return { paper, seen: its }
  const seen = its.filter((item) => seesItem(sight, item))
  return seen.length > 0 ? { paper, seen } : null
}

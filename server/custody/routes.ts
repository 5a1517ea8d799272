import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, type TObject, Type } from 'typebox'
import { parseCode } from '../../labels/item-code.ts'
import { loadActor } from '../access/actor.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../http.ts'
import { readPersonal } from '../ledger/personal.ts'
import type { Actor } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { namesOf, textOf } from '../names.ts'
import { done, exactly, nextAfter, paged, pageOf, uuid } from '../schemas.ts'
import type { Case } from './cases.ts'
import { readChain, withWords } from './chain.ts'
import type { Item } from './items.ts'
import type { ItemChain } from './protocol.ts'
import { caseAccount, listCases } from './accounts.ts'
import * as answers from './answers.ts'
import { acted, commandAnswers } from './answers-acts.ts'
import { listConflicts, showConflicts } from './conflict-reads.ts'
import { listIncidents } from './incident-reads.ts'
import { actsOf, appraisalActOf } from './item-acts.ts'
import { listLists, shownList } from './list-reads.ts'
import { codesOf } from './lines.ts'
import { complaintActOf } from './complaints.ts'
import { custodyModule } from './module.ts'
import { custodyOptions } from './options.ts'
import { listLoans, listLocations, listNotices, mayLookUp, readCase, readItem, search, seesLabelled } from './reads.ts'
import { itemCard, shownLabel } from './shown.ts'
import { caseNumber, code, conflictId, id, incidentId, schemas } from './schemas.ts'
import { isAnswered, mustHaveRight } from './right.ts'
import { signatures, verifySignatures } from './signatures.ts'
import { seesCase, seesItem, seesPaper, seesStore, type Sight } from './sees.ts'
import { sightOf } from './sight.ts'

const SEARCH_LIMIT = 20
const SEARCH_LIMIT_MAX = 100

const tags = ['custody']
const byCode = Type.Object({ code }, exactly)
const byNumber = Type.Object({ number: caseNumber }, exactly)

/** `POST /api/custody/{command}`: the commands of the contract that are built. */
const COMMANDS = [
  'hand-over',
  'check-in',
  'refuse-item',
  'move',
  'borrow',
  'give-back',
  'appraise',
  'appraised',
  'incident',
  'resolve',
  'unseal',
  'seal',
  'correct',
  'propose-disposal',
  'release',
  'dispose',
  'deliver',
  'write-off',
  'complain',
  'decide-complaint',
] as const

/** Those that others sign too: who fetches or brings, or a second custodian. */
const SIGNED: ReadonlySet<string> = new Set([
  'check-in',
  'refuse-item',
  'move',
  'borrow',
  'give-back',
  'unseal',
  'seal',
  'correct',
  'appraise',
  'appraised',
  'release',
  'dispose',
  'deliver',
])

interface Signed {
  readonly items: Parameters<typeof codesOf>[0]
  readonly signatures?: Static<typeof signatures>
}

/** Custody over HTTP: every write goes through the one door, every read of a case or an item is recorded before it is answered. */
export const custodyRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, activity, now } = deps
  type Asking = Parameters<typeof signedIn>[0]

  const asker = async (request: Asking): Promise<{ actor: Actor; sight: Sight }> => {
    const actor = await loadActor(db, signedIn(request).person, now())
    return { actor, sight: await sightOf(db, actor, now()) }
  }
  const recordRead = (person: string, about: string): Promise<void> =>
    activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })
  /** The item, if there is one and the asker may see it; which of the two it is, nobody is told. */
  const itemFor = async (request: Asking, wanted: string): Promise<{ item: Item; actor: Actor; person: string }> => {
    const { actor, sight } = await asker(request)
    const item = await readItem(db, wanted)
    if (item === null || !(await mayLookUp(db, sight, item)))
      throw new Refusal('custody.unknown-item', { item: wanted })
    return { item, actor, person: actor.person }
  }
  const caseFor = async (request: Asking, number: string): Promise<{ of: Case; sight: Sight; person: string }> => {
    const { actor, sight } = await asker(request)
    const of = await readCase(db, number)
    if (of === null || !seesCase(sight, of)) throw new Refusal('custody.unknown-case', { case: number })
    return { of, sight, person: actor.person }
  }
  /** The account of a case takes its own cards only; whose another card is, is told to who may know. */
  const mustBeOfCase = async (request: Asking, labelled: string, number: string): Promise<void> => {
    const item = await readItem(db, labelled)
    if (item?.case === number) return
    if (item !== null && seesItem((await asker(request)).sight, item))
      throw new Refusal('custody.label-other-case', { code: labelled, case: item.case })
    throw new Refusal('custody.label-not-of-case', { code: labelled })
  }

  app.post(
    '/api/cases',
    { schema: { tags, body: schemas['custody.open-case'], response: { 201: answers.openedCase } } },
    async (request, reply) => {
      const command = { type: 'custody.open-case', ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      // Whoever opens a case for others is told of it once, and has no part in it.
      const { sight } = await asker(request)
      const of = await readCase(db, request.body.number)
      if (of === null) throw new Refusal('custody.unknown-case', { case: request.body.number })
      return reply.code(201).send({ ...(await caseAccount(db, of, sight, now())), facts })
    },
  )

  app.get(
    '/api/cases',
    { schema: { tags, querystring: Type.Object(paged(caseNumber), exactly), response: { 200: answers.pages.cases } } },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, 'cases')
      const page = pageOf(request.query)
      const cases = await listCases(db, sight, { ...page, now: now() })
      return { cases, after: nextAfter(cases, page, ({ number }) => number) }
    },
  )

  app.get(
    '/api/cases/:number',
    { schema: { tags, params: byNumber, response: { 200: answers.caseAccount } } },
    async (request) => {
      const { of, sight, person } = await caseFor(request, request.params.number)
      await recordRead(person, `case/${of.number}`)
      return caseAccount(db, of, sight, now())
    },
  )

  const { case: _, ...registerProperties } = schemas['custody.register'].properties
  app.post(
    '/api/cases/:number/items',
    {
      schema: {
        tags,
        params: byNumber,
        body: Type.Object(registerProperties, exactly),
        response: { 201: acted.register },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.register', case: request.params.number, ...request.body }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ ...result, facts })
    },
  )

  app.get(
    '/api/items/:code',
    { schema: { tags, params: byCode, response: { 200: answers.itemCard } } },
    async (request) => {
      const { item, actor, person } = await itemFor(request, request.params.code)
      await recordRead(person, `item/${item.code}`)
      const of = await readCase(db, item.case)
      const acts =
        of === null
          ? { acts: [], appraisalAct: null, complaintAct: null }
          : {
              acts: actsOf(item, of, actor),
              appraisalAct: appraisalActOf(item, of, actor),
              complaintAct: complaintActOf(item, of, actor),
            }
      return itemCard(db, item, acts, now())
    },
  )

  const { item: ___, ...countProperties } = schemas['custody.count-cash'].properties
  app.post(
    '/api/items/:code/cash-counts',
    {
      schema: {
        tags,
        description:
          'One person’s count of cash. Nobody is shown it until a second person has counted; `outcome`: open, agreed, differs, disputed, short.',
        params: byCode,
        body: Type.Object(countProperties, exactly),
        response: { 201: acted['count-cash'] },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.count-cash', item: request.params.code, ...request.body }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ ...result, facts })
    },
  )

  app.get(
    '/api/items/:code/chain',
    { schema: { tags, params: byCode, response: { 200: answers.itemChain } } },
    async (request): Promise<ItemChain> => {
      const { item, person } = await itemFor(request, request.params.code)
      await recordRead(person, `item/${item.code}/chain`)
      const { entries, faults } = await readChain(db, item.code)
      const named = await namesOf(
        db,
        item.holdings.map(({ who }) => who),
      )
      const holders = item.holdings.map(({ who, from, to }) => ({ ...named(who), from, to }))
      return { entries: await withWords(db, entries), holders, intact: faults.length === 0, faults }
    },
  )

  app.get(
    '/api/custody/options',
    {
      schema: {
        tags,
        description: 'What the forms may offer and have to ask for.',
        response: { 200: answers.options },
      },
    },
    async (request) => {
      signedIn(request)
      return custodyOptions
    },
  )

  for (const name of COMMANDS) {
    const type = `custody.${name}` as const
    const { properties } = schemas[type] as TObject
    const posts = custodyModule.handlers[type]?.posts ?? []
    const body = Type.Object(SIGNED.has(name) ? { ...properties, signatures } : properties, exactly)
    app.post(
      `/api/custody/${name}`,
      { schema: { tags, body, response: { 200: commandAnswers[name] } } },
      async (request) => {
        const { signatures: given = [], ...wanted } = request.body as unknown as Signed
        const cause = causeOf(request)
        const who = whoOf(request)
        if (given.length > 0 && !(await isAnswered(db, who.person, cause))) {
          const at = now()
          await mustHaveRight(db, await loadActor(db, who.person, at), posts, codesOf(wanted.items), at)
        }
        const signers = await verifySignatures(deps, { person: who.person, address: request.ip }, given)
        const { facts, result } = await act({ ...who, with: signers }, { type, ...wanted }, { cause })
        return { facts, ...result }
      },
    )
  }

  app.get(
    '/api/lists',
    {
      schema: {
        tags,
        description: 'Hand-over lists, the newest first. `pending`: the store still has lines to deal with.',
        querystring: Type.Object(
          {
            state: Type.Optional(Type.Union([Type.Literal('pending'), Type.Literal('done')])),
            case: Type.Optional(caseNumber),
            ...paged(code),
          },
          exactly,
        ),
        response: { 200: answers.pages.lists },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, 'lists')
      const { state = null, case: of = null } = request.query
      const page = pageOf(request.query)
      const lists = await listLists(db, sight, { state, of, ...page })
      return { lists, after: nextAfter(lists, page, (list) => list.code) }
    },
  )

  app.get(
    '/api/lists/:code',
    { schema: { tags, params: byCode, response: { 200: answers.shownList } } },
    async (request) => {
      const { actor, sight } = await asker(request)
      const list = await shownList(db, request.params.code, actor, now())
      if (list === null || !seesPaper(sight, list))
        throw new Refusal('custody.unknown-list', { list: request.params.code })
      await recordRead(actor.person, `list/${list.code}`)
      return list
    },
  )

  app.get(
    '/api/conflicts',
    {
      schema: {
        tags,
        description:
          'What benches of a store in sight recorded without their server and nobody has settled, the oldest first.',
        querystring: Type.Object(paged(conflictId), exactly),
        response: { 200: answers.pages.conflicts },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, 'conflicts')
      const page = pageOf(request.query)
      const found = await listConflicts(db, sight, page)
      return { conflicts: await showConflicts(db, found, actor), after: nextAfter(found, page, ({ id: last }) => last) }
    },
  )

  app.post(
    '/api/conflicts/:conflict/settle',
    {
      schema: {
        tags,
        description:
          'A custodian of the store, or the head of the department that keeps it, has looked at what a bench recorded without its server, and says what came of it.',
        params: Type.Object({ conflict: conflictId }, exactly),
        body: Type.Object({ reason: schemas['custody.settle-conflict'].properties.reason }, exactly),
        response: { 200: done },
      },
    },
    async (request) => {
      const command = { type: 'custody.settle-conflict', ...request.params, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...facts] }
    },
  )

  app.get(
    '/api/stores/:id/locations',
    {
      schema: {
        tags,
        params: Type.Object({ id }, exactly),
        querystring: Type.Object(paged(code), exactly),
        response: { 200: answers.pages.locations },
      },
    },
    async (request) => {
      const { sight } = await asker(request)
      const store = request.params.id
      if (!seesStore(sight, store)) throw new Refusal('access.not-yours', { what: store })
      const page = pageOf(request.query)
      const locations = await listLocations(db, store, page)
      return { locations, after: nextAfter(locations, page, (location) => location.code) }
    },
  )

  const { store: __, ...locationProperties } = schemas['custody.add-location'].properties
  app.post(
    '/api/stores/:id/locations',
    {
      schema: {
        tags,
        params: Type.Object({ id }, exactly),
        body: Type.Object(locationProperties, exactly),
        response: { 201: acted['add-location'] },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.add-location', store: request.params.id, ...request.body }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ ...result, facts })
    },
  )

  app.get(
    '/api/loans',
    {
      schema: {
        tags,
        description: 'Loans with something still out, the most overdue first.',
        querystring: Type.Object(
          { overdue: Type.Optional(Type.Boolean()), store: Type.Optional(id), ...paged(uuid) },
          exactly,
        ),
        response: { 200: answers.pages.loans },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, 'loans')
      const at = now()
      const page = pageOf(request.query)
      const overdueAt = request.query.overdue === true ? at : null
      const loans = await listLoans(db, sight, { ...page, store: request.query.store ?? null, overdueAt, now: at })
      return { loans, after: nextAfter(loans, page, ({ loan }) => loan) }
    },
  )

  app.get(
    '/api/incidents',
    {
      schema: {
        tags,
        description: 'Incidents in sight, what happened last first; without `state` the open ones.',
        querystring: Type.Object(
          {
            state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('concluded')])),
            ...paged(incidentId),
          },
          exactly,
        ),
        response: { 200: answers.pages.incidents },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, 'incidents')
      const { state = 'open' } = request.query
      const page = pageOf(request.query)
      const incidents = await listIncidents(db, { actor, sight }, { state, ...page })
      return { incidents, after: nextAfter(incidents, page, ({ id: incident }) => incident) }
    },
  )

  app.get(
    '/api/notices',
    { schema: { tags, querystring: Type.Object(paged(uuid), exactly), response: { 200: answers.pages.notices } } },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, 'notices')
      const page = pageOf(request.query)
      const notices = await listNotices(db, { person: actor.person, sight, ...page })
      return { notices, after: nextAfter(notices, page, ({ id: notice }) => notice) }
    },
  )

  app.get(
    '/api/search',
    {
      schema: {
        tags,
        querystring: Type.Object(
          {
            q: Type.String({ minLength: 1, maxLength: 64 }),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: SEARCH_LIMIT_MAX })),
          },
          exactly,
        ),
        response: { 200: answers.found },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      // Not what was typed: that may be somebody's name.
      await recordRead(actor.person, 'search')
      return search(db, request.query.q.trim(), sight, now(), request.query.limit ?? SEARCH_LIMIT)
    },
  )

  const { reason, ...wanted } = schemas['custody.reprint'].properties
  app.post(
    '/api/labels',
    {
      schema: {
        tags,
        description:
          'With a reason it is a reprint: the label that is out there is void once the new one may be on paper.',
        body: Type.Object({ ...wanted, reason: Type.Optional(reason) }, exactly),
        response: { 202: acted.labels },
      },
    },
    async (request, reply) => {
      const type = request.body.reason === undefined ? 'custody.want-label' : 'custody.reprint'
      const { facts, result } = await act(whoOf(request), { type, ...request.body }, { cause: causeOf(request) })
      return reply.code(202).send({ ...result, facts })
    },
  )

  app.get(
    '/api/labels/:job',
    { schema: { tags, params: Type.Object({ job: uuid }, exactly), response: { 200: answers.shownLabel } } },
    async (request) => {
      const { actor, sight } = await asker(request)
      const { job } = request.params
      const found = await db.selectFrom('labels').select('state').where('id', '=', job).executeTakeFirst()
      const label = found?.state
      if (label === undefined || !(await seesLabelled(db, sight, label.code)))
        throw new Refusal('custody.unknown-label', { label: job })
      if (label.reason === null) return shownLabel(label, null)
      await recordRead(actor.person, `label/${job}`)
      const { ref } = label.reason
      return shownLabel(label, textOf((await readPersonal(db, [ref])).get(ref)))
    },
  )

  app.post(
    '/api/labels/:job/outcome',
    {
      schema: {
        tags,
        description: 'What a person saw who looked after an unknown outcome.',
        params: Type.Object({ job: uuid }, exactly),
        body: Type.Union([
          Type.Object({ outcome: Type.Literal('printed') }, exactly),
          Type.Object({ outcome: Type.Literal('failed') }, exactly),
        ]),
        response: { 200: done },
      },
    },
    async (request) => {
      const { outcome } = request.body
      const seen = outcome === 'failed' ? { fault: { code: 'nothing-seen', conditions: [] } } : {}
      const command = { type: `custody.label-${outcome}`, label: request.params.job, ...seen }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...facts] }
    },
  )

  app.post(
    '/api/labels/scanned',
    {
      schema: {
        tags,
        description: 'A printed label was read back by a scanner. With a case, only a card of that case is taken.',
        body: Type.Object({ scan: Type.String({ maxLength: 64 }), case: Type.Optional(caseNumber) }, exactly),
        response: { 200: acted['scanned-back'] },
      },
    },
    async (request) => {
      const parsed = parseCode(request.body.scan)
      if (!parsed.ok && parsed.reason === 'check') throw new Refusal('stations.wrong-check')
      if (!parsed.ok && parsed.reason === 'full-width') throw new Refusal('stations.full-width')
      if (!parsed.ok || parsed.kind === 'command')
        throw new Refusal('stations.unknown-code', { text: request.body.scan })
      if (request.body.case !== undefined) await mustBeOfCase(request, parsed.code, request.body.case)
      const command = { type: 'custody.label-scanned-back', code: parsed.code, issue: parsed.issue }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { code: parsed.code, issue: parsed.issue, facts }
    },
  )
}

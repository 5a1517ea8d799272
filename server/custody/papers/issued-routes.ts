import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { formPdf } from '../../../labels/documents/form-pdf.ts'
import { causeOf, FRAMED_PDF, type RouteDependencies, whoOf } from '../../http.ts'
import type { PaperSources } from '../../paper-source.ts'
import { Refusal } from '../../refusal.ts'
import { bytes, done, exactly, paged, pageOf, text, uuid } from '../../schemas.ts'
import { numbersArchived } from '../account-number/on-papers.ts'
import { acted } from '../answers-acts.ts'
import * as answers from '../answers.ts'
import { askingOf } from '../asking.ts'
import { isWhole, readArchived } from './archived.ts'
import { seesIssued, subjectOf, subjectOfIssued } from './issuing.ts'
import { paperAsked, papersNumbered } from './paper-numbers.ts'
import { officePrinters } from './print-reads.ts'
import { OF_THINGS, offerOfThing, offersOf } from './paper-offers.ts'
import { listPapers, readPaper } from './paper-reads.ts'
import { shownPapers } from './shown-papers.ts'
import { type Paper, PAPER_KINDS } from './papers.ts'
import { drawn } from '../drawing.ts'
import { oneOf, unitYear } from '../schema-parts.ts'
import { receiptOf } from '../service/receipt.ts'
import { caseNumber, code, schemas } from '../schemas.ts'
import '../tables.ts'

const tags = ['custody']
const byPaper = Type.Object({ paper: uuid }, exactly)

export interface IssuedRouteOptions extends RouteDependencies {
  /** What other modules have papers about. */
  readonly sources: PaperSources
}

/** Papers that are issued: filled in, numbered, archived, read again as they went out, and looked up by their symbol. */
export const issuedRoutes: FastifyPluginAsyncTypebox<IssuedRouteOptions> = async (app, deps) => {
  const { db, act, now, sources } = deps
  const { asker, recordRead, caseFor, itemFor } = askingOf(deps)

  /** The paper, if there is one and the asker may know of it. */
  const paperFor = async (request: FastifyRequest, wanted: string): Promise<{ paper: Paper; person: string }> => {
    const reader = await asker(request)
    const paper = await readPaper(db, wanted)
    if (paper === null || !seesIssued(reader, await subjectOfIssued(db, paper, sources)))
      throw new Refusal('request.not-found', { what: wanted })
    return { paper, person: reader.actor.person }
  }

  app.get(
    '/api/papers',
    {
      schema: {
        tags,
        description:
          'Papers that were issued about a case, an item or another thing (a stock-take, a year of a department or organ, a notice of urging, a follow-up), as far as they are in sight, the newest first.',
        querystring: Type.Object(
          {
            ...{ case: Type.Optional(caseNumber), item: Type.Optional(code) },
            ...{ of: Type.Optional(Type.Union([code, uuid, unitYear])), kind: Type.Optional(oneOf(PAPER_KINDS)) },
            ...paged(uuid),
          },
          exactly,
        ),
        response: { 200: answers.pages.papers },
      },
    },
    async (request) => {
      const reader = await asker(request)
      await recordRead(reader.actor.person, 'papers')
      const { case: number = null, item = null, of = null, kind = null } = request.query
      return listPapers(db, { ...reader, sources }, { case: number, item, of, kind, ...pageOf(request.query) })
    },
  )

  app.get(
    '/api/cases/:number/paper-offers',
    {
      schema: {
        tags,
        description: 'Every paper that could be filled in by what has happened in the case.',
        params: Type.Object({ number: caseNumber }, exactly),
        response: { 200: answers.paperOffers },
      },
    },
    async (request) => {
      const { of, person } = await caseFor(request, request.params.number)
      await recordRead(person, `case/${of.number}/paper-offers`)
      const reader = await asker(request)
      const found = await db
        .selectFrom('items')
        .select('state')
        .where('case_number', '=', of.number)
        .orderBy('ordinal')
        .execute()
      const its = found.map(({ state }) => state)
      return { offers: await offersOf(db, its, { ...reader, of }) }
    },
  )

  app.get(
    '/api/items/:code/paper-offers',
    {
      schema: {
        tags,
        description: 'Every paper that could be filled in by what has happened to the item.',
        params: Type.Object({ code }, exactly),
        response: { 200: answers.paperOffers },
      },
    },
    async (request) => {
      const { item, actor } = await itemFor(request, request.params.code)
      await recordRead(actor.person, `item/${item.code}/paper-offers`)
      const { sight } = await asker(request)
      return { offers: await offersOf(db, [item], { actor, sight, of: null }) }
    },
  )

  app.get(
    '/api/papers/offer',
    {
      schema: {
        tags,
        description:
          'The paper that could be filled in about one thing that is neither a case nor an item; none where nothing has happened yet.',
        querystring: Type.Object({ paper: Type.Enum([...OF_THINGS]), of: Type.Union([code, uuid, unitYear]) }, exactly),
        response: { 200: answers.paperOffers },
      },
    },
    async (request) => {
      const reader = await asker(request)
      const { paper, of } = request.query
      const subject = await subjectOf(db, { paper, of }, sources)
      if (subject === null || !seesIssued(reader, subject)) throw new Refusal('request.not-found', { what: of })
      await recordRead(reader.actor.person, `${paper}/${of}/paper-offers`)
      return { offers: await offerOfThing(db, { paper, of, subject, now: now() }, reader) }
    },
  )

  app.post(
    '/api/papers',
    {
      schema: {
        tags,
        description:
          'Fills in a form by what the registers say now, numbers it without a gap within its unit, form and year, and archives the file. One that is issued anew takes the place of the one before; both stay.',
        body: schemas['custody.issue-paper'],
        response: { 201: acted['issue-paper'] },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.issue-paper', ...request.body }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ ...result, facts })
    },
  )

  app.get(
    '/api/papers/:paper/file.pdf',
    {
      schema: {
        tags,
        description:
          'The archived file, byte for byte as it was issued, every copy in it. Where it has whole account numbers, each is in the read log as read.',
        params: byPaper,
        produces: ['application/pdf'],
        response: { 200: bytes },
      },
    },
    async (request, reply) => {
      const { paper, person } = await paperFor(request, request.params.paper)
      await recordRead(person, `paper/${paper.id}`)
      const pdf = await readArchived(db, paper)
      if (pdf === null) throw new Refusal('custody.paper-erased', { number: paper.number })
      if (!isWhole(pdf, paper)) throw new Refusal('custody.paper-damaged', { number: paper.number })
      await Promise.all((await numbersArchived(db, [paper])).map((about) => recordRead(person, about)))
      return reply
        .type('application/pdf')
        .headers({
          'cache-control': 'private, no-store',
          'x-content-type-options': 'nosniff',
          // To be printed from there.
          'content-security-policy': FRAMED_PDF,
        })
        .send(pdf)
    },
  )

  const { paper: __, ...served } = schemas['custody.serve-paper'].properties
  app.post(
    '/api/papers/:paper/services',
    {
      schema: {
        tags,
        description:
          'Records that a paper was served: how, when, to whom or why not, with the picture of the signed receipt. A further record stands beside the first.',
        params: byPaper,
        body: Type.Object(served, exactly),
        response: { 201: acted['serve-paper'] },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.serve-paper', ...request.params, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts })
    },
  )

  const { paper: ___, ...scanned } = schemas['custody.attach-scan'].properties
  app.post(
    '/api/papers/:paper/scans',
    {
      schema: {
        tags,
        description:
          'Attaches the sheets that were signed by hand, as pictures kept by `POST /api/files`. Another scan takes the place of the one before and says why; both stay.',
        params: byPaper,
        body: Type.Object(scanned, exactly),
        response: { 201: acted['attach-scan'] },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.attach-scan', ...request.params, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts })
    },
  )

  app.get(
    '/api/papers/:paper/receipt.pdf',
    {
      schema: {
        tags,
        description:
          'T-20 送达回证 of the paper: blank, to be signed where it is served; with `service` filled in from that record of service, counted from one.',
        params: byPaper,
        querystring: Type.Object({ service: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })) }, exactly),
        produces: ['application/pdf'],
        response: { 200: bytes },
      },
    },
    async (request, reply) => {
      const { paper, person } = await paperFor(request, request.params.paper)
      await recordRead(person, `paper/${paper.id}/receipt`)
      const form = await receiptOf(db, paper, request.query.service ?? null)
      return reply.type('application/pdf').send(await drawn(() => formPdf(form, new Date(now()))))
    },
  )

  app.get(
    '/api/office-printers',
    {
      schema: {
        tags,
        description: 'Stations with a printer that takes whole papers.',
        response: { 200: answers.officePrinters },
      },
    },
    async () => ({ printers: await officePrinters(db) }),
  )

  const { paper: _paper, ...wanted } = schemas['custody.print-paper'].properties
  app.post(
    '/api/papers/:paper/prints',
    {
      schema: {
        tags,
        description:
          'Sends the archived file to the office printer of a station, every copy in it; what became of it stands with the paper.',
        params: byPaper,
        body: Type.Object(wanted, exactly),
        response: { 202: acted['print-paper'] },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.print-paper', ...request.params, ...request.body }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(202).send({ ...result, facts })
    },
  )

  app.post(
    '/api/papers/:paper/prints/:job/outcome',
    {
      schema: {
        tags,
        description: 'What a person saw who looked at the printer after an unknown outcome.',
        params: Type.Object({ paper: uuid, job: uuid }, exactly),
        body: Type.Object({ outcome: Type.Enum(['printed', 'failed']) }, exactly),
        response: { 200: done },
      },
    },
    async (request) => {
      const command = { type: 'custody.settle-print', ...request.params, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...facts] }
    },
  )

  app.post(
    '/api/papers/check',
    {
      config: { key: 'none' },
      schema: {
        tags,
        description:
          'What the archive holds of a paper, by its scanned symbol or its typed number. A symbol whose check is not that of its number is refused; a number alone says nothing of the sheet in hand, so its check is to be compared.',
        body: Type.Object({ scan: text(64) }, exactly),
        response: { 200: answers.checkedPaper },
      },
    },
    async (request) => {
      const reader = await asker(request)
      const asked = paperAsked(request.body.scan)
      const found = asked === null ? [] : await papersNumbered(db, asked)
      const known: Paper[] = []
      for (const one of found) if (seesIssued(reader, await subjectOfIssued(db, one, sources))) known.push(one)
      const paper = known.find((one) => asked?.check === null || one.check === asked?.check)
      const [other] = known
      if (paper === undefined && other !== undefined)
        throw new Refusal('custody.paper-altered', { number: other.number, check: other.check })
      if (paper === undefined) throw new Refusal('custody.paper-unknown')
      await recordRead(reader.actor.person, `paper/${paper.id}`)
      const [shown] = await shownPapers(db, [paper])
      if (shown === undefined) throw new Refusal('custody.paper-unknown')
      const pdf = await readArchived(db, paper)
      const later = paper.replacedBy === undefined ? null : await readPaper(db, paper.replacedBy)
      return {
        ...{ paper: shown, archived: pdf !== null && isWhole(pdf, paper), erased: pdf === null },
        ...{ compared: asked?.check !== null, later: later?.number ?? null },
      }
    },
  )
}

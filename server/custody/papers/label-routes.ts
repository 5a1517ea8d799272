import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { parseCode } from '../../../labels/item-code.ts'
import { causeOf, type RouteDependencies, whoOf } from '../../http.ts'
import { readPersonal } from '../../ledger/personal.ts'
import { textOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import { done, exactly, nextAfter, paged, pageOf, uuid } from '../../schemas.ts'
import { acted } from '../answers-acts.ts'
import * as answers from '../answers.ts'
import { askingOf } from '../asking.ts'
import { issuesShown } from './label-reads.ts'
import { readItem, seesLabelled } from '../reads.ts'
import { caseNumber, code, schemas } from '../schemas.ts'
import { seesItem } from '../sight/sees.ts'
import { shownLabel } from '../sight/shown.ts'

const tags = ['custody']

/** Labels: wanted, printed, seen, and read back from the paper. */
export const labelRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act } = deps
  const { asker, recordRead } = askingOf(deps)

  /** The account of a case takes its own cards only; whose another card is, is told to who may know. */
  const mustBeOfCase = async (
    request: Parameters<typeof asker>[0],
    labelled: string,
    number: string,
  ): Promise<void> => {
    const item = await readItem(db, labelled)
    if (item?.case === number) return
    if (item !== null && seesItem((await asker(request)).sight, item))
      throw new Refusal('custody.label-other-case', { code: labelled, case: item.case })
    throw new Refusal('custody.label-not-of-case', { code: labelled })
  }

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
    '/api/labels',
    {
      schema: {
        tags,
        description:
          'Every issue of the label of an item, shelf, box or list, the last one first: what became of each, and why it was printed again.',
        querystring: Type.Object({ code, ...paged(uuid) }, exactly),
        response: { 200: answers.pages.labels },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      const { code: of } = request.query
      const page = pageOf(request.query)
      if (!(await seesLabelled(db, sight, of))) return { labels: [], after: null }
      await recordRead(actor.person, `labels/${of}`)
      const labels = await issuesShown(db, of, page)
      return { labels, after: nextAfter(labels, page, ({ job }) => job) }
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
      const command = { type: `custody.label-${outcome}`, labels: [request.params.job], ...seen }
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
      const label = { code: parsed.code, issue: parsed.issue }
      const command = { type: 'custody.label-scanned-back', labels: [label] }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { ...label, facts }
    },
  )
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { dayOf } from '../../clock/calendar.ts'
import { inTransaction } from '../../database/connect.ts'
import { causeOf, signedIn, whoOf } from '../../http.ts'
import { namesOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import { bytes, done, exactly, facts, nextAfter, paged, pageOf, uuid } from '../../schemas.ts'
import { fileHeaders, TABLE_FORMATS, TABLE_TYPES } from '../../table.ts'
import { shownQuestionnaire } from '../questionnaires/shown.ts'
import type { RatingRouteOptions } from '../routes.ts'
import { campaignsPage, resultsAnswer } from './answers.ts'
import { isOver } from './campaign.ts'
import type { PublishedResult } from './published.ts'
import { campaignFor, listCampaigns, readResults, showCampaigns } from './read.ts'
import { giveUpCodes, issuesOfCodes } from './exchange.ts'
import { code, campaignSchemas, EXCHANGE_MOST, seed } from './schemas.ts'
import { codesFile, codesOfIssue, slipsPdf } from './sheets.ts'
import { keepCodes } from './store.ts'

const tags = ['rating']
const params = Type.Object({ campaign: uuid }, exactly)
const issueParams = Type.Object({ campaign: uuid, issue: uuid }, exactly)
const FORMATS = ['pdf', ...TABLE_FORMATS] as const

/** Campaigns (行风评议), for the supervisors of the unit that holds them and its leaders. */
export const campaignRoutes: FastifyPluginAsyncTypebox<Omit<RatingRouteOptions, 'keys'>> = async (
  app,
  { db, act, actWithin, activity, now, site = null },
) => {
  app.get(
    '/api/rating/campaigns',
    {
      schema: {
        ...{ tags, querystring: Type.Object(paged(uuid), exactly), response: { 200: campaignsPage } },
        description:
          'Campaigns of the units whose supervisor or leader asks, the latest first: whom they judge, and of each group of voters how many papers were issued and used.',
      },
    },
    async (request) => {
      const page = pageOf(request.query)
      const actor = await loadActor(db, signedIn(request).person, now())
      const campaigns = await listCampaigns(db, actor, page, now())
      return { campaigns, after: nextAfter(campaigns, page, ({ id }) => id) }
    },
  )

  app.post(
    '/api/rating/campaigns',
    {
      schema: {
        ...{ tags, body: campaignSchemas['rating.draft-campaign'] },
        description: 'Writes a campaign, or one that was not opened anew.',
        response: { 201: Type.Object({ facts, campaign: Type.String() }, exactly) },
      },
    },
    async (request, reply) => {
      const command = { type: 'rating.draft-campaign', ...request.body }
      const drafted = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts: [...drafted.facts], campaign: String(drafted.result['campaign']) })
    },
  )

  app.post(
    '/api/rating/campaigns/:campaign/decide',
    {
      schema: {
        ...{ tags, params, response: { 200: done } },
        description:
          'Opens a campaign, by somebody who wrote nothing of it, after which nothing of it changes; drops it before that; closes it ahead of its last day; publishes its result once it is over and counted.',
        body: Type.Object({ what: campaignSchemas['rating.decide-campaign'].properties.what }, exactly),
      },
    },
    async (request) => {
      const command = { type: 'rating.decide-campaign', ...request.params, ...request.body }
      const { facts: written } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...written] }
    },
  )

  const { count, group } = campaignSchemas['rating.issue-papers'].properties
  app.post(
    '/api/rating/campaigns/:campaign/issues',
    {
      schema: {
        ...{ tags, params, body: Type.Object({ group, count, seed }, exactly) },
        description:
          'Makes codes for a group of voters from a seed that the one who asks made up: 64 random hexadecimal digits. It is kept nowhere, and only with it the codes can be printed; of them their hashes are kept.',
        response: { 201: Type.Object({ facts, issue: Type.String() }, exactly) },
      },
    },
    async (request, reply) => {
      const { seed: given, ...asked } = request.body
      const command = { type: 'rating.issue-papers', ...request.params, ...asked }
      const answer = await inTransaction(db, async (trx) => {
        const issued = await actWithin(trx, whoOf(request), command, { cause: causeOf(request) })
        const id = String(issued.result['issue'])
        if (issued.repeated !== true) await keepCodes(trx, id, given, asked.count)
        // The same request is one of the same seed: another's codes would be nobody's vote.
        else await codesOfIssue(trx, { id, count: asked.count }, given)
        return issued
      })
      return reply.code(201).send({ facts: [...answer.facts], issue: String(answer.result['issue']) })
    },
  )

  app.post(
    '/api/rating/campaigns/:campaign/issues/:issue/sheets',
    {
      schema: {
        ...{ tags, params: issueParams, produces: ['application/pdf', ...Object.values(TABLE_TYPES)] },
        description:
          'The codes of an issue: slips on A4 pages to be cut out, or a table for letters. Only with the seed that they were made from, and in no particular order to anybody.',
        body: Type.Object({ seed, format: Type.Unsafe<(typeof FORMATS)[number]>(Type.Enum([...FORMATS])) }, exactly),
        response: { 200: bytes },
      },
    },
    async (request, reply) => {
      const { campaign: id, issue: of } = request.params
      const { person } = signedIn(request)
      causeOf(request)
      const campaign = await campaignFor(db, await loadActor(db, person, now()), id)
      const issue = campaign.issues.find((one) => one.id === of && !one.voided)
      if (issue === undefined) throw new Refusal('rating.unknown-issue')
      const codes = await codesOfIssue(db, issue, request.body.seed)
      const about = `rating campaign ${id} issue ${of}`
      await activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })
      const { format } = request.body
      const sheets = { campaign, issue, codes, site: site ?? `${request.protocol}://${request.host}` }
      if (format === 'pdf') return reply.type('application/pdf').send(await slipsPdf(db, sheets))
      return reply.headers(fileHeaders(`codes-${issue.group}`, format)).send(await codesFile(sheets, format))
    },
  )

  app.post(
    '/api/rating/campaigns/:campaign/exchange',
    {
      schema: {
        ...{ tags, params, response: { 200: done } },
        description:
          'Voters gave these codes up, each for a paper that is filled in by hand: none of them can vote any more. How many stands in the register, which ones and whose nowhere.',
        body: Type.Object({ codes: Type.Array(code, { minItems: 1, maxItems: EXCHANGE_MOST }) }, exactly),
      },
    },
    async (request) => {
      const { codes } = request.body
      const { campaign } = request.params
      return inTransaction(db, async (trx) => {
        const command = { type: 'rating.exchange-papers', campaign, issues: await issuesOfCodes(trx, campaign, codes) }
        const answer = await actWithin(trx, whoOf(request), command, { cause: causeOf(request) })
        await giveUpCodes(trx, codes, answer.repeated === true)
        return { facts: [...answer.facts] }
      })
    },
  )

  app.post(
    '/api/rating/campaigns/:campaign/issues/:issue/void',
    {
      schema: {
        ...{ tags, params: issueParams, body: Type.Object({}, exactly), response: { 200: done } },
        description: 'Voids what of an issue was not used: it was lost, or came into wrong hands.',
      },
    },
    async (request) => {
      const command = { type: 'rating.void-papers', ...request.params }
      const { facts: written } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...written] }
    },
  )

  app.get(
    '/api/rating/campaigns/:campaign/paper.pdf',
    {
      schema: {
        ...{ tags, params, produces: ['application/pdf'], response: { 200: bytes } },
        description:
          'A paper of a campaign to be printed and filled in by hand: every copy alike, without name or number.',
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request)
      const campaign = await campaignFor(db, await loadActor(db, person, now()), request.params.campaign)
      if (campaign.onPaper !== true) throw new Refusal('rating.campaign-no-paper')
      const { unit, departments, questionnaire } = campaign
      const named = await namesOf(
        db,
        [unit, ...departments].map((one) => `unit/${one}`),
      )
      const { blankPdf } = await import('./blank.ts')
      const pdf = await blankPdf({
        ...{ campaign, unit: named(`unit/${unit}`).name },
        departments: departments.map((one) => named(`unit/${one}`).name),
        questions: (await shownQuestionnaire(db, questionnaire)).questions,
      })
      return reply.type('application/pdf').send(pdf)
    },
  )

  app.get(
    '/api/rating/campaigns/:campaign/result.pdf',
    {
      schema: {
        ...{ tags, params, produces: ['application/pdf'], response: { 200: bytes } },
        description: 'The published result of a campaign on paper, by department, group of voters and question.',
      },
    },
    async (request, reply) => {
      const result = await published(request, request.params.campaign)
      const { publishedPdf } = await import('./published.ts')
      return reply.type('application/pdf').send(await publishedPdf(result))
    },
  )

  app.get(
    '/api/rating/campaigns/:campaign/result.html',
    {
      schema: {
        ...{ tags, params, produces: ['text/html'], response: { 200: Type.String() } },
        description: 'The published result of a campaign as a page of its own, to be put on a site.',
      },
    },
    async (request, reply) => {
      const result = await published(request, request.params.campaign)
      const { resultPage } = await import('./published.ts')
      return reply.type('text/html; charset=utf-8').send(resultPage(result))
    },
  )

  /** @throws Refusal `rating.unknown-campaign`, `rating.campaign-not-published` */
  async function published(request: FastifyRequest, id: string): Promise<PublishedResult> {
    const { person } = signedIn(request)
    const actor = await loadActor(db, person, now())
    const one = await campaignFor(db, actor, id)
    if (one.published === null) throw new Refusal('rating.campaign-not-published')
    const about = `rating campaign ${id} result`
    await activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })
    const [campaign] = await showCampaigns(db, actor, [one], now())
    if (campaign === undefined) throw new Error('a campaign that was found is shown')
    return { campaign, results: await readResults(db, one) }
  }

  app.get(
    '/api/rating/campaigns/:campaign/results',
    {
      schema: {
        ...{ tags, params, response: { 200: resultsAnswer } },
        description:
          'Results by department and group of voters, with the 95 % interval, once it is over: all of it is counted at once, and no figure is of fewer than ten voters.',
      },
    },
    async (request) => {
      const { person } = signedIn(request)
      const { campaign: id } = request.params
      const campaign = await campaignFor(db, await loadActor(db, person, now()), id)
      if (!isOver(campaign, dayOf(now()))) throw new Refusal('rating.campaign-counts-later')
      const about = `rating campaign ${id} results`
      await activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })
      return readResults(db, campaign)
    },
  )
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { namesOf } from '../../names.ts'
import { exactly, id } from '../../schemas.ts'
import { cast } from '../answers.ts'
import { shownQuestionnaire } from '../questionnaires/shown.ts'
import type { RatingRouteOptions } from '../routes.ts'
import { sealedBallot } from '../schemas.ts'
import { paperAnswer } from './answers.ts'
import { castPaper, paperOf } from './cast.ts'
import type { ShownPaper } from './protocol.ts'
import { code, DEPARTMENTS_MOST } from './schemas.ts'

const tags = ['rating']
const security: [] = []

/** What voters of a campaign ask and send. Nobody is signed in here: a vote is cast by its code, which stands in no address. */
export const paperRoutes: FastifyPluginAsyncTypebox<Pick<RatingRouteOptions, 'db' | 'now'>> = async (
  app,
  { db, now },
) => {
  app.post(
    '/api/rating/ballot-papers/look',
    {
      schema: {
        ...{ tags, security, response: { 200: paperAnswer } },
        description: 'What the code of a campaign is the right to: whom it judges, and what is asked of each.',
        body: Type.Object({ code }, exactly),
      },
    },
    async (request): Promise<ShownPaper> => {
      const { campaign, issue } = await paperOf(db, request.body.code, now())
      const { unit, title, from, to, departments, questionnaire } = campaign
      const named = await namesOf(
        db,
        [unit, ...departments].map((one) => `unit/${one}`),
      )
      return {
        ...{ title, from, to, unit: named(`unit/${unit}`).name },
        group: campaign.groups.find((one) => one.id === issue.group)?.name ?? '',
        departments: departments.map((one) => ({ id: one, name: named(`unit/${one}`).name })),
        questionnaire: await shownQuestionnaire(db, questionnaire),
      }
    },
  )

  app.post(
    '/api/rating/ballot-papers',
    {
      schema: {
        ...{ tags, security, response: { 201: cast } },
        description:
          'Casts the one vote of a code: a sealed ballot for each department, also for those that the voter passed over. Sent a second time, it is refused as used.',
        body: Type.Object(
          {
            ...{ code, key: Type.String({ maxLength: 20 }) },
            ballots: Type.Array(Type.Object({ department: id, ballot: sealedBallot }, exactly), {
              ...{ minItems: 1, maxItems: DEPARTMENTS_MOST },
            }),
          },
          exactly,
        ),
      },
    },
    async (request, reply) => {
      const { code: typed, key, ballots } = request.body
      const sealed = ballots.map(({ department, ballot }) => ({ department, sealed: Buffer.from(ballot, 'base64') }))
      await castPaper(db, typed, { key, ballots: sealed }, now())
      return reply.code(201).send({ done: true })
    },
  )
}

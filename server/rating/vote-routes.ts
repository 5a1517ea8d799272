import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Refusal } from '../refusal.ts'
import { exactly, id } from '../schemas.ts'
import { cast, keyAnswer, questionnaireAnswer, screenAnswer } from './answers.ts'
import { castBallot } from './cast.ts'
import { readScreen } from './counter-reads.ts'
import { attemptOf } from './flags/flags.ts'
import { noteAttemptOn } from './flags/store.ts'
import { castFix } from './fixes/cast.ts'
import { ANSWER, nameOf } from './questionnaire.ts'
import { shownQuestionnaire } from './questionnaires/shown.ts'
import { groupOf } from './rating.ts'
import { qrSvg } from '../../labels/qr-svg.ts'
import type { RatingRouteOptions } from './routes.ts'
import { questionnaireName, sealedBallot } from './schemas.ts'
import { mustBeScreen } from '../stations/screen-cookie.ts'
import { currentKey } from './store.ts'
import { followUpOfToken, serviceOfToken } from './tokens.ts'

const tags = ['rating']
const security: [] = []
/** What raters' screens ask and send. Nobody is signed in here: a vote is cast by its token. */
export const voteRoutes: FastifyPluginAsyncTypebox<RatingRouteOptions> = async (
  app,
  { db, keys, now, site = null },
) => {
  /** Whoever tries what comes to nothing is refused; that it was tried is counted for its counter. */
  const orNoted = async (casting: Promise<void>, service: string): Promise<void> => {
    try {
      await casting
    } catch (error) {
      const attempt = error instanceof Refusal ? attemptOf(error.code) : null
      if (attempt !== null) await noteAttemptOn(db, service, attempt, now())
      throw error
    }
  }

  app.get(
    '/api/rating/questionnaire',
    {
      schema: {
        ...{ tags, security, response: { 200: questionnaireAnswer } },
        description: 'What is asked in one version, of a hall’s own or of those that every hall begins with.',
        querystring: Type.Object({ id: questionnaireName }, exactly),
      },
    },
    async (request) => shownQuestionnaire(db, request.query.id),
  )

  app.post(
    '/api/rating/questions',
    {
      schema: {
        ...{ tags, security, response: { 200: questionnaireAnswer } },
        description:
          'What is asked with the vote of this token. Asked with a body, since an address would be written down where the token must not be.',
        body: Type.Object({ token: Type.String({ maxLength: 100 }) }, exactly),
      },
    },
    async (request) => {
      const { token } = request.body
      if (followUpOfToken(keys.pepper, token) !== null) return shownQuestionnaire(db, nameOf(ANSWER))
      const service = serviceOfToken(keys.pepper, token)
      const found =
        service === null
          ? undefined
          : await db.selectFrom('rating_services').select('grp').where('id', '=', service).executeTakeFirst()
      if (found === undefined || found.grp === null) throw new Refusal('rating.wrong-token')
      return shownQuestionnaire(db, groupOf(found.grp).questionnaire)
    },
  )

  app.get(
    '/api/rating/key',
    {
      schema: {
        ...{ tags, security, response: { 200: keyAnswer } },
        description:
          'The public key of the tally, to which a ballot is sealed where it is cast (libsodium sealed box).',
      },
    },
    async () => {
      const key = await currentKey(db)
      if (key === null) throw new Refusal('rating.no-key')
      return { id: key.id, publicKey: key.publicKey.toString('base64') }
    },
  )

  app.post(
    '/api/rating/votes',
    {
      schema: {
        ...{ tags, security, response: { 201: cast } },
        description:
          'Casts the one vote that the token is the right to. The ballot is sealed to the key named; every ballot has one length. Sent a second time, it is refused as used.',
        body: Type.Object(
          { token: Type.String({ maxLength: 100 }), key: Type.String({ maxLength: 20 }), ballot: sealedBallot },
          exactly,
        ),
      },
    },
    async (request, reply) => {
      const { token, key, ballot } = request.body
      const sealedBallot = { form: 'full', key, sealed: Buffer.from(ballot, 'base64') } as const
      const service = serviceOfToken(keys.pepper, token)
      const followUp = followUpOfToken(keys.pepper, token)
      if (service !== null) await orNoted(castBallot(db, { service, ...sealedBallot }, now()), service)
      else if (followUp !== null) await castFix(db, { followUp, ...sealedBallot }, now())
      else await orNoted(Promise.reject(new Refusal('rating.wrong-token')), token.split('.')[0] ?? '')
      return reply.code(201).send({ done: true })
    },
  )

  app.get(
    '/api/stations/:id/rating',
    {
      schema: {
        ...{ tags, security, response: { 200: screenAnswer } },
        description: 'What the screen before the rater shows now: for the screens of that counter.',
        params: Type.Object({ id }, exactly),
      },
    },
    async (request) => {
      await mustBeScreen(db, request, request.params.id)
      return readScreen(db, keys.pepper, request.params.id, now())
    },
  )

  app.get(
    '/api/stations/:id/rating/qr.svg',
    {
      schema: {
        ...{ tags, security, produces: ['image/svg+xml'], response: { 200: Type.String() } },
        description:
          'The vote that is offered at this counter, as a code for one’s own phone. The token stands behind the # of the address, which browsers send to no server.',
        params: Type.Object({ id }, exactly),
      },
    },
    async (request, reply) => {
      await mustBeScreen(db, request, request.params.id)
      const { vote } = await readScreen(db, keys.pepper, request.params.id, now())
      if (vote === null) throw new Refusal('rating.vote-over')
      // The screen may be on this machine and call it by a name that no phone knows.
      const address = new URL(`/vote#${vote.token}`, site ?? `${request.protocol}://${request.host}`).href
      return reply.type('image/svg+xml; charset=utf-8').send(qrSvg(address))
    },
  )
}

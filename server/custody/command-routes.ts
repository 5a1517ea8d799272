import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, type TObject, Type } from 'typebox'
import { loadActor } from '../access/actor.ts'
import { causeOf, type RouteDependencies, whoOf } from '../http.ts'
import { exactly } from '../schemas.ts'
import { commandAnswers } from './answers-acts.ts'
import { tellParty } from './disposal/telling.ts'
import { codesOf } from './items/lines.ts'
import { custody } from './module.ts'
import { isAnswered, mustHaveRight } from './people/right.ts'
import { schemas } from './schemas.ts'
import { signatures, verifySignatures } from './papers/signatures.ts'

const tags = ['custody']

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
  'split',
  'divide-money',
  'merge',
  'dispatch',
  'arrive',
  'deposit',
  'propose-disposal',
  'release',
  'not-collect',
  'dispose',
  'deliver',
  'write-off',
  'complain',
  'decide-complaint',
  'serve-complaint-decision',
  'sign',
  'note-video',
  'enter-from-paper',
  'ask-retention',
  'answer-retention',
  'pay-compensation',
  'recover-compensation',
  'state-relevance',
  'open-account-number',
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
  'split',
  'divide-money',
  'merge',
  'dispatch',
  'arrive',
  'deposit',
  'appraise',
  'appraised',
  'release',
  'dispose',
  'deliver',
  'pay-compensation',
  'recover-compensation',
  'sign',
  'enter-from-paper',
])

interface Signed {
  readonly items: Parameters<typeof codesOf>[0]
  readonly signatures?: Static<typeof signatures>
}

/** Everything that is done with items, each under the name of its command. */
export const commandRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, now } = deps

  for (const name of COMMANDS) {
    const type = `custody.${name}` as const
    const { properties } = schemas[type] as TObject
    const posts = custody.handlers[type]?.posts ?? []
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
        if (name === 'dispose') await tellParty(deps, who, String(result?.['disposal'] ?? ''), cause)
        return { facts, ...result }
      },
    )
  }
}

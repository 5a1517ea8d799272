import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { openGate } from '../../files/gate.ts'
import type { Files } from '../../files/files.ts'
import type { RouteDependencies } from '../../http.ts'
import type { Keys } from '../../keys.ts'
import { discloseEntries } from '../../ledger/disclosure.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import type { Actor } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { exactly, streamed } from '../../schemas.ts'
import { askingOf } from '../asking.ts'
import type { Case } from '../cases/cases.ts'
import { drawn } from '../drawing.ts'
import { rules } from '../rules.ts'
import { caseNumber } from '../schemas.ts'
import { handles, holdsPost, holdsSomewhere } from '../separation.ts'
import { buildCaseFile } from './case-file.ts'
import { numbersInFile } from './parts.ts'
import { subjectsOfCase } from './subjects.ts'

export interface CaseFileRouteOptions extends RouteDependencies {
  readonly files: Files
  readonly keys: Keys
}

/** Drawing is the work of a whole processor: the others wait. */
const AT_ONCE = 1
const WAITING_MAX = 4

/** An officer of the case, the head of its department, or a supervisor. */
function mayTake(actor: Actor, of: Case): boolean {
  return (
    handles(actor, of) ||
    rules.head_posts.value.some((post) => holdsPost(actor, post, of.unit)) ||
    holdsSomewhere(actor, 'supervisor')
  )
}

/** The whole file of a case on paper. */
export const caseFileRoutes: FastifyPluginAsyncTypebox<CaseFileRouteOptions> = async (app, deps) => {
  const { db, files, keys, now } = deps
  const { asker, caseFor, recordRead } = askingOf(deps)
  const gate = openGate(AT_ONCE, WAITING_MAX)
  const { signer, key, installation, publicKey } = keys
  const signing = { db, folder: checkpointFolderOf(keys), signer, key, installation, now }

  app.get(
    '/api/cases/:number/file.pdf',
    {
      schema: {
        tags: ['custody'],
        description:
          'The file of a case as one PDF: cover, contents with page numbers, the papers that stand in the order of their forms, each with the scans of what was signed on it by hand, the account, each item with photos and life, and the signed checkpoints of the registers. For its officers, the head of its department and supervisors; every one is recorded, and each whole account number in it as read.',
        params: Type.Object({ number: caseNumber }, exactly),
        produces: ['application/pdf'],
        response: { 200: streamed },
      },
    },
    async (request, reply) => {
      const { of, person } = await caseFor(request, request.params.number)
      if (!mayTake((await asker(request)).actor, of)) throw new Refusal('custody.file-not-yours', { case: of.number })
      await recordRead(person, `case/${of.number}/file`)
      const file = await gate(() => drawn(() => buildCaseFile({ ...signing, files, publicKey }, of)))
      try {
        // Asked once the file is whole: a paper that was issued meanwhile may be in it.
        await Promise.all((await numbersInFile(db, of)).map((about) => recordRead(person, about)))
      } catch (error) {
        await file.close()
        throw error
      }
      return reply
        .type('application/pdf')
        .headers({
          'cache-control': 'private, no-store',
          'content-disposition': 'attachment; filename="case-file.pdf"',
          'content-length': String((await file.stat()).size),
        })
        .send(file.createReadStream({ start: 0 }))
    },
  )

  app.get(
    '/api/cases/:number/proof',
    {
      schema: {
        tags: ['custody'],
        description:
          'What the registers hold of this case and its items, and of no other case: JSON lines, each entry with its audit path to the signed checkpoint of its register. `npm run verify -- FILE --key PUBLIC_KEY` checks it anywhere. For the same people as the file.',
        params: Type.Object({ number: caseNumber }, exactly),
        produces: ['application/jsonl'],
        response: { 200: streamed },
      },
    },
    async (request, reply) => {
      const { of, person } = await caseFor(request, request.params.number)
      if (!mayTake((await asker(request)).actor, of)) throw new Refusal('custody.file-not-yours', { case: of.number })
      await recordRead(person, `case/${of.number}/proof`)
      const subjects = await subjectsOfCase(db, of.number)
      const lines = await gate(() => discloseEntries(signing, `case/${of.number}`, subjects))
      return reply
        .type('application/jsonl')
        .headers({
          'cache-control': 'private, no-store',
          'content-disposition': 'attachment; filename="case-proof.jsonl"',
        })
        .send(Readable.from([lines.map((line) => `${line}\n`).join('')]))
    },
  )
}

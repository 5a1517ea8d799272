import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Db } from '../database/connect.ts'
import { causeOf, type RouteDependencies, signedIn } from '../http.ts'
import { canonicalText } from '../ledger/entry.ts'
import { Refusal } from '../refusal.ts'
import { exactly, sha256, streamed } from '../schemas.ts'
import type { Files, KeptPhoto } from './files.ts'
import { keepFromRequest } from './upload.ts'

const tags = ['files']
const size = Type.Integer({ minimum: 1 })
const keptFiles = Type.Object(
  { files: Type.Array(Type.Object({ sha256, width: size, height: size, bytes: size }, exactly)) },
  exactly,
)

export interface FileRouteOptions extends RouteDependencies {
  readonly files: Files
  /** Whether a person may see a photo. Who is not said to may not. */
  readonly maySee: (person: string, sha256: string) => Promise<boolean>
  /** Under what else the read log has it that this photo was looked at; absent means nothing. */
  readonly alsoRead?: (sha256: string) => Promise<readonly string[]>
}

/** Photos in, and what may be shown of them out. Originals are served by nothing. */
export const fileRoutes: FastifyPluginAsyncTypebox<FileRouteOptions> = async (
  app,
  { db, files, maySee, alsoRead, activity, now },
) => {
  app.post(
    '/api/files',
    { schema: { tags, consumes: ['multipart/form-data'], response: { 201: keptFiles } } },
    async (request, reply) => {
      const { person } = signedIn(request)
      const cause = causeOf(request)
      const kept = await keepFromRequest(request, files)
      await holdCauseTo(db, person, cause, kept)
      return reply.code(201).send({
        files: kept.map(({ sha256: hash, width, height, bytes }) => ({ sha256: hash, width, height, bytes })),
      })
    },
  )

  app.get(
    '/api/files/:sha256',
    {
      schema: {
        tags,
        params: Type.Object({ sha256 }, exactly),
        querystring: Type.Object({ size: Type.Optional(Type.Literal('thumb')) }, exactly),
        produces: ['image/jpeg'],
        response: { 200: streamed, 304: Type.Null() },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request)
      const { sha256: photo } = request.params
      const size = request.query.size ?? 'cleaned'
      // One answer for what is not there and what is not theirs: a hash tells a stranger nothing.
      if (!(await files.holds(photo)) || !(await maySee(person, photo))) throw new Refusal('file.not-found')
      const read = [`files/${photo}`, ...((await alsoRead?.(photo)) ?? [])]
      const at = now()
      await Promise.all(
        read.map((about) => activity.record({ at, kind: 'read', person, station: null, about, outcome: 'ok' })),
      )
      const tag = `"${photo}-${size}"`
      // The next person at the same screen must be asked for again, so a browser may keep the bytes but not decide by itself.
      reply.headers({ 'cache-control': 'private, no-cache', etag: tag })
      if (request.headers['if-none-match'] === tag) return reply.code(304).send(null)
      const { bytes, stream } = await files.openCopy(photo, size)
      return reply
        .headers({
          'content-type': 'image/jpeg',
          'content-length': bytes,
          'content-disposition': `inline; filename=${photo}.jpg`,
          'x-content-type-options': 'nosniff',
        })
        .send(stream)
    },
  )
}

/** Keeping the same photos again changes nothing, so only the promise of the key is left to keep: one key, one content. */
async function holdCauseTo(db: Db, person: string, cause: string, kept: readonly KeptPhoto[]): Promise<void> {
  const photos = kept.map(({ sha256 }) => sha256)
  const fingerprint = createHash('sha256')
    .update(canonicalText({ type: 'files.keep', photos }))
    .digest()
  await sql`
    insert into causes (actor, key, fingerprint, answer)
    values (${person}, ${cause}, ${fingerprint}, ${JSON.stringify({ facts: [], result: { photos } })}::jsonb)
    on conflict (actor, key) do nothing
  `.execute(db)
  const found = await sql<{ fingerprint: Buffer }>`
    select fingerprint from causes where actor = ${person} and key = ${cause}
  `.execute(db)
  if (found.rows[0]?.fingerprint.equals(fingerprint) !== true) throw new Refusal('request.key-reused')
}

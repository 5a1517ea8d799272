import { randomUUID } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { inTransaction } from '../database/connect.ts'
import { causeOf, type RouteDependencies, signedIn } from '../http.ts'
import type { Keys } from '../keys.ts'
import { openSealed, sealContent } from '../ledger/content-key.ts'
import type { Reader } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { answering, exactly, orNull, text } from '../schemas.ts'
import type { OwnDraft, OwnView, OwnViews } from './protocol.ts'

const tags = ['own']
const VIEWS_MOST = 50
/** A list of two hundred items, typed out, takes a tenth of it. */
const DRAFT_CHARACTERS_MAX = 200_000
/** What nobody came back to for so long is not come back to. */
const DRAFT_DAYS = 30

/** A path of the program itself: never another site. */
const path = Type.String({ maxLength: 500, pattern: '^/(?!/)[^\\s\\\\]*$' })
const name = text(60)
const about = text(100)

type Kept = Pick<OwnView, 'name' | 'path'>

const views = answering<OwnViews>()(
  Type.Object(
    {
      views: Type.Array(Type.Object({ name: Type.String(), path: Type.String(), keptAt: Type.String() }, exactly)),
    },
    exactly,
  ),
)
const draft = answering<OwnDraft>()(
  Type.Object({ draft: orNull(Type.Object({ content: Type.String(), keptAt: Type.String() }, exactly)) }, exactly),
)

/**
 * What somebody keeps for himself and nobody else reads: lists that he comes back to, and what he has begun to type. Nothing is done by it, so
 * nothing of it stands in a register; sending it again keeps the same. What was typed, or searched for, may name holders and witnesses, so it is
 * sealed as personal content is.
 */
export const ownRoutes: FastifyPluginAsyncTypebox<RouteDependencies & { keys: Keys }> = async (
  app,
  { db, keys, now },
) => {
  const viewsOf = async (reader: Reader, person: string): Promise<(OwnView & { readonly id: string })[]> => {
    const found = await sql<{ id: string; sealed: Buffer; keptAt: string }>`
      select id, sealed, kept_at as "keptAt" from own_views where person = ${person}
    `.execute(reader)
    return found.rows
      .map(({ id, sealed, keptAt }) => {
        const { name: called, path: leads } = JSON.parse(
          openSealed(viewRow(person, id), sealed).toString('utf8'),
        ) as Kept
        return { id, name: called, path: leads, keptAt }
      })
      .toSorted((one, other) => (one.name < other.name ? -1 : 1))
  }
  const shown = async (person: string): Promise<OwnViews> => ({
    views: (await viewsOf(db, person)).map(({ id: _, ...view }) => view),
  })

  app.get(
    '/api/session/views',
    { schema: { tags, description: 'The lists that the asker keeps.', response: { 200: views } } },
    async (request) => shown(signedIn(request).person),
  )

  app.put(
    '/api/session/views',
    {
      schema: {
        tags,
        description: 'Keeps a list under a name; a name that is there already names the new one from now on.',
        body: Type.Object({ name, path }, exactly),
        response: { 200: views },
      },
    },
    async (request) => {
      const { person } = signedIn(request)
      causeOf(request)
      await inTransaction(db, async (trx) => {
        await sql`select pg_advisory_xact_lock(hashtextextended(${`own views ${person}`}, 7))`.execute(trx)
        const all = await viewsOf(trx, person)
        const same = all.find((view) => view.name === request.body.name)
        if (same === undefined && all.length >= VIEWS_MOST) throw new Refusal('own.views-full', { most: VIEWS_MOST })
        const id = same?.id ?? randomUUID()
        const kept: Kept = { name: request.body.name, path: request.body.path }
        const sealed = sealContent(keys.content, viewRow(person, id), Buffer.from(JSON.stringify(kept), 'utf8'))
        await sql`
          insert into own_views (id, person, sealed, kept_at) values (${id}, ${person}, ${sealed}, ${now()})
          on conflict (id) do update set sealed = excluded.sealed, kept_at = excluded.kept_at
        `.execute(trx)
      })
      return shown(person)
    },
  )

  app.delete(
    '/api/session/views',
    {
      schema: {
        tags,
        description: 'Takes a kept list away; one that is not there is no error.',
        querystring: Type.Object({ name }, exactly),
        response: { 200: views },
      },
    },
    async (request) => {
      const { person } = signedIn(request)
      causeOf(request)
      const gone = (await viewsOf(db, person)).find((view) => view.name === request.query.name)
      if (gone !== undefined) await sql`delete from own_views where id = ${gone.id}`.execute(db)
      return shown(person)
    },
  )

  app.get(
    '/api/session/draft',
    {
      schema: {
        tags,
        description: 'What the asker has begun to type about something and not sent.',
        querystring: Type.Object({ about }, exactly),
        response: { 200: draft },
      },
    },
    async (request) => {
      const { person } = signedIn(request)
      const { about: of } = request.query
      const found = await sql<{ sealed: Buffer; keptAt: string }>`
        select sealed, kept_at as "keptAt" from own_drafts
        where person = ${person} and about = ${of}
          and kept_at > ${now()}::timestamptz - make_interval(days => ${DRAFT_DAYS})
      `.execute(db)
      const [kept] = found.rows
      if (kept === undefined) return { draft: null }
      return { draft: { content: openSealed(draftRow(person, of), kept.sealed).toString('utf8'), keptAt: kept.keptAt } }
    },
  )

  app.put(
    '/api/session/draft',
    {
      schema: {
        tags,
        description: `Keeps what was typed, for its writer alone and for ${DRAFT_DAYS} days; null takes it away.`,
        body: Type.Object(
          { about, content: orNull(Type.String({ minLength: 1, maxLength: DRAFT_CHARACTERS_MAX })) },
          exactly,
        ),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request)
      causeOf(request)
      const { about: of, content } = request.body
      await sql`
        delete from own_drafts where kept_at <= ${now()}::timestamptz - make_interval(days => ${DRAFT_DAYS})
          or (person = ${person} and about = ${of} and ${content === null})
      `.execute(db)
      if (content !== null) {
        const sealed = sealContent(keys.content, draftRow(person, of), Buffer.from(content, 'utf8'))
        await sql`
          insert into own_drafts (person, about, sealed, kept_at) values (${person}, ${of}, ${sealed}, ${now()})
          on conflict (person, about) do update set sealed = excluded.sealed, kept_at = excluded.kept_at
        `.execute(db)
      }
      return reply.code(204).send(null)
    },
  )
}

/** What a kept list is sealed as. */
function viewRow(person: string, id: string): string {
  return `view/${JSON.stringify([person, id])}`
}

/** What a draft is sealed as: it opens for its writer, and about this, alone. */
function draftRow(person: string, about: string): string {
  return `draft/${JSON.stringify([person, about])}`
}

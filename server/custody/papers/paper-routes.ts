import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { entryForm } from '../../../labels/documents/entry-slip.ts'
import type { Form } from '../../../labels/documents/form.ts'
import { formPdf, formsPdf } from '../../../labels/documents/form-pdf.ts'
import { handOverForm } from '../../../labels/documents/hand-over-list.ts'
import { seizureForm } from '../../../labels/documents/seizure-list.ts'
import type { Layout } from '../../../labels/layout.ts'
import { toPdf, toPng, toSvg } from '../../../labels/render.ts'
import { documentCode } from '../../../labels/templates/document-code.ts'
import { loadActor } from '../../access/actor.ts'
import type { Files } from '../../files/files.ts'
import { keepFromRequest } from '../../files/upload.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../../http.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { bytes, exactly, text } from '../../schemas.ts'
import { numbersLogged, shownWholeTo } from '../account-number/on-papers.ts'
import { keptPhotos } from './answers.ts'
import { drawn } from '../drawing.ts'
import { erasedAmong } from './archived.ts'
import type { HandoverList } from '../intake/lists.ts'
import { entrySlipOf, handOverListOf } from './list-paper.ts'
import { drawCode, drawSeal, seizureListsOf } from './paper.ts'
import { previewUnder } from './under-cases.ts'
import { readCase, readItem, readItems, readList } from '../reads.ts'
import { rules } from '../rules.ts'
import { VIEWS } from '../pictures/pictures.ts'
import { oneOf } from '../schema-parts.ts'
import { caseNumber, code } from '../schemas.ts'
import { isConcerned } from '../stocktake/ordering.ts'
import { isBlind } from '../stocktake/reads.ts'
import { stocktakesShowing } from '../stocktake/store.ts'
import { seesIssued } from './issuing.ts'
import { seesCase, seesItem, seesPaper } from '../sight/sees.ts'
import { sightOf } from '../sight/sight.ts'
import { labelsOnPaper, lastLabels } from './label-store.ts'
import '../tables.ts'

export interface PaperRouteOptions extends RouteDependencies {
  readonly files: Files
}

const tags = ['custody']
const PRODUCES = { svg: 'image/svg+xml', png: 'image/png', pdf: 'application/pdf' } as const
const pdf = { produces: [PRODUCES.pdf], response: { 200: bytes } }
const SCREEN_DPI = 203
const card = Type.Object(
  {
    stock: Type.Optional(Type.Union([Type.Literal('100x60'), Type.Literal('60x40')])),
    /** The one that is out there, when none is named. */
    issue: Type.Optional(Type.Integer({ minimum: 1, maximum: 9_999 })),
  },
  exactly,
)
const copy = {
  copy: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
  of: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
  recipient: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
}

/** A label as a screen shows it, as the print head would burn it, or as a page of its own size. */
async function inForm(
  form: 'svg' | 'png' | 'pdf',
  layout: Layout,
  at: string,
): Promise<{ readonly type: string; readonly body: Buffer }> {
  switch (form) {
    case 'svg':
      return { type: 'image/svg+xml; charset=utf-8', body: Buffer.from(toSvg(layout)) }
    case 'png':
      return { type: PRODUCES.png, body: Buffer.from(await toPng(layout, SCREEN_DPI)) }
    case 'pdf':
      return { type: PRODUCES.pdf, body: Buffer.from(await toPdf([layout], new Date(at))) }
  }
}

/** Who gets the copies of a hand-over list, in the order they are numbered; those of a seizure go by the track. */
const TRANSFER_COPIES = ['承办部门', '保管部门', '附卷'] as const

/** What custody puts on paper, and the photos that come in. */
export const paperRoutes: FastifyPluginAsyncTypebox<PaperRouteOptions> = async (
  app,
  { db, act, files, activity, now },
) => {
  const sight = async (request: FastifyRequest) => {
    const actor = await loadActor(db, signedIn(request).person, now())
    return { actor, person: actor.person, sees: await sightOf(db, actor, now()) }
  }
  const recorded = (person: string, about: string): Promise<void> =>
    activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })
  const itemFor = async (request: FastifyRequest, wanted: string): Promise<string> => {
    const { person, sees } = await sight(request)
    const item = await readItem(db, wanted)
    if (item === null || !seesItem(sees, item)) throw new Refusal('custody.unknown-item', { item: wanted })
    return person
  }
  /** The list, if there is one and the asker may see it; the read is recorded first. */
  const listFor = async (request: FastifyRequest, wanted: string, read: string): Promise<HandoverList> => {
    const { person, sees } = await sight(request)
    const list = await readList(db, wanted)
    if (list === null || !seesPaper(sees, list)) throw new Refusal('custody.unknown-list', { list: wanted })
    await recorded(person, `lists/${wanted}/${read}`)
    return list
  }
  const copyOf = (query: { copy?: number; of?: number; recipient?: string }, recipients: readonly string[]) => {
    const number = query.copy ?? 1
    return {
      number,
      of: Math.max(query.of ?? recipients.length, number),
      recipient: query.recipient ?? recipients[number - 1] ?? '附卷',
    }
  }

  app.post(
    '/api/items/:code/photos',
    {
      schema: {
        tags,
        description:
          '`of=incident`: of what was found to be wrong, while the incident is open. `view`: what they show of the thing as it is.',
        params: Type.Object({ code }, exactly),
        querystring: Type.Object(
          { of: Type.Optional(Type.Literal('incident')), view: Type.Optional(oneOf(VIEWS)) },
          exactly,
        ),
        consumes: ['multipart/form-data'],
        response: { 201: keptPhotos },
      },
    },
    async (request, reply) => {
      const cause = causeOf(request)
      const item = request.params.code
      await itemFor(request, item)
      const kept = await keepFromRequest(request, files)
      const photos = kept.map(({ sha256 }) => sha256)
      const { of, view } = request.query
      const line = {
        item,
        photos,
        ...(of === undefined ? {} : { ofIncident: true }),
        ...(view === undefined ? {} : { view }),
      }
      await act(whoOf(request), { type: 'custody.add-photo', items: [line] }, { cause })
      return reply
        .code(201)
        .send({ photos: kept.map(({ sha256, width, height, bytes }) => ({ sha256, width, height, bytes })) })
    },
  )

  for (const form of ['svg', 'png', 'pdf'] as const) {
    const produces = [PRODUCES[form]]
    app.get(
      `/api/items/:code/card.${form}`,
      {
        schema: {
          tags,
          params: Type.Object({ code }, exactly),
          querystring: card,
          produces,
          response: { 200: bytes },
        },
      },
      async (request, reply) => {
        const item = request.params.code
        await recorded(await itemFor(request, item), `items/${item}/card`)
        const issue = await issueToDraw(db, item, request.query.issue)
        const layout = await drawn(() => drawCode(db, item, issue, request.query.stock ?? '100x60'))
        const { type, body } = await inForm(form, layout, now())
        return reply.type(type).send(body)
      },
    )
  }

  for (const form of ['svg', 'png', 'pdf'] as const) {
    app.get(
      `/api/items/:code/seal-strip.${form}`,
      {
        schema: {
          tags,
          description:
            'T-16 封条 on 100x60 mm: with the seal that the item wears, or with `number` as it will look before it is put on.',
          params: Type.Object({ code }, exactly),
          querystring: Type.Object({ number: Type.Optional(text(40)) }, exactly),
          produces: [PRODUCES[form]],
          response: { 200: bytes },
        },
      },
      async (request, reply) => {
        const wanted = request.params.code
        await recorded(await itemFor(request, wanted), `items/${wanted}/seal-strip`)
        const item = await readItem(db, wanted)
        if (item === null) throw new Refusal('custody.unknown-item', { item: wanted })
        const layout = await drawn(() => drawSeal(db, item, request.query.number, now()))
        const { type, body } = await inForm(form, layout, now())
        return reply.type(type).send(body)
      },
    )
  }

  app.get(
    '/api/cases/:number/seizure-list.pdf',
    {
      schema: {
        tags,
        ...pdf,
        description:
          'F-02 of one notice; where it took things of several holders, one for each of them, one after the other.',
        params: Type.Object({ number: caseNumber }, exactly),
        querystring: Type.Object(
          {
            notice: Type.String({ minLength: 1, maxLength: 60 }),
            book: Type.Optional(Type.Union([Type.Literal('evidence'), Type.Literal('effects')])),
            ...copy,
          },
          exactly,
        ),
      },
    },
    async (request, reply) => {
      const { actor, person, sees } = await sight(request)
      const of = await readCase(db, request.params.number)
      if (of === null || !seesCase(sees, of)) throw new Refusal('custody.unknown-case', { case: request.params.number })
      await recorded(person, `cases/${of.number}/seizure-list`)
      const { notice, book = 'evidence' } = request.query
      const given = copyOf(request.query, rules.list_copies.value[of.track])
      const isWhole = await shownWholeTo(db, actor, of, now())
      const lists = await seizureListsOf(db, of, notice, { book, copy: given, isWhole })
      const shown = lists.flatMap(({ items }) => items.map((item) => item.code))
      const read = numbersLogged(await readItems(db, shown), isWhole)
      await Promise.all(read.map((about) => recorded(person, about)))
      const forms: Form[] = []
      for (const list of lists) forms.push(await previewUnder(db, seizureForm(list), [of.number]))
      return reply.type('application/pdf').send(await drawn(() => formsPdf(forms, new Date(now()))))
    },
  )

  app.get(
    '/api/lists/:code/code.svg',
    { schema: { tags, params: Type.Object({ code }, exactly), produces: [PRODUCES.svg], response: { 200: bytes } } },
    async (request, reply) => {
      const list = await listFor(request, request.params.code, 'code')
      const picture = await drawn(async () => toSvg(documentCode({ code: list.code, title: '移交清单' })))
      return reply.type('image/svg+xml; charset=utf-8').send(Buffer.from(picture))
    },
  )

  app.get(
    '/api/lists/:code/handover.pdf',
    { schema: { tags, params: Type.Object({ code }, exactly), querystring: Type.Object(copy, exactly), ...pdf } },
    async (request, reply) => {
      const list = await listFor(request, request.params.code, 'handover')
      const handed = await handOverListOf(db, list, copyOf(request.query, TRANSFER_COPIES))
      const form = await previewUnder(db, handOverForm(handed), list.cases)
      return reply.type('application/pdf').send(await drawn(() => formPdf(form, new Date(now()))))
    },
  )

  app.get(
    '/api/lists/:code/entry-slip.pdf',
    { schema: { tags, params: Type.Object({ code }, exactly), querystring: Type.Object(copy, exactly), ...pdf } },
    async (request, reply) => {
      const list = await listFor(request, request.params.code, 'entry-slip')
      const slip = await entrySlipOf(db, list, copyOf(request.query, TRANSFER_COPIES))
      const form = await previewUnder(db, entryForm(slip), list.cases)
      return reply.type('application/pdf').send(await drawn(() => formPdf(form, new Date(now()))))
    },
  )
}

/**
 * Which issue of an item's card is meant: the one that is out there unless another is named, which may be the last one that was wanted.
 * @throws Refusal `custody.label-void`
 */
async function issueToDraw(db: Reader, code: string, wanted: number | undefined): Promise<number> {
  const out = (await labelsOnPaper(db, [code])).get(code)?.issue ?? 1
  if (wanted === undefined || wanted === out) return out
  if ((await lastLabels(db, [code])).get(code)?.issue !== wanted)
    throw new Refusal('custody.label-void', { code, issue: wanted })
  return wanted
}

/**
 * Whether somebody may see a photo: who may see an item that it shows, the result of the count that it was taken at, or the paper that it was signed on
 * or whose receipt of service it is.
 * @throws Refusal `custody.paper-erased` to whom it would be shown, had the file of the paper not been erased by law
 */
export async function maySeePhoto(
  { db, now }: Pick<RouteDependencies, 'db' | 'now'>,
  person: string,
  sha256: string,
): Promise<boolean> {
  const at = now()
  const actor = await loadActor(db, person, at)
  const sees = await sightOf(db, actor, at)
  const shown = await db
    .selectFrom('item_photos')
    .innerJoin('items', 'items.id', 'item_photos.item')
    .select(['items.id as code', 'items.case_number as case', 'items.unit as unit', 'items.store as store'])
    .where('photo', '=', sha256)
    .execute()
  if (shown.some((item) => seesItem(sees, item))) return true
  if ((await stocktakesShowing(db, sha256)).some((one) => isConcerned(actor, one) && !isBlind(actor, one))) return true
  const served = await db
    .selectFrom('paper_scans')
    .innerJoin('papers', 'papers.id', 'paper_scans.paper')
    .select('papers.state as state')
    .where('scan', '=', sha256)
    .execute()
  const signed = served.map(({ state }) => state).filter((paper) => seesIssued({ actor, sight: sees }, paper))
  const erased = await erasedAmong(db, signed)
  const [gone] = signed
  if (gone !== undefined && signed.every(({ id }) => erased.has(id)))
    throw new Refusal('custody.paper-erased', { number: gone.number })
  return gone !== undefined
}

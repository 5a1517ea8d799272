import { type Static, Type } from 'typebox'
import { SHEET_LABELS_MAX } from '../../../labels/label-sheet.ts'
import { exactly, id, orNull, text, uuid } from '../../schemas.ts'
import { questionnaireName } from '../schemas.ts'

/** A group that is smaller is never counted. */
const TARGET_LEAST = 10
const TARGET_MOST = 1_000_000
/** One paper names no more than a voter judges in one sitting. */
export const DEPARTMENTS_MOST = 20
const GROUPS_MOST = 8
/** Codes of one issue: as many sheets as one file has. */
export const ISSUE_MOST = SHEET_LABELS_MAX

/** Names of one list; a longer one is written down as several. */
const ADDRESSEES_MOST = 500

/** Codes that are given up in one request. */
export const EXCHANGE_MOST = 200

/** A code as somebody typed it. */
export const code = Type.String({ minLength: 1, maxLength: 60 })

const day = Type.String({ format: 'date' })
const group = Type.String({ pattern: '^g[1-9]$' })
/** What nobody but who issues has: of it the codes are made, and it is kept nowhere. */
export const seed = Type.String({ pattern: '^[0-9a-f]{64}$' })

const campaignContent = Type.Object(
  {
    ...{ title: text(40), from: day, to: day, questionnaire: questionnaireName },
    departments: Type.Array(id, { minItems: 1, maxItems: DEPARTMENTS_MOST, uniqueItems: true }),
    groups: Type.Array(
      Type.Object(
        {
          name: text(20),
          target: Type.Integer({ minimum: TARGET_LEAST, maximum: TARGET_MOST }),
          weight: orNull(Type.Integer({ minimum: 1, maximum: 100 })),
        },
        exactly,
      ),
      { minItems: 1, maxItems: GROUPS_MOST },
    ),
    /** Papers filled in by hand are taken too. */
    onPaper: Type.Optional(Type.Boolean()),
  },
  exactly,
)

export const DECISIONS = ['open', 'drop', 'close', 'publish'] as const

/** Of each command its body without `type`. */
export const campaignSchemas = {
  'rating.draft-campaign': Type.Object({ unit: id, campaign: Type.Optional(uuid), content: campaignContent }, exactly),
  'rating.decide-campaign': Type.Object(
    { campaign: uuid, what: Type.Unsafe<(typeof DECISIONS)[number]>(Type.Enum([...DECISIONS])) },
    exactly,
  ),
  'rating.issue-papers': Type.Object(
    { campaign: uuid, group, count: Type.Integer({ minimum: 1, maximum: ISSUE_MOST }) },
    exactly,
  ),
  'rating.list-addressees': Type.Object(
    { campaign: uuid, group, names: Type.Array(text(60), { minItems: 1, maxItems: ADDRESSEES_MOST }) },
    exactly,
  ),
  'rating.mark-addressees': Type.Object(
    {
      ...{ campaign: uuid, list: uuid, given: Type.Boolean() },
      lines: Type.Array(Type.Integer({ minimum: 1, maximum: ADDRESSEES_MOST }), {
        ...{ minItems: 1, maxItems: ADDRESSEES_MOST, uniqueItems: true },
      }),
    },
    exactly,
  ),
  'rating.exchange-papers': Type.Object(
    {
      campaign: uuid,
      issues: Type.Array(
        Type.Object({ issue: uuid, count: Type.Integer({ minimum: 1, maximum: EXCHANGE_MOST }) }, exactly),
        { minItems: 1, maxItems: EXCHANGE_MOST },
      ),
    },
    exactly,
  ),
  'rating.void-papers': Type.Object({ campaign: uuid, issue: uuid }, exactly),
} as const

type Of<T extends keyof typeof campaignSchemas> = { readonly type: T } & Readonly<Static<(typeof campaignSchemas)[T]>>
export type DraftCampaign = Of<'rating.draft-campaign'>
export type DecideCampaign = Of<'rating.decide-campaign'>
export type IssuePapers = Of<'rating.issue-papers'>
export type ExchangePapers = Of<'rating.exchange-papers'>
export type VoidPapers = Of<'rating.void-papers'>
export type ListAddressees = Of<'rating.list-addressees'>
export type MarkAddressees = Of<'rating.mark-addressees'>

import { Type } from 'typebox'
import type { Words } from '../../refusal.ts'
import { nextAfter } from '../../schemas.ts'
import { allRows } from '../../table.ts'
import { type Behind, casesBehind, itemsBehind } from '../dashboard/behind.ts'
import type { CaseAge } from '../dashboard/protocol.ts'
import { behindQuery, caseAge } from '../dashboard/schemas.ts'
import { caseTable } from './case-exports.ts'
import type { Export } from './export.ts'
import { itemTable } from './item-exports.ts'

const titles = {
  figure: { zh: '看板明细', en: 'Behind a figure' },
  'open-cases': { zh: '未结案件', en: 'Cases not closed' },
} as const satisfies Record<string, Words>

/** What the supervisor's figures count, as files. */
export const figureExports = {
  figure: {
    title: titles.figure,
    query: behindQuery,
    table: async (asked) => {
      const behind = asked.query as unknown as Behind
      const rows = await allRows(async (page) => {
        const found = await itemsBehind(asked.db, asked.sight, { ...behind, ...page, now: asked.now })
        return { rows: found, after: nextAfter(found, page, ({ code }) => code) }
      })
      return itemTable(asked, titles.figure, rows)
    },
  },
  'open-cases': {
    title: titles['open-cases'],
    query: { age: Type.Optional(caseAge) },
    table: async (asked) => {
      const age = asked.query['age'] as CaseAge | undefined
      const rows = await allRows(async (page) => {
        const wanted = { ...page, now: asked.now, ...(age === undefined ? {} : { age }) }
        const found = await casesBehind(asked.db, asked.sight, wanted)
        return { rows: found, after: nextAfter(found, page, ({ number }) => number) }
      })
      return caseTable(asked, titles['open-cases'], rows)
    },
  },
} satisfies Readonly<Record<string, Export>>

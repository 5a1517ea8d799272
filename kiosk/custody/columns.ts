/** The columns by which lists name things and cases, wherever they are found. */

import type { CaseSummary, ItemSummary } from '../../server/custody/protocol.ts'
import type { Column } from '../parts/column.ts'
import { pick, t } from '../words/words.svelte.ts'
import { directory } from './directory.svelte.ts'

/** @param stateWidth of the state, which is shown with its mark */
export function itemColumns(stateWidth: string): readonly Column<ItemSummary>[] {
  return [
    { id: 'code', label: t('account.col-code'), width: '11em', text: ({ code }) => code, code: true },
    { id: 'name', written: true, label: t('account.col-name'), text: ({ name }) => name },
    { id: 'case', label: t('supervise.case-of'), width: '13em', text: (of) => of.case },
    { id: 'state', label: t('account.col-state'), width: stateWidth, text: ({ custody }) => pick(custody.words) },
    { id: 'holder', label: t('account.col-holder'), width: '12em', text: ({ holder }) => directory.nameOf(holder) },
  ]
}

export function caseColumns(): readonly Column<CaseSummary>[] {
  return [
    { id: 'number', label: t('cases.number'), width: '13em', text: ({ number }) => number },
    { id: 'title', written: true, label: t('cases.name'), text: ({ title }) => title ?? t('cases.name-hidden') },
    { id: 'unit', label: t('cases.unit'), width: '12em', text: ({ unit }) => directory.nameOf(`unit/${unit}`) },
    { id: 'items', label: t('cases.items'), align: 'end', width: '6em', text: (of) => String(of.balance.taken) },
  ]
}

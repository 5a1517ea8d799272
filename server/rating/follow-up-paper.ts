import { onPaper } from '../../labels/documents/form.ts'
import { sheet } from '../../labels/documents/sheets.ts'
import { readPersonal } from '../ledger/personal.ts'
import { loadStates } from '../ledger/project.ts'
import { localMinute } from '../local-time.ts'
import type { Reader, Sealed } from '../module.ts'
import { namesOf, textOf } from '../names.ts'
import { organOf } from '../org/organ.ts'
import type { PaperSource, PaperThing } from '../paper-source.ts'
import { counterNames } from './counter-names.ts'
import { type FollowUp, type FollowUpStatus, maySee, type Settlement } from './follow-ups.ts'
import { followUps } from './projections.ts'
import type { AppealGround } from './rating.ts'

const STATUSES: Readonly<Record<FollowUpStatus, string>> = {
  ...{
    new: '待核实',
    assigned: '已派单',
    called: '已回访',
    verified: '已核实',
    settled: '已整改或说明',
    appealed: '申诉复核中',
  },
  ...{ 'fed-back': '已反馈，待办结', closed: '已办结' },
}
const SETTLED: Readonly<Record<Settlement, string>> = {
  ...{ rectified: '立行立改', 'by-date': '限期整改', explained: '解释说明' },
}
const GROUNDS: Readonly<Record<AppealGround, string>> = {
  ...{ 'not-mine': '不是本人办理', unfounded: '反映与事实不符' },
  ...{ 'by-rule': '依法依规只能如此办理', outage: '系统、设备等客观原因' },
}
const STEPS: Readonly<Record<string, string>> = {
  ...{
    call: '回访核实',
    verify: '窗口核实',
    settle: '处理',
    appeal: '申诉',
    review: '申诉复核',
    'feed-back': '反馈评价人',
    return: '退回重办',
  },
}

/**
 * F-23 差评核查处理单: what the rater wanted answered and each step of the answer. How to reach him stays sealed, and nobody knows what he
 * voted; of a counter, what was counted there together. The head of the hall, its handler and supervisors issue and read it, never the rated clerk.
 */
export const followUpPaper: PaperSource = async (db, of) => {
  const one = (await loadStates(db, followUps, [of])).get(of) ?? null
  if (one === null) return null
  return {
    unit: one.hall,
    what: localMinute(one.askedAt),
    sees: (actor) => maySee(one, actor) && actor.person !== one.clerk,
    mayIssue: (actor) => maySee(one, actor) && actor.person !== one.clerk,
    form: one.handler === null ? null : await formOf(db, one, one.handler),
  }
}

const REACHED = '评价人联系方式另行密封，不在本单载明'
const ANONYMOUS = '匿名评价整批计票，按窗口核查，不追查评价人'

function countedOf({ batch }: FollowUp): string {
  return batch === undefined ? '' : onPaper(`${batch.day} 计票 ${batch.counted} 份，其中差评 ${batch.bad} 份`)
}

async function formOf(db: Reader, one: FollowUp, handler: string): Promise<PaperThing['form']> {
  const { hall, counter, clerk, notes, reached, settlement, excluded } = one
  const named = await namesOf(db, [
    `unit/${hall}`,
    ...[clerk, handler, ...notes.map(({ by }) => by)].map((who) => `person/${who}`),
  ])
  const contents = await readPersonal(db, [
    ...(one.words === null ? [] : [one.words.ref]),
    ...notes.flatMap(({ note, evidence }) => [note.ref, ...(evidence === undefined ? [] : [evidence.ref])]),
  ])
  const said = ({ ref }: Sealed): string => onPaper(textOf(contents.get(ref)) ?? '')
  const nameOf = (who: string): string => named(`person/${who}`).name
  const organisation = await organOf(db, hall)
  const counterName = await counterNames(db, [counter])
  const rows = [
    one.words === null
      ? ['计票差评', localMinute(one.askedAt), '', countedOf(one)]
      : ['评价人诉求', localMinute(one.askedAt), '', said(one.words)],
    ...notes.flatMap(({ step, by, at, note, ground, evidence }) => {
      const row = (what: string, text: string) => [what, localMinute(at), nameOf(by), text]
      return [
        row(STEPS[step] ?? step, said(note)),
        ...(ground === undefined ? [] : [row('申诉理由', GROUNDS[ground])]),
        ...(evidence === undefined ? [] : [row('申诉证据', said(evidence))]),
      ]
    }),
  ]
  return (copy) =>
    sheet({
      ...{ kind: 'follow-up', organisation, code: null, copy, rows },
      facts: [
        { name: '大厅', value: named(`unit/${hall}`).name },
        { name: '窗口', value: counterName(counter) },
        { name: '被评价人员', value: nameOf(clerk) },
        { name: '处理人', value: nameOf(handler) },
        { name: '状态', value: STATUSES[one.status] },
        { name: '回访', value: reached === null ? '' : reached ? '已联系上' : '未联系上' },
        { name: '处理类别', value: settlement === null ? '' : SETTLED[settlement] },
        { name: '申诉', value: excluded ? '申诉成立，不予采纳' : '' },
      ],
      statement: `${one.batch === undefined ? REACHED : ANONYMOUS}；处理人、被评价人以外的人员办结。`,
      signatures: [
        { role: '处理人', name: nameOf(handler), absence: null },
        { role: '大厅负责人', name: null, absence: null },
        { role: '办结人', name: null, absence: null },
      ],
    })
}

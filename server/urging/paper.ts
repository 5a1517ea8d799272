import { onPaper } from '../../labels/documents/form.ts'
import { sheet } from '../../labels/documents/sheets.ts'
import { readPersonal } from '../ledger/personal.ts'
import { loadStates } from '../ledger/project.ts'
import { localDue, localMinute } from '../local-time.ts'
import type { Reader, Sealed } from '../module.ts'
import { namesOf, textOf } from '../names.ts'
import { organOf } from '../org/organ.ts'
import type { PaperSource, PaperThing } from '../paper-source.ts'
import type { UrgingsApart } from './apart.ts'
import { seesUrging, urgings } from './store.ts'
import { numberOf, type Urging, type UrgingMethod, type UrgingReason, urgingStateWords } from './urging.ts'

const REASONS: Readonly<Record<UrgingReason, string>> = {
  'time-passed': '超过办理期限',
  perfunctory: '办理不力、敷衍塞责',
  supplement: '需要补充办理',
  other: '其他需要督办的情形',
}
const METHODS: Readonly<Record<UrgingMethod, string>> = {
  letter: '发函',
  hearing: '听取汇报',
  'file-review': '审阅案卷',
  inspection: '实地检查',
}
const MATTERS: Readonly<Record<string, string>> = { case: '案件', item: '物品', clock: '期限' }

/** F-19 督办通知单: what is urged and until when, each answer and what became of it. A supervisor issues it; its addressee may read it. */
export const urgingPaper =
  (apart: UrgingsApart): PaperSource =>
  async (db, of) => {
    const one = (await loadStates(db, urgings, [of])).get(of) ?? null
    if (one === null) return null
    const aside = await apart.peopleIn(db, one.about)
    return {
      unit: one.from,
      what: numberOf(one),
      sees: (actor) => seesUrging(one, actor, aside),
      mayIssue: (actor) => actor.unit === one.from && actor.appointments.some(({ post }) => post === 'supervisor'),
      form: await formOf(db, one),
    }
  }

async function formOf(db: Reader, one: Urging): Promise<PaperThing['form']> {
  const { unit, person, supervisor, approver, answers, about, withdrawn } = one
  const people = [supervisor, approver, person, ...answers.flatMap(({ by, judged }) => [by, judged?.by])]
  const named = await namesOf(db, [
    `unit/${unit}`,
    ...people.flatMap((who) => (who === null || who === undefined ? [] : [`person/${who}`])),
  ])
  const said = await wordsOf(db, one)
  const nameOf = (who: string): string => named(`person/${who}`).name
  const organisation = await organOf(db, one.from)
  const [kind = '', id = ''] = [about.slice(0, about.indexOf('/')), about.slice(about.indexOf('/') + 1)]
  const rows = [
    ['督办事由', REASONS[one.reason]],
    ['督办方式', METHODS[one.method]],
    ['督办内容', said(one.text)],
    ...answers.flatMap(({ by, at, text, judged }) => [
      ['回复', `${nameOf(by)} ${localMinute(at)}：${said(text)}`],
      ...(judged === null
        ? []
        : [
            [
              judged.accepted ? '审核：办结' : '审核：退回',
              [`${nameOf(judged.by)} ${localMinute(judged.at)}`, said(judged.text)]
                .filter((part) => part !== '')
                .join('：'),
            ],
          ]),
    ]),
    ...(withdrawn === null
      ? []
      : [['撤回', `${nameOf(withdrawn.by)} ${localMinute(withdrawn.at)}：${said(withdrawn.text)}`]]),
  ]
  return (copy) =>
    sheet({
      ...{ kind: 'urging', organisation, code: null, copy, rows },
      facts: [
        { name: '督办编号', value: numberOf(one) },
        { name: '状态', value: urgingStateWords[one.status].zh },
        { name: '被督办部门', value: named(`unit/${unit}`).name },
        { name: '责任人', value: person === null ? '' : nameOf(person) },
        { name: '督办事项', value: `${MATTERS[kind] ?? kind} ${id}` },
        { name: '签发时间', value: localMinute(one.issuedAt) },
        { name: '回复期限', value: localDue(one.dueAt) },
      ],
      statement: '请被督办部门按期书面回复办理情况；逾期不复或者敷衍塞责的，依规依纪处理。',
      signatures: [
        { role: '督办人', name: nameOf(supervisor), absence: null },
        { role: '批准人', name: nameOf(approver), absence: null },
        { role: '被督办部门签收人', name: null, absence: null },
      ],
    })
}

/** What was said on it, as a cell carries it; empty where nothing was or it was lawfully erased. */
async function wordsOf(db: Reader, { text, answers, withdrawn }: Urging): Promise<(sealed: Sealed | null) => string> {
  const all = [text, withdrawn?.text, ...answers.flatMap((one) => [one.text, one.judged?.text])]
  const contents = await readPersonal(
    db,
    all.flatMap((sealed) => (sealed === null || sealed === undefined ? [] : [sealed.ref])),
  )
  return (sealed) => onPaper(textOf(contents.get(sealed?.ref ?? '')) ?? '')
}

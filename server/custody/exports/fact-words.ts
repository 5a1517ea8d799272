import type { Words } from '../../refusal.ts'
import type { FactType } from '../custody.ts'

/** How the facts of an item are called in tables that leave the program; the screens have their own words. */
const words: Partial<Readonly<Record<FactType, Words>>> = {
  'custody.cash-agreed': { zh: '现金清点一致', en: 'Cash: two counts agree' },
  'custody.cash-counted': { zh: '清点现金', en: 'Cash counted' },
  'custody.cash-disputed': { zh: '现金清点不一致', en: 'Cash: the counts differ' },
  'custody.checked-in': { zh: '保管方入库', en: 'Taken by the store' },
  'custody.complaint-accepted': { zh: '受理申诉', en: 'Complaint accepted' },
  'custody.complaint-decided': { zh: '申诉处理', en: 'Complaint decided' },
  'custody.corrected': { zh: '红字更正', en: 'Corrected' },
  'custody.difference-found': { zh: '归还核对不符', en: 'Return: a difference found' },
  'custody.deposited': { zh: '存入专户', en: 'Paid into the special account' },
  'custody.measure-confirmed': { zh: '补办批准', en: 'Approved afterwards' },
  'custody.surrender-converted': { zh: '主动上交转为正式措施', en: 'Held under a measure' },
  'custody.disposal-approved': { zh: '批准处置', en: 'Disposal approved' },
  'custody.disposal-reviewed': { zh: '审理同意', en: 'Disposal reviewed' },
  'custody.disposed': { zh: '处置', en: 'Disposed of' },
  'custody.formed': { zh: '由拆分、合并形成', en: 'Came of a split or merge' },
  'custody.hand-signed': { zh: '手写签名', en: 'Signed by hand' },
  'custody.video-noted': { zh: '登记录音录像', en: 'Recording noted' },
  'custody.handed-back': { zh: '办案部门归还', en: 'Given back by the department' },
  'custody.handover-refused': { zh: '退回补正', en: 'Sent back' },
  'custody.handover-submitted': { zh: '提交移交', en: 'Put on a hand-over list' },
  'custody.incident-opened': { zh: '登记异常', en: 'Incident opened' },
  'custody.incident-resolved': { zh: '异常了结', en: 'Incident resolved' },
  'custody.kept-open': { zh: '批准依法保留', en: 'Lawfully kept open' },
  'custody.left-store': { zh: '保管方交出', en: 'Given up by the store' },
  'custody.lent': { zh: '保管方借出', en: 'Given by the store' },
  'custody.loan-granted': { zh: '批准调用', en: 'Loan granted' },
  'custody.loan-prolonged': { zh: '调用延期', en: 'Loan put off' },
  'custody.merged': { zh: '合并', en: 'Merged' },
  'custody.moved': { zh: '移位', en: 'Moved' },
  'custody.photo-added': { zh: '拍照', en: 'Photo' },
  'custody.proposal-dropped': { zh: '处置未获批准或撤回', en: 'Disposal refused or withdrawn' },
  'custody.proposed-for-disposal': { zh: '提出处置', en: 'Disposal proposed' },
  'custody.received-on-loan': { zh: '调用人领取', en: 'Taken by the borrower' },
  'custody.registered': { zh: '登记', en: 'Registered' },
  'custody.regrouped-in-store': { zh: '库房登记拆分（合并）', en: 'The store wrote down the split or merge' },
  'custody.released-to-store': { zh: '移交方交出', en: 'Given by the department' },
  'custody.returned': { zh: '保管方收回', en: 'Taken back by the store' },
  'custody.returned-from-appraisal': { zh: '鉴定返回', en: 'Back from appraisal' },
  'custody.sealed': { zh: '加封', en: 'Sealed' },
  'custody.seen-at-door': { zh: '门禁报警：在库时经过库门', en: 'Alarm of a door: seen there while in store' },
  'custody.sent-to-appraisal': { zh: '送鉴定', en: 'Sent to appraisal' },
  'custody.split': { zh: '拆分', en: 'Split' },
  'custody.tag-wanted': { zh: '写电子标签', en: 'Tag to be written' },
  'custody.unsealed': { zh: '启封', en: 'Seal opened' },
  'custody.written-off': { zh: '销账', en: 'Written off' },
  'custody.tag-bound': { zh: '绑定电子标签', en: 'Tag bound' },
  'custody.tag-not-written': { zh: '电子标签未写成', en: 'Tag not written' },
}

/** A fact of a type that has no words of its own is called by its type. */
export function factWords(type: string): Words {
  return words[type as FactType] ?? { zh: type, en: type }
}

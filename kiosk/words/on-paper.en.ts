import type { onPaperZh } from './on-paper.zh.ts'

/** Paper while there is no power and its late entry, in English. */
export const onPaperEn: Readonly<Record<keyof typeof onPaperZh, string>> = {
  'on-paper.title': 'Entering from paper',
  'on-paper.sheets': 'Sheets for the day without power',
  'on-paper.sheets-detail':
    'Print some and keep them at the bench. Without power, write item by item and sign, both sides; afterwards whoever did it enters it here, and another compares the paper.',
  'on-paper.sheet-of': 'Empty record: {store}',
  'on-paper.not-yours': 'The custodian or officer who did it enters it',
  'on-paper.enter': 'Enter one sheet',
  'on-paper.enter-detail':
    'Sheet by sheet, in the order things happened. The register keeps both times: the one on the paper and now; terms count from the one on the paper.',
  'on-paper.act': 'What was done',
  'on-paper.act-hand-over': 'Handed over',
  'on-paper.act-check-in': 'Checked in',
  'on-paper.act-borrow': 'Lent out',
  'on-paper.act-give-back': 'Given back',
  'on-paper.happened': 'Time on the paper',
  'on-paper.sheet': 'Number of the sheet',
  'on-paper.sheet-wrong': 'Letters, figures and hyphens only',
  'on-paper.reason': 'Why on paper',
  'on-paper.signed-by': 'Who else signed the paper',
  'on-paper.signed-by-hint': 'Who handed over, fetched or brought, and a second custodian',
  'on-paper.item': 'Item',
  'on-paper.item-hint': 'Scan each card, or type the code and press Enter',
  'on-paper.no-item': '“{text}” is no item code',
  'on-paper.no-lines': 'No item yet',
  'on-paper.remove': 'Take this one out',
  'on-paper.grams': 'Weight on the paper (grams)',
  'on-paper.seal-number': 'Seal number on the paper',
  'on-paper.compare':
    'Compared by another custodian of the store or its head who has not signed this paper; badge and PIN once it agrees.',
  'on-paper.confirm': 'Enter',
  'on-paper.done': '{count} {count:item|items} entered',
  'on-paper.sheet-told': 'sheet {sheet}, {act}',
  'on-paper.compared-by': 'compared by {name}',
  'on-paper.signed': 'signed on paper by {people}',
  'fact.entered-from-paper': 'Entered from paper',
}

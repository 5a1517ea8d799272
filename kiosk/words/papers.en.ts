import type { papersZh } from './papers.zh.ts'

export const papersEn: Readonly<Record<keyof typeof papersZh, string>> = {
  'export.as': 'Export',
  'export.all-loans': 'All that is out',
  'export.concluded': 'Concluded',
  'export.shelves': 'Shelves',
  'export.items': 'Items in store',
  'export.account': 'Items',
  'export.movements': 'Movements',
  'export.cover': 'Cover of the file as PDF',
  'export.chain': 'Chain as PDF',

  'labels.title': 'Labels',
  'labels.none': 'No label was printed yet',
  'labels.void': 'Void: hand it in when you see it',
  'labels.read-back': 'Read back',
  'labels.reason': 'Printed again because: {text}',

  'papers.title': 'Papers',
  'papers.issued-list': 'Papers that were issued',
  'papers.none': 'No paper was issued yet',
  'papers.paper': 'Paper',
  'papers.issued': 'Issued',
  'papers.check': 'Check',
  'papers.state': 'State',
  'papers.file': 'Archive',
  'papers.stands': 'Stands',
  'papers.replaced': 'Replaced',
  'papers.open': 'Open',
  'papers.print': 'Print',
  'papers.offers': '{count} can be issued',
  'papers.issue': 'Issue',
  'papers.issue-again': 'Issue anew',
  'papers.write': 'Fill in',
  'papers.write-how':
    'You write what it says. Once issued it is numbered and archived and cannot be changed; a mistake is put right by issuing it again.',
  'papers.write-again': 'It takes the place of the one before; both stay. Fill it in as a whole.',
  'papers.done': '{number} is issued',
  'papers.how':
    'What is issued is numbered and archived, every copy in one file. A4 papers print from the browser; label printers print labels only. One that is issued anew takes the place of the one before; both stay.',
}

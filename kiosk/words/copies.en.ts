import type { copiesZh } from './copies.zh.ts'

export const copiesEn: Readonly<Record<keyof typeof copiesZh, string>> = {
  'copies.title': 'Granted requests (copies)',
  'copies.open': 'Granted requests',
  'copies.detail':
    'Requests that were granted in this organ, copied to the supervision unasked, the latest first. Cases from which you stand aside are not among them.',
  'copies.none': 'Nothing was granted',
  'copies.none-detail': 'A request is listed here once it is granted; or nothing goes with what was chosen.',
  'copies.kind': 'What',
  'copies.kind-all': 'Everything',
  'copies.kind-review-disposal': 'Review of a disposal',
  'copies.kind-approve-disposal': 'Approval of a disposal',
  'copies.case': 'Case number',
  'copies.from': 'Granted from',
  'copies.to': 'Granted until',
  'copies.apply': 'Search',
  'copies.all': 'Clear',
  'copies.granted': 'Granted by',
  'copies.basis': 'Legal basis',
  'copies.document': 'Document',
  'copies.document-none': 'The request names no document',
}

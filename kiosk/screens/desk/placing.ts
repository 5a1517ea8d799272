/** Which line and field of a list of items a refusal is about. Pure. */

import type { Notice } from '../../notice.ts'
import type { DetailField, LineField, SheetField } from './registration.ts'

/** Where a refusal belongs. `line: null` without a field: above the form. */
export interface Placed {
  readonly line: number | null
  readonly field: LineField | SheetField | null
}

const FIELDS: Readonly<Record<string, LineField>> = {
  name: 'name',
  category: 'category',
  quantity: 'quantity',
  unit: 'unit',
  features: 'features',
  weight_mg: 'weight',
  seal: 'seal',
  signers: 'signers',
  cannotSealReason: 'cannotSeal',
}
const HEAD_FIELDS: Readonly<Record<string, SheetField>> = {
  noticeNumber: 'notice',
  takenAt: 'takenAt',
  officers: 'officers',
  place: 'place',
  relevance: 'relevance',
}

const VIDEO_FIELDS: Readonly<Record<string, SheetField>> = {
  number: 'video.number',
  device: 'video.device',
  startedAt: 'video.started',
  endedAt: 'video.ended',
  keptIn: 'video.keptIn',
  sha256: 'video.sha256',
}

/** What is said of the film stands in the head, whichever line asks for it; null where the refusal is about something else. */
function filmFieldOf({ code, values = {} }: Notice): SheetField | null {
  if (code === 'custody.video-times') return 'video.ended'
  if (code === 'custody.film-unsaid' || code === 'custody.film-reason-idle') return 'later'
  const [first, second = ''] = String(values[code === 'request.invalid' ? 'what' : 'field'] ?? '')
    .split(/[./]/)
    .filter(Boolean)
  if (first === 'recordingLater') return 'later'
  return first === 'recording' ? (VIDEO_FIELDS[second] ?? 'video.number') : null
}

/** Which line and field the server means. */
export function placeOf(notice: Notice): Placed {
  const { code, values = {} } = notice
  const film = filmFieldOf(notice)
  if (film !== null) return { line: null, field: film }
  const at = (line: number, field: LineField | null): Placed => ({ line, field })
  const given = (name: string): string => String(values[name] ?? '')
  const fieldOf = (name: string): LineField | null =>
    name.startsWith('details.') ? (name as DetailField) : (FIELDS[name] ?? null)
  if (typeof values['line'] === 'number') return at(values['line'] - 1, fieldOf(given('field')))
  switch (code) {
    case 'request.invalid': {
      const item = /^\/items\/(\d+)(?:\/(\w+)(?:\/(\w+))?)?/.exec(given('what'))
      if (item) return at(Number(item[1]), fieldOf(item[2] === 'details' ? `details.${item[3]}` : (item[2] ?? '')))
      const head = /^\/(measure|holder|witness)\/(\w+)/.exec(given('what'))
      if (head?.[1] === 'measure') return { line: null, field: HEAD_FIELDS[head[2] ?? ''] ?? null }
      if (head && (head[2] === 'name' || head[2] === 'reason')) {
        return { line: null, field: `${head[1] as 'holder' | 'witness'}.${head[2]}` }
      }
      return { line: null, field: null }
    }
    case 'custody.measure-officers':
      return { line: null, field: 'officers' }
    case 'custody.measure-time':
      return { line: null, field: 'takenAt' }
    default:
      return { line: null, field: null }
  }
}

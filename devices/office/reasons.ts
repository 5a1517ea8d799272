import type { PrinterCondition } from '../reading.ts'
import type { IppValue } from './ipp.ts'

/** Reasons that stop a printer (RFC 8011, 5.4.12), without what says how grave they are. */
const REASONS: Readonly<Record<string, PrinterCondition>> = {
  'media-empty': 'paper-out',
  'media-needed': 'paper-out',
  'media-jam': 'paper-jam',
  'cover-open': 'head-open',
  'door-open': 'head-open',
  'interlock-open': 'head-open',
  paused: 'paused',
  'moving-to-paused': 'paused',
  'toner-empty': 'other-error',
  'marker-supply-empty': 'other-error',
  'output-area-full': 'other-error',
  shutdown: 'other-error',
  'fuser-over-temp': 'over-temperature',
  'fuser-under-temp': 'under-temperature',
  'spool-area-full': 'buffer-full',
}

/** What of these reasons stops the printer, each once; a warning or a report does not. */
export function conditionsAmong(reasons: readonly IppValue[]): PrinterCondition[] {
  const stopping = reasons.flatMap((reason) => {
    if (typeof reason !== 'string' || /-(warning|report)$/.test(reason)) return []
    return REASONS[reason.replace(/-error$/, '')] ?? []
  })
  return [...new Set(stopping)]
}

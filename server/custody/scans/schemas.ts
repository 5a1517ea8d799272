import { Type } from 'typebox'
import { text, uuid } from '../../schemas.ts'
import { body, type CommandOf, photoHash } from '../schema-parts.ts'

/** Sheets of one scan: a list of as many items as one act takes, with room to spare. */
const SCAN_PAGES_MAX = 40
/** Characters of the reason for a new scan. */
const SCAN_REASON_MOST = 200

export const scanSchemas = {
  'custody.attach-scan': body({
    paper: uuid,
    /** The sheets in their order, as they were photographed or scanned and kept by `POST /api/files`. */
    pages: Type.Array(photoHash, { minItems: 1, maxItems: SCAN_PAGES_MAX, uniqueItems: true }),
    /** Why it takes the place of the scan before. */
    reason: Type.Optional(text(SCAN_REASON_MOST)),
  }),
} as const

export type AttachScan = CommandOf<typeof scanSchemas, 'custody.attach-scan'>

import type { Post } from '../../../server/org/protocol.ts'

/** Every post, in the order of the work; the three administrators last. */
export const POSTS: readonly Post[] = [
  'officer',
  'custodian',
  'approver',
  'supervisor',
  'clerk',
  'manager',
  'system-admin',
  'security-admin',
  'audit-admin',
]

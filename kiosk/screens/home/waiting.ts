/** What waits for somebody by the posts he holds: which tiles his first page has, and how many stand behind each. Pure. */

import type { ShownApproval } from '../../../server/approvals/protocol.ts'
import type { CaseSummary, ListSummary, ShownIncident, ShownLoan } from '../../../server/custody/protocol.ts'
import type { WaitingProposal } from '../../../server/org/protocol.ts'
import type { Person } from '../../page.svelte.ts'
import { cannotConfirm, roleOf } from '../people/roles.ts'
import type { ListedRegisters } from '../supervise/registers.ts'

export type Task =
  | 'approvals'
  | 'conclusions'
  | 'to-hand-over'
  | 'asked'
  | 'check-in'
  | 'overdue'
  | 'incidents'
  | 'registers'
  | 'proposals'

/** What the server was asked for; null while it has not answered. */
export interface Heard {
  readonly approvals: readonly ShownApproval[] | null
  readonly incidents: readonly ShownIncident[] | null
  readonly cases: readonly CaseSummary[] | null
  readonly lists: readonly ListSummary[] | null
  readonly loans: readonly ShownLoan[] | null
  readonly registers: ListedRegisters | null
  readonly proposals: readonly WaitingProposal[] | null
}

export interface Waiting {
  readonly task: Task
  /** Null while it is not known. */
  readonly count: number | null
  readonly path: '/desk' | '/supervise' | '/manage/people'
  /** More than work to do: something is late or wrong. */
  readonly alarming: boolean
}

const PATHS: Readonly<Record<Task, Waiting['path']>> = {
  approvals: '/desk',
  conclusions: '/desk',
  'to-hand-over': '/desk',
  asked: '/desk',
  'check-in': '/desk',
  overdue: '/desk',
  incidents: '/supervise',
  registers: '/supervise',
  proposals: '/manage/people',
}
const ALARMING: ReadonlySet<Task> = new Set(['conclusions', 'overdue', 'incidents', 'registers'])

/** The tasks of a person's posts, the most pressing first; one that several posts share stands once. */
export function tasksOf(person: Pick<Person, 'posts'>): readonly Task[] {
  const holds = (wanted: string): boolean => person.posts.some(({ post }) => post === wanted)
  const role = roleOf(person)
  const tasks: Task[] = []
  // No administrator reads case data, whatever else he was appointed to.
  if (role === null) {
    if (holds('approver')) tasks.push('approvals', 'conclusions')
    if (holds('custodian')) tasks.push('check-in')
    if (holds('officer')) tasks.push('to-hand-over', 'asked')
    if (holds('officer') || holds('custodian') || holds('manager')) tasks.push('overdue')
    if (holds('supervisor')) tasks.push('incidents', 'registers')
  }
  if (role === 'system-admin' || role === 'security-admin') tasks.push('proposals')
  if (role === 'audit-admin') tasks.push('registers')
  return tasks
}

/** The tiles of a person's first page. */
export function waitingFor(person: Person, heard: Heard): readonly Waiting[] {
  return tasksOf(person).map((task) => ({
    task,
    count: countOf(task, person, heard),
    path: PATHS[task],
    alarming: ALARMING.has(task),
  }))
}

function countOf(task: Task, person: Person, heard: Heard): number | null {
  const { approvals, incidents, cases, lists, loans, registers, proposals } = heard
  switch (task) {
    case 'approvals':
      return approvals && approvals.filter(({ yours }) => yours).length
    case 'conclusions':
      return incidents && incidents.filter(({ yours }) => yours).length
    case 'to-hand-over':
      return cases && sum(cases.filter((of) => handles(of, person)).map(({ balance }) => balance.withDepartment))
    case 'asked':
      return approvals && approvals.filter(({ requester }) => requester.person === person.id).length
    case 'check-in':
      return lists && sum(lists.map(({ pending }) => pending))
    case 'overdue':
      return loans && loans.length
    case 'incidents':
      return incidents && incidents.length
    case 'registers':
      return registers && new Set(registers.check.faults.map(({ register }) => register)).size
    case 'proposals':
      return proposals && proposals.filter((one) => cannotConfirm(person, one) === null).length
  }
}

function handles({ officers }: CaseSummary, { id }: Person): boolean {
  return officers.some(({ who }) => who === `person/${id}`)
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}

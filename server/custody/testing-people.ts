import type { Actor, Appointment } from '../module.ts'

const post = (name: Appointment['post'], ...places: string[]): Appointment[] =>
  places.map((place) => ({ post: name, place }))

/** Two departments and a keeping department with two stores under one organ; and some people whom no rule may let through. */
export const people: Readonly<Record<string, Omit<Actor, 'person'>>> = {
  ou: { unit: 'dept-1', appointments: post('officer', 'dept-1') },
  wei: { unit: 'dept-1', appointments: post('officer', 'dept-1') },
  /** Of the department that handles the case, and no officer of it: executes what no store keeps. */
  zhi: { unit: 'dept-1', appointments: post('officer', 'dept-1') },
  han: { unit: 'dept-2', appointments: post('officer', 'dept-2') },
  li: { unit: 'keeping', appointments: post('custodian', 'store-1') },
  sun: { unit: 'keeping', appointments: post('custodian', 'store-1') },
  far: { unit: 'keeping', appointments: post('custodian', 'store-2') },
  zhao: { unit: 'dept-1', appointments: post('approver', 'dept-1') },
  tan: { unit: 'organ', appointments: post('approver', 'organ') },
  qin: { unit: 'dept-2', appointments: post('approver', 'dept-2') },
  /** Approve too, for another department and for their own. */
  bao: { unit: 'dept-2', appointments: post('approver', 'dept-2') },
  xin: { unit: 'dept-1', appointments: post('approver', 'dept-1') },
  /** An approver of another department who may sign for finance as well. */
  nei: { unit: 'dept-2', appointments: [...post('approver', 'dept-2'), ...post('manager', 'finance')] },
  /** Signs for finance. */
  cai: { unit: 'finance', appointments: post('manager', 'finance') },
  /** Watches everything. */
  jian: { unit: 'organ', appointments: post('supervisor', 'organ') },
  /** Of the department that handles the case, and a supervisor. */
  watcher: { unit: 'dept-1', appointments: post('supervisor', 'organ') },
  /** An officer of the department who sits elsewhere, and a supervisor. */
  prober: { unit: 'organ', appointments: [...post('officer', 'dept-1'), ...post('supervisor', 'organ')] },
  /** Of the department, and an approver of the organ. */
  inner: { unit: 'dept-1', appointments: post('approver', 'organ') },
  /** Handles the case and approves for its department. */
  chief: { unit: 'dept-1', appointments: [...post('officer', 'dept-1'), ...post('approver', 'dept-1')] },
  /** Keeps the store and belongs to the department that handles the case. */
  insider: { unit: 'dept-1', appointments: post('custodian', 'store-1') },
  /** Holds every post everywhere and is an officer of the case. */
  everything: {
    unit: 'organ',
    appointments: [
      ...post('officer', 'dept-1', 'dept-2'),
      ...post('custodian', 'store-1', 'store-2'),
      ...post('approver', 'dept-1', 'organ'),
      ...post('system-admin', 'organ'),
    ],
  },
}

export function actorOf(person: string): Actor {
  return { person, ...(people[person] ?? { unit: null, appointments: [] }) }
}

export const officersOf = (unit: string): string[] =>
  Object.entries(people).flatMap(([person, { appointments }]) =>
    appointments.some((held) => held.post === 'officer' && held.place === unit) ? [person] : [],
  )

export const UNIT_NUMBERS: Readonly<Record<string, string>> = {
  'dept-1': '01',
  'dept-2': '02',
  'store-1': '01',
  'store-2': '02',
}

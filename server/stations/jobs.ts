import type { StationConfig } from '../../devices/reading.ts'
import type { Stations } from '../../devices/station.ts'
import { type LockOrders, type LocksDependencies, openLocks } from './locks.ts'
import {
  type LabelJobs,
  labelWay,
  openPrinting,
  type PageJobs,
  pageWay,
  type PrintingDependencies,
} from './printing.ts'

export interface JobsDependencies extends PrintingDependencies, Omit<LocksDependencies, 'orders' | 'stations'> {
  readonly stations: Pick<Stations, 'print' | 'printPages' | 'unlock'>
  readonly labels: LabelJobs
  /** Absent where no papers are printed. */
  readonly pages?: PageJobs
  readonly lockOrders: LockOrders
}

/** What a register has ordered and a device has still to do: labels, papers, openings of locks. */
export interface Jobs {
  /** Looks for what waits for the devices of a station. */
  wake(station: StationConfig): void
  /** The same after a fact of this type, of what such facts order. */
  heard(type: string, station: StationConfig): void
  /**
   * Nothing new is begun, and labels and locks are done with. A file is under way for minutes: its printer is let go, and what became of it is
   * written down by when `paged` resolves.
   */
  close(): Promise<{ readonly paged: Promise<void> }>
}

/** Each kind is looked for by itself: a printer without paper keeps no lock waiting. */
export function openJobs(deps: JobsDependencies): Jobs {
  const { db, labels, pages, lockOrders, stations } = deps
  const locks = openLocks({ ...deps, orders: lockOrders })
  const printing = openPrinting(deps, labelWay(db, labels, stations))
  const paging = pages === undefined ? null : openPrinting(deps, pageWay(db, pages, stations))
  return {
    wake(station) {
      printing.wake(station)
      paging?.wake(station)
      locks.wake(station)
    },
    heard(type, station) {
      if (lockOrders.wakes.includes(type)) locks.wake(station)
      if (labels.wakes.includes(type)) printing.wake(station)
      if (pages?.wakes.includes(type) === true) paging?.wake(station)
    },
    async close() {
      await printing.close()
      const paged = paging?.close() ?? Promise.resolve()
      await locks.close()
      return { paged }
    },
  }
}

import type { Reader } from '../module.ts'

/**
 * 回避 (rules W-03): whoever stands aside in a matter has nothing to do with its deadlines either, whatever post he holds and whenever they
 * began. Who does, the modules know whose matters they are; what a clock was started with stays as it was.
 */
export interface Aside {
  /** What somebody stands aside in, as clocks name their matter. */
  mattersOf(db: Reader, person: string): Promise<readonly string[]>
  /** Who stands aside in a matter. */
  peopleIn(db: Reader, matter: string): Promise<ReadonlySet<string>>
  /** Matters in which others stand aside, and somebody answers in their place, as clocks name them. */
  takenOverBy(db: Reader, person: string): Promise<readonly string[]>
  /** Who answers in a matter in the place of those who stand aside; nobody where nobody does. */
  standInsIn(db: Reader, matter: string): Promise<ReadonlySet<string>>
}

/** By which column the rows of a table stand. */
export interface Sorting {
  readonly id: string
  readonly down: boolean
}

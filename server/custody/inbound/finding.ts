import { type RawBuilder, sql } from 'kysely'
import { has } from '../search/matching.ts'

/** A shorter word is a part of too many numbers to mean one. */
const NUMBER_LEAST = 3

/** Of a list of another organ, under the name `n`: its own number or that of their case has the word. */
function numbered(word: string): RawBuilder<boolean> {
  return sql<boolean>`(${has(sql`n.state ->> 'number'`, word)} or ${has(sql`n.state ->> 'theirCase'`, word)})`
}

/** Of cases, under the name `c`: another organ handed something in to it by a list whose number, case or seal has the word (rules C-35). */
export function listedIn(word: string): RawBuilder<boolean> {
  if (word.length < NUMBER_LEAST) return sql<boolean>`false`
  return sql<boolean>`c.id in (select n.case_number from inbounds n where ${numbered(word)} or exists (
    select from jsonb_array_elements(n.state -> 'lines') as l where ${sealed(word)}))`
}

/** Of a line, under the name `l`: the seal that was on it by the list, or as it was found. */
function sealed(word: string): RawBuilder<boolean> {
  return sql<boolean>`(${has(sql`l ->> 'seal'`, word)} or ${has(sql`l #>> '{checked,found,seal}'`, word)})`
}

/** The items that came by such a list; by the number of a seal, those of its line. A table with the column `item`. */
export function itemsOfLists(word: string): RawBuilder<unknown> {
  if (word.length < NUMBER_LEAST) return sql`(select null::text as item where false)`
  return sql`(
    select a ->> 'item' as item from inbounds n, jsonb_array_elements(n.state #> '{accepted,items}') as a
    where (${numbered(word)} or exists (
      select from jsonb_array_elements(n.state -> 'lines') as l where l -> 'line' = a -> 'line' and ${sealed(word)})))`
}

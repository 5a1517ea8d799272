/** What is done with chosen items of a case. */
export type CaseDeed = 'photos' | 'hand-over' | 'loan' | 'propose' | 'keep-open'
/** What the page of a case is asking about. */
export type CaseDoing = CaseDeed | 'seizure-list' | 'close' | 'reopen' | 'measure'

/** A list that somebody comes back to: where it is, under a name of his own. */
export interface OwnView {
  readonly name: string
  /** A path of this program with its query. */
  readonly path: string
  readonly keptAt: string
}

/** `GET /api/session/views`. */
export interface OwnViews {
  readonly views: readonly OwnView[]
}

/** `GET /api/session/draft`: null where none was kept. */
export interface OwnDraft {
  readonly draft: { readonly content: string; readonly keptAt: string } | null
}

/** How long a text is for a field that has a limit. */

/** Characters beyond the limit, as the server counts them: code points of what will be sent; 0 within it. */
export function overBy(text: string, most: number): number {
  return Math.max(0, [...text.trim()].length - most)
}

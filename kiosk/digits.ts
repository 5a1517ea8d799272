/** Figures and codes as Chinese input methods type them. */

const FULL_WIDTH_ZERO = 0xff10
const ASCII_ZERO = 0x30

/** Everything that an input method may have typed in full width as plain characters; the rest stays as it is. */
export function halfWidth(text: string): string {
  return text.replaceAll(/[\uFF01-\uFF5E]/g, (form) =>
    String.fromCharCode(form.charCodeAt(0) - FULL_WIDTH_ZERO + ASCII_ZERO),
  )
}

/** Full-width digits and points as plain ones, without the space around: `１２。５` is `12.5`. Everything else stays as it is. */
export function plainFigures(text: string): string {
  return text
    .trim()
    .replaceAll(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - FULL_WIDTH_ZERO + ASCII_ZERO))
    .replaceAll(/[．。]/g, '.')
}

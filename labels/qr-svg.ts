import { encodeAddress } from './symbol.ts'

/** Empty modules on each side (ISO/IEC 18004). */
const QUIET = 4

/** An address as a QR code for a screen: black on white whatever lies around it. */
export function qrSvg(address: string): string {
  const { columns, rows, dark } = encodeAddress(address)
  const [width, height] = [columns + 2 * QUIET, rows + 2 * QUIET]
  const path = Array.from(dark, (is, at) =>
    is === 1 ? `M${(at % columns) + QUIET} ${Math.floor(at / columns) + QUIET}h1v1h-1z` : '',
  ).join('')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" shape-rendering="crispEdges">` +
    `<rect width="${width}" height="${height}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`
  )
}

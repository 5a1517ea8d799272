export class Unplugged extends Error {
  constructor(address: string) {
    super(`${address} is unplugged`)
    this.name = 'Unplugged'
  }
}

/** What struck, and what the program said to it. */
export class Tally {
  readonly #faults = new Map<string, number>();
  readonly #told = new Map<string, number>();

  get faultKinds(): number {
    return this.#faults.size;
  }

  struck(fault: string, times: number): void {
    if (times > 0) this.#faults.set(fault, (this.#faults.get(fault) ?? 0) + times);
  }

  told(code: string): void {
    this.#told.set(code, (this.#told.get(code) ?? 0) + 1);
  }

  read(): { faults: Record<string, number>; told: Record<string, number> } {
    return { faults: Object.fromEntries(this.#faults), told: Object.fromEntries(this.#told) };
  }
}

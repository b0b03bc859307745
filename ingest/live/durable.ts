import type { LiveEvent } from './live-event.ts';

/** How far events are durable, by position; it never goes back. */
export class Durable {
  event: LiveEvent | undefined;
  #position: number;
  readonly #onDurable: ((event: LiveEvent) => void) | undefined;
  #awaited: { position: number; resolve(): void }[] = [];

  constructor(position: number, event: LiveEvent | undefined, onDurable?: (event: LiveEvent) => void) {
    this.#position = position;
    this.event = event;
    this.#onDurable = onDurable;
  }

  /** All before a position is durable; the event is the last of them. */
  advance(position: number, event: LiveEvent): void {
    if (position <= this.#position) return;
    this.#position = position;
    this.event = event;
    const isReached = (awaited: { position: number }) => awaited.position <= position;
    const reached = this.#awaited.filter(isReached);
    this.#awaited = this.#awaited.filter((awaited) => !isReached(awaited));
    for (const { resolve } of reached) resolve();
    this.#onDurable?.(event);
  }

  /** Settles when all before a position is. */
  reached(position: number): Promise<void> {
    if (position <= this.#position) return Promise.resolve();
    return new Promise((resolve) => this.#awaited.push({ position, resolve }));
  }
}

/** Time as the supervisor needs it; tests bring their own. */
export interface Clock {
  /** Monotonic: setting the computer's clock does not move it. */
  nowMs(): number;
  /** Returns what cancels it. */
  after(delayMs: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};

// One line on the terminal that says how far a long run is; nothing where nobody looks.

/** How far a run is. */
export interface Progress {
  show(done: number, total: number): void;
  /** Takes the line away. */
  end(): void;
}

/** Milliseconds that a run takes without a word, and between two changes of the line. */
const patience = 500;
const pause = 100;

const clear = '\r\u001B[K';

/** Says nothing. */
export const silent: Progress = { show: () => undefined, end: () => undefined };

/** `write` puts text on the terminal; `now` is a clock in milliseconds. */
export function progressOn(write: (text: string) => void, now: () => number = () => performance.now()): Progress {
  let next = now() + patience;
  let isShown = false;
  return {
    show(done, total) {
      if (now() < next) return;
      next = now() + pause;
      isShown = true;
      write(`${clear}aiwf: ${done} of ${total} files checked`);
    },
    end() {
      if (isShown) write(clear);
      isShown = false;
    },
  };
}

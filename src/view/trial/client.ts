import type { Mapped, Masked, Opened, Told, Tried, Wanted, Wish } from './messages.js';

/** A run in a worker of its own, whose script, kernels and weights come from the page's server when it is started. */
export class Client {
  readonly #worker: Worker;
  #settle: { resolve: (told: Told) => void; reject: (error: Error) => void } | null = null;
  #onShare: (share: number) => void = () => {};
  /** What was asked last, answered or not. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(script: Blob) {
    const address = URL.createObjectURL(script);
    this.#worker = new Worker(address);
    URL.revokeObjectURL(address);
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      if (data.kind === 'share') this.#onShare(data.share);
      else if (data.kind === 'refused') this.#settle?.reject(new Error(data.message));
      else this.#settle?.resolve(data);
    });
    this.#worker.addEventListener('error', ({ message }) =>
      this.#settle?.reject(new Error(message)),
    );
  }

  /** @throws Error with what is wrong, in words, as all that it is asked does */
  static async start(number: number): Promise<{ client: Client; opened: Opened }> {
    const base = new URL('.', location.href).href;
    const response = await fetch(new URL('trial.js', base)).catch(() => null);
    if (!response?.ok) {
      throw new Error('the server of this page does not answer: start netc view again');
    }
    const client = new Client(await response.blob());
    try {
      const told = await client.#ask({ kind: 'open', base, number });
      return { client, opened: (told as Told & { kind: 'opened' }).opened };
    } catch (error) {
      client.stop();
      throw error;
    }
  }

  async try(image: File, onShare: (share: number) => void): Promise<Tried> {
    const told = await this.#ask({ kind: 'try', image }, onShare);
    return (told as Told & { kind: 'tried' }).tried;
  }

  async mask(threshold: number): Promise<Masked> {
    const told = await this.#ask({ kind: 'mask', threshold });
    return (told as Told & { kind: 'masked' }).masked;
  }

  async map(wanted: Wanted, onShare: (share: number) => void): Promise<Mapped> {
    const told = await this.#ask({ kind: 'map', wanted }, onShare);
    return (told as Told & { kind: 'mapped' }).mapped;
  }

  /** Ends what is under way, which is answered no more. */
  stop(): void {
    this.#settle = null;
    this.#worker.terminate();
  }

  /** The worker is asked once what it was asked before is answered: an answer does not say to what it is one. */
  #ask(wish: Wish, onShare: (share: number) => void = () => {}): Promise<Told> {
    const answer = this.#last.then(() => this.#answered(wish, onShare));
    this.#last = answer.catch(() => {});
    return answer;
  }

  #answered(wish: Wish, onShare: (share: number) => void): Promise<Told> {
    return new Promise((resolve, reject) => {
      this.#onShare = onShare;
      this.#settle = { resolve, reject };
      this.#worker.postMessage(wish);
    });
  }
}

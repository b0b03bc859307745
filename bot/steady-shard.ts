/** One shard's connection to the gateway, which gives up its session only when Discord refuses it. */
import {
  CloseCodes,
  type IContextFetchingStrategy,
  type SessionInfo,
  WebSocketShard,
  type WebSocketShardDestroyOptions,
  WebSocketShardDestroyRecovery as Recovery,
  WebSocketShardEvents,
  WebSocketShardStatus as Status,
} from '@discordjs/ws';
import { GatewayCloseCodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import type { Clock } from './clock.ts';

/** What a shard tells of its connection. */
export interface ShardWatch {
  /** From now on it hears nothing, until it is connected again. */
  dropped(code: number | undefined): void;
  /** It tries again: how often in vain so far, and the last network error's code. */
  retrying(failures: number, cause: string | undefined): void;
}

/** The library's shard with what it declares private, and we improve on. */
interface OpenShard extends Pick<WebSocketShard, 'id' | 'status' | 'send' | 'on'> {
  connection: WebSocket | null;
  replayedEvents: number;
  destroy(options?: WebSocketShardDestroyOptions): Promise<void>;
  internalConnect(): Promise<void>;
  resume(session: SessionInfo): Promise<void>;
  onError(error: Error): void;
}

const LibraryShard = WebSocketShard as unknown as new (
  context: IContextFetchingStrategy,
  id: number,
) => OpenShard;

const BACKOFF_MS = 500;
const BACKOFF_MAX_MS = 30_000;
/** At a resume address that does not answer: so many tries or so long, then at the address for all. */
const RESUME_TRIES_MAX = 6;
const RESUME_ADDRESS_MAX_MS = 300_000;
const RESUME_ANSWER_MAX_MS = 20_000;
const RESUMES_UNANSWERED_MAX = 2;
/** A peer that is gone never answers a close; the library would wait for 30 s. */
const CLOSE_ANSWER_MAX_MS = 2_000;

/** Faults of the connection, which say nothing against its session: it is resumed, though the library would not. */
const HARMLESS_CLOSES: ReadonlySet<number | undefined> = new Set([
  GatewayCloseCodes.NotAuthenticated,
  GatewayCloseCodes.AlreadyAuthenticated,
  GatewayCloseCodes.RateLimited,
]);

/** The library's shard, with the faults mended that lose events: see bot/README.md. */
export class SteadyShard extends LibraryShard {
  readonly #context: IContextFetchingStrategy;
  readonly #clock: Clock;
  readonly #watch: ShardWatch;
  readonly #end = new AbortController();
  #isClosing = false;
  #failures = 0;
  #failingSince = 0;
  #cause: string | undefined;
  #resumesUnanswered = 0;

  constructor(context: IContextFetchingStrategy, id: number, clock: Clock, watch: ShardWatch) {
    super(context, id);
    this.#context = context;
    this.#clock = clock;
    this.#watch = watch;
    const succeed = () => {
      this.#failures = 0;
      this.#resumesUnanswered = 0;
      this.#cause = undefined;
    };
    this.on(WebSocketShardEvents.Ready, succeed);
    this.on(WebSocketShardEvents.Resumed, succeed);
    // Told by its close code; without a listener it would be thrown.
    this.on(WebSocketShardEvents.Error, () => {});
  }

  /** Whether it was closed for good; its session is kept. */
  get isEnded(): boolean {
    return this.#end.signal.aborted;
  }

  override async internalConnect(): Promise<void> {
    this.#isClosing = false;
    await this.#pauseAfterFailure();
    if (this.isEnded) return;
    try {
      await super.internalConnect();
    } catch (error) {
      if (this.isEnded) return;
      if (this.status !== Status.Idle) throw error;
      // An address that is none.
      this.#cause = (error as NodeJS.ErrnoException).code;
      await this.internalConnect();
    }
  }

  async #pauseAfterFailure(): Promise<void> {
    if (this.#failures++ === 0) {
      this.#failingSince = this.#clock.now();
      return;
    }
    const failures = this.#failures - 1;
    this.#watch.retrying(failures, this.#cause);
    const ms = Math.min(BACKOFF_MS * 2 ** (failures - 1), BACKOFF_MAX_MS);
    await this.#wait(ms * (0.5 + Math.random() / 2));
    if (failures >= RESUME_TRIES_MAX || this.#clock.now() - this.#failingSince > RESUME_ADDRESS_MAX_MS) {
      await this.#leaveResumeAddress();
    }
  }

  async #leaveResumeAddress(): Promise<void> {
    const session = await this.#context.retrieveSessionInfo(this.id);
    const { url: resumeURL } = this.#context.options.gatewayInformation;
    if (session) await this.#context.updateSessionInfo(this.id, { ...session, resumeURL });
  }

  /** With `recover` the connection is made anew; without, the shard has ended. */
  override async destroy(options: WebSocketShardDestroyOptions = {}): Promise<void> {
    if (options.recover === undefined) this.#end.abort();
    // What was waited for is cut off by closing, and then asks to close as well.
    else if (this.isEnded || this.#isClosing) return;
    if (this.status === Status.Idle) return;
    this.#isClosing = true;
    this.#watch.dropped(options.code);
    const { connection } = this;
    // It can still fail, and the library no longer listens.
    connection?.on('error', () => {});
    const done = new AbortController();
    this.#clock.wait(CLOSE_ANSWER_MAX_MS, done.signal).then(
      () => connection?.terminate(),
      () => {},
    );
    if (connection?.readyState === connection?.CONNECTING) connection?.terminate();
    try {
      await super.destroy(this.#keeping(options));
    } finally {
      done.abort();
    }
  }

  /** The session is Discord's to refuse: where it was not even asked, it is kept. */
  #keeping(options: WebSocketShardDestroyOptions): WebSocketShardDestroyOptions {
    const { recover, code } = options;
    const isRefused =
      recover === Recovery.Reconnect && this.status !== Status.Connecting && !HARMLESS_CLOSES.has(code);
    if (isRefused) return options;
    return {
      ...options,
      code: CloseCodes.Resuming,
      ...(recover !== undefined && { recover: Recovery.Resume }),
    };
  }

  override async resume(session: SessionInfo): Promise<void> {
    // Also on a connection that goes on.
    this.#watch.dropped(undefined);
    // The library may have looked while dispatches that came with an op 9 were still under way.
    await super.resume((await this.#context.retrieveSessionInfo(this.id)) ?? session);
    void this.#expectAnswer(this.connection);
  }

  /** Heartbeats can be answered for ever where a RESUME is not. */
  async #expectAnswer(connection: WebSocket | null): Promise<void> {
    const isResuming = () =>
      connection === this.connection && this.status === Status.Resuming && !this.#isClosing;
    let replayed = -1;
    while (isResuming() && replayed !== this.replayedEvents) {
      replayed = this.replayedEvents;
      await this.#wait(RESUME_ANSWER_MAX_MS);
    }
    if (!isResuming() || this.isEnded) return;
    this.#resumesUnanswered++;
    const isLast = this.#resumesUnanswered >= RESUMES_UNANSWERED_MAX;
    if (isLast) this.#resumesUnanswered = 0;
    await this.destroy({
      reason: 'RESUME was not answered',
      recover: isLast ? Recovery.Reconnect : Recovery.Resume,
    });
  }

  /** The close that follows decides; an error of a connection being made would make the library drop the session. */
  override onError(error: NodeJS.ErrnoException): void {
    this.#cause = error.code;
  }

  #wait(ms: number): Promise<void> {
    return this.#clock.wait(ms, this.#end.signal).catch(() => {});
  }
}

import { type Build, buildWorker, type WorkerName } from "./world/builds.ts";
import { type Crowd, gatherCrowd } from "./world/crowd.ts";

/** What the parts of one run share. */
export class Bench {
  /** Small numbers that say nothing: for working on the bench itself. */
  readonly isQuick: boolean;
  readonly #folder: string;
  readonly #builds = new Map<WorkerName, Promise<Build>>();
  #crowd: Promise<Crowd> | null = null;

  constructor(folder: string, isQuick: boolean) {
    this.#folder = folder;
    this.isQuick = isQuick;
  }

  /** A Worker, built the first time it is asked for. */
  build(name: WorkerName): Promise<Build> {
    const known = this.#builds.get(name) ?? buildWorker(this.#folder, name);
    this.#builds.set(name, known);
    return known;
  }

  /** Beseda and many people whom it knows: the making takes a while, so that all who need them share them. */
  crowd(): Promise<Crowd> {
    this.#crowd ??= this.build("notice").then((build) => gatherCrowd(build, this.isQuick));
    return this.#crowd;
  }

  /** Tells whoever waits what is being done. */
  tell(line: string): void {
    console.error(`${(performance.now() / 1000).toFixed(1).padStart(6)} s  ${line}`);
  }

  /** Ends what the parts shared. */
  async close(): Promise<void> {
    const crowd = await this.#crowd?.catch(() => null);
    await crowd?.close();
  }
}

/** What the services of ours keep to, as rules that a compose file can break. */
import { parse } from 'yaml';

export interface Service {
  image?: string;
  build?: string;
  restart?: string;
  security_opt?: string[];
  cap_drop?: string[];
  read_only?: boolean;
  privileged?: boolean;
  init?: boolean;
  tmpfs?: string[];
  volumes?: string[];
  networks?: string[];
  ports?: string[];
  profiles?: string[];
  env_file?: string;
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; interval?: string; timeout?: string };
  mem_limit?: string;
  shm_size?: string;
  stop_grace_period?: string;
  logging?: { driver: string; options: Record<string, string> };
}

export interface Composition {
  services: Record<'postgres' | 'almanac' | 'quickchart', Service>;
  networks: Record<string, { internal?: boolean } | null>;
  volumes: Record<string, unknown>;
}

/** A compose file as it is meant. */
export const readComposition = (text: string): Composition => parse(text, { merge: true, strict: true });

/** What `almanac start` takes to end, at most, in seconds: CLOSE_MS of the bot. */
const ENDING_S = 9;
/** Of the smallest machine that it is meant for. */
const MEMORY_MB = 2048;

const inMb = (size = ''): number => Number.parseInt(size, 10) * (size.endsWith('g') ? 1024 : 1);
const inSeconds = (time = ''): number => Number.parseInt(time, 10) * (time.endsWith('m') ? 60 : 1);

type Rule = (composition: Composition) => boolean;

const RULES: Record<string, Rule> = {
  'each image is named by a version, and none is the latest': ({ services }) =>
    Object.values(services).every(
      ({ image, build }) => (image ?? build) === '.' || /:v?\d[\w.-]*$/.test(image ?? ''),
    ),
  'each is started again, and gains no rights': ({ services }) =>
    Object.values(services).every(
      ({ restart, security_opt, privileged }) =>
        restart === 'unless-stopped' && security_opt?.join() === 'no-new-privileges:true' && !privileged,
    ),
  'no log grows without end': ({ services }) =>
    Object.values(services).every(
      ({ logging }) => logging?.options['max-size'] && logging.options['max-file'],
    ),
  'each is asked for its health, Almanac by its image': ({ services }) =>
    services.almanac.healthcheck === undefined &&
    [services.postgres, services.quickchart].every(
      ({ healthcheck }) =>
        healthcheck?.test?.[0] === 'CMD' &&
        healthcheck.interval !== undefined &&
        healthcheck.timeout !== undefined,
    ),
  'no port is published': ({ services }) => Object.values(services).every(({ ports }) => !ports),
  'all of them fit into a small machine': ({ services }) =>
    Object.values(services).every(({ mem_limit }) => inMb(mem_limit) > 0) &&
    inMb(services.postgres.mem_limit) + inMb(services.almanac.mem_limit) < MEMORY_MB,
  'Postgres and QuickChart reach nobody outside': ({ services, networks }) =>
    [services.postgres, services.quickchart].every(
      (service) => service.networks?.length && service.networks.every((name) => networks[name]?.internal),
    ) && services.almanac.networks?.includes('default') === true,
  'the volumes are there, and each has its place': ({ services, volumes }) =>
    // From 18 on the image keeps its data below that folder, and ends where a volume is at the former place.
    services.postgres.volumes?.join() === 'database:/var/lib/postgresql' &&
    services.almanac.volumes?.join() === 'data:/data' &&
    Object.keys(volumes).toSorted().join() === 'data,database',
  'Postgres is 18, sorts as the embedded one does, and has shared memory': ({ services: { postgres } }) =>
    postgres.image === 'postgres:18' &&
    /--locale-provider=builtin --builtin-locale=C.UTF-8/.test(
      postgres.environment?.POSTGRES_INITDB_ARGS ?? '',
    ) &&
    inMb(postgres.shm_size) >= 128,
  'no password stands in it': ({ services }) =>
    /^\$\{POSTGRES_PASSWORD:\?.+\}$/.test(services.postgres.environment?.POSTGRES_PASSWORD ?? '') &&
    /^\$\{POSTGRES_PASSWORD:\?.+\}$/.test(services.almanac.environment?.PGPASSWORD ?? '') &&
    /^\$\{DISCORD_TOKEN:\?.+\}$/.test(services.almanac.environment?.DISCORD_TOKEN ?? ''),
  'Almanac has its own settings, and this Postgres': ({ services: { almanac, postgres } }) =>
    almanac.env_file === '.env' &&
    almanac.environment?.DATABASE_URL ===
      `postgres://${postgres.environment?.POSTGRES_USER}@postgres:5432/${postgres.environment?.POSTGRES_DB}` &&
    almanac.networks?.includes('database') === true,
  'Almanac writes to its volume and to /tmp alone': ({ services: { almanac } }) =>
    almanac.read_only === true &&
    /^\/tmp:size=\d+m$/.test(almanac.tmpfs?.join() ?? '') &&
    almanac.environment?.ALMANAC_DATA === '/data',
  'Almanac has no right of root': ({ services }) =>
    [services.almanac, services.quickchart].every(({ cap_drop }) => cap_drop?.join() === 'ALL'),
  'Almanac waits for Postgres': ({ services }) =>
    services.almanac.depends_on?.postgres?.condition === 'service_healthy',
  'Almanac has time to end, and a first process that hears signals': ({ services: { almanac } }) =>
    inSeconds(almanac.stop_grace_period) > 2 * ENDING_S && almanac.init === true,
  'QuickChart is asked for, and tells nobody': ({ services: { quickchart } }) =>
    quickchart.profiles?.join() === 'quickchart' && quickchart.environment?.DISABLE_TELEMETRY === '1',
};

/** The rules that a compose file breaks. */
export function rulesBroken(text: string): string[] {
  const composition = readComposition(text);
  return Object.keys(RULES).filter((name) => !RULES[name]!(composition));
}

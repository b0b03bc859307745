/** The name of a running process that no other has, and whether its owner is dead for certain. */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** What pids count within: on Linux a boot and a namespace, so that two containers' pids are not mixed up. */
function pidSpace(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** When a process began, in ticks; pids are used again. Empty where the system does not tell; undefined: no such process. */
function beganAt(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Behind the name in brackets, which may hold anything, it is the 20th.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return '';
  }
}

const nameOf = (pid: number, began: string) => JSON.stringify([pidSpace(), pid, began]);

/** This process's name. */
export const processName = (): string => nameOf(process.pid, beganAt(process.pid) ?? '');

/** What is known from here of the process of that name: one of another machine or container is unknown. */
export function lifeOf(name: string): 'alive' | 'dead' | 'unknown' {
  let read: unknown;
  try {
    read = JSON.parse(name);
  } catch {
    return 'unknown';
  }
  const [space, pid] = Array.isArray(read) ? (read as unknown[]) : [];
  if (space !== pidSpace() || typeof pid !== 'number') return 'unknown';
  const began = beganAt(pid);
  return began !== undefined && nameOf(pid, began) === name ? 'alive' : 'dead';
}

/** Whether the process of that name has ended for certain. */
export const isDead = (name: string): boolean => lifeOf(name) === 'dead';

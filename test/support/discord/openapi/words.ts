/** Faults of the validator in words. */
import type { ErrorObject } from 'ajv/dist/2020.js';

const FAULTS_MAX = 10;

/** What is wrong, each with its place; never what was there instead. `root` names the whole: "body". */
export function inWords(root: string, errors: ErrorObject[] | null | undefined): string[] {
  const all = errors ?? [];
  const telling = all.filter((error) => !isNoise(error, all));
  const words = (telling.length > 0 ? telling : all).map((error) => {
    const place = placeOf(root, error.instancePath);
    const { additionalProperty, missingProperty } = error.params as Record<string, string | undefined>;
    if (additionalProperty !== undefined) return `${place}.${additionalProperty}: unknown property`;
    if (missingProperty !== undefined) return `${place}.${missingProperty}: missing`;
    return `${place}: ${error.message ?? error.keyword}`;
  });
  return [...new Set(words)].slice(0, FAULTS_MAX);
}

/** Keywords that choose among schemas; what is wrong inside is told too. */
const CHOICES = ['anyOf', 'if'];

/** Of a choice, only the faults inside are of use; that it isn't null either, only where there are no others. */
function isNoise(error: ErrorObject, all: ErrorObject[]): boolean {
  if (CHOICES.includes(error.keyword)) return true;
  if (error.keyword !== 'type' || error.params.type !== 'null') return false;
  return all.some(
    (other) =>
      other !== error &&
      !CHOICES.includes(other.keyword) &&
      other.instancePath.startsWith(error.instancePath),
  );
}

/** `/0/author/id` as `body[0].author.id`. */
function placeOf(root: string, pointer: string): string {
  const steps = pointer.split('/').slice(1);
  return root + steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('');
}

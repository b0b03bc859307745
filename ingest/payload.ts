/** Looking into parsed JSON that promises nothing, whichever source it is of. */

/** An object of JSON, as it came. */
export type Payload = Record<string, unknown>;

/** The value as an object, or undefined. */
export function asObject(value: unknown): Payload | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Payload)
    : undefined;
}

/** The objects of a list; what is no list is empty, what is no object is left out. */
export function asObjects(value: unknown): Payload[] {
  if (!Array.isArray(value) || value.length === 0) return [];
  return value.filter(
    (element) => typeof element === 'object' && element !== null && !Array.isArray(element),
  );
}

const PERSON_KEYS = ['discriminator', 'username', 'isBot', 'nickname', 'avatarUrl', 'global_name'];
const DEPTH_MAX = 8;

/** A value without any person in it: whoever is forgotten must be findable, so people live in columns alone. */
export function withoutPeople(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEPTH_MAX) return null;
  if (Array.isArray(value)) {
    return value.filter((element) => !isPerson(element)).map((element) => withoutPeople(element, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => !isPerson(inner))
      .map(([key, inner]) => [key, withoutPeople(inner, depth + 1)]),
  );
}

function isPerson(value: unknown): boolean {
  const object = asObject(value);
  return object !== undefined && 'id' in object && PERSON_KEYS.some((key) => key in object);
}

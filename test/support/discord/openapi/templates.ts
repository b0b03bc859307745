/** Path templates, as `/channels/{channel_id}/messages`. */

/** A template that a path follows, and what stands for its parameters. */
export interface Matched {
  template: string;
  parameters: Record<string, string>;
}

/** Finds the template that a path follows; where several do, the one with most words of its own (`@me`, `active`). */
export function templateMatcher(templates: Iterable<string>): (path: string) => Matched | undefined {
  const bySize = new Map<number, { template: string; segments: string[] }[]>();
  for (const template of templates) {
    const segments = template.split('/');
    bySize.set(segments.length, [...(bySize.get(segments.length) ?? []), { template, segments }]);
  }
  for (const some of bySize.values()) some.sort((a, b) => wordsOf(b.segments) - wordsOf(a.segments));

  return (path) => {
    const given = path.split('/').map(decoded);
    for (const { template, segments } of bySize.get(given.length) ?? []) {
      const parameters = parametersOf(segments, given);
      if (parameters) return { template, parameters };
    }
    return undefined;
  };
}

const isParameter = (segment: string): boolean => segment.startsWith('{');
const wordsOf = (segments: string[]): number => segments.filter((segment) => !isParameter(segment)).length;

/** `@original` arrives as `%40original`, an emoji as its bytes. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function parametersOf(segments: string[], given: string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [i, segment] of segments.entries()) {
    const text = given[i]!;
    if (!isParameter(segment)) {
      if (segment !== text) return undefined;
    } else {
      if (text === '') return undefined;
      parameters[segment.slice(1, -1)] = text;
    }
  }
  return parameters;
}

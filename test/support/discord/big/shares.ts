/** Divides a whole by weights, in whole numbers that sum up to it; each share is at least `min` where there is enough. */
export function shares(whole: number, weights: readonly number[], min = 0): number[] {
  const floor = min * weights.length <= whole ? min : 0;
  const rest = whole - floor * weights.length;
  const sum = weights.reduce((all, weight) => all + weight, 0);
  let [given, wanted] = [0, 0];
  return weights.map((weight) => {
    wanted += (rest * weight) / sum;
    const share = Math.round(wanted) - given;
    given += share;
    return floor + share;
  });
}

/** Weights of a power law: the first is the greatest by far. */
export function powerLaw(count: number, exponent: number): number[] {
  return Array.from({ length: count }, (_, rank) => (rank + 1) ** -exponent);
}

/** What the page does by itself: themes and widths, chosen by its address and its buttons. */
export const SCRIPT = `
const root = document.documentElement;
const asked = new URLSearchParams(location.search);
for (const name of ['theme', 'width']) if (asked.has(name)) root.dataset[name] = asked.get(name);
addEventListener('DOMContentLoaded', () => {
  const isDark = () => (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const other = {
    theme: () => (isDark() ? 'light' : 'dark'),
    width: () => (root.dataset.width === 'narrow' ? 'wide' : 'narrow'),
  };
  for (const button of document.querySelectorAll('[data-set]'))
    button.addEventListener('click', () => (root.dataset[button.dataset.set] = other[button.dataset.set]()));
});
`;

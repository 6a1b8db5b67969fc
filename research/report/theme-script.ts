// The only program in a report: the button between light and dark. Without it the page follows the system, and has no button.

export const THEME_SCRIPT = `(() => {
const root = document.documentElement;
const button = document.getElementById('theme');
const system = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (root.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';
const say = () => {
  button.textContent = isDark() ? 'Light' : 'Dark';
  button.setAttribute('aria-label', isDark() ? 'Show in light colours' : 'Show in dark colours');
};
button.addEventListener('click', () => { root.dataset.theme = isDark() ? 'light' : 'dark'; say(); });
system.addEventListener('change', say);
button.hidden = false;
say();
})();`;

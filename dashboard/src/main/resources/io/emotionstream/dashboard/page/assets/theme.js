// SPDX-License-Identifier: Apache-2.0
// Sets the theme before anything is painted, so a classic script and no module.
'use strict';
(() => {
  let theme = 'system';
  try {
    theme = localStorage.getItem('theme') ?? 'system';
  } catch {
    // No storage in this browser: the system's theme then.
  }
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
})();

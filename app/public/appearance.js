// Before the first paint: the theme and language this person chose earlier on this device.
(() => {
  try {
    const theme = localStorage.getItem("huiyue-theme");
    const language = localStorage.getItem("huiyue-language");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    if (language === "en" || language === "zh-CN") document.documentElement.lang = language;
  } catch {
    // Storage may be refused (private windows, some in-app browsers); the system's choice stands.
  }
})();

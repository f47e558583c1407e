// Runs before the first paint, so that a chosen theme does not flash in the other one.
(function () {
    var theme = null;
    try {
        theme = localStorage.getItem('ashlar.theme');
    } catch {
        // Storage may be closed to the page; the system's theme is used then.
    }
    if (theme === 'light' || theme === 'dark') {
        document.documentElement.dataset.theme = theme;
    }
})();

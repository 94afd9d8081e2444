/** A page in the browser that remembers what went wrong in it. */

/**
 * Opens a page.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {{online?: boolean, serve?: Record<string, string>, tolerate?: RegExp,
 *   javaScriptEnabled?: boolean}} options `serve` answers addresses from
 *   files; every other address beyond this machine is out of reach. `tolerate`: complaints that are expected.
 */
export async function openPage(browser, {serve = {}, tolerate = /(?!)/, javaScriptEnabled = true} = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, javaScriptEnabled});
  const page = await context.newPage();
  const complaints = [];
  const complain = (text) => {
    if (!tolerate.test(text)) complaints.push(text);
  };
  page.on('pageerror', (error) => complain(`uncaught ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complain(`${message.text()} (${message.location().url})`);
  });
  await context.route(/^https?:\/\/(?!127\.0\.0\.1[:/])/, (route) => {
    const file = serve[route.request().url()];
    const headers = {'access-control-allow-origin': '*'};
    return file ? route.fulfill({path: file, headers}) : route.abort('internetdisconnected');
  });
  return {page, complaints, close: () => context.close()};
}

/** Makes the window as high as the content, so that a screenshot has all of it. */
export async function screenshot(page, file, scroller) {
  const height = await page.evaluate((selector) => {
    const element = document.querySelector(selector) ?? document.documentElement;
    return window.innerHeight - element.clientHeight + element.scrollHeight;
  }, scroller);
  // Chromium draws no picture higher than 16,384 pixels.
  await page.setViewportSize({width: 1280, height: Math.min(Math.max(height, 300), 16_000)});
  await page.evaluate((selector) => document.querySelector(selector)?.scrollTo(0, 0), scroller);
  await page.waitForTimeout(500);
  await page.screenshot({path: file});
  await page.setViewportSize({width: 1280, height: 900});
}

/** What a reader can do with the explorers on a page. Every check returns complaints; none is good news. */

/** What is touched of each kind: something to focus, and the keys that change what the sentence says. */
const TOUCHED = {
  convolution: ['[role=application]', 'ArrowRight'],
  pooling: ['[role=application]', 'ArrowDown'],
  softmax: ['input', 'ArrowLeft'],
  gradientDescent: ['button:has-text("One step")', 'Enter'],
};

/** Each has taken the place of its static render, and answers the keys; `kinds` as the notebook saved them. */
export async function checkExplorers(page, kinds) {
  const complaints = [];
  for (const kind of kinds) {
    const explorer = page.locator(`.convlab-explorer[data-kind=${kind}]`);
    const [selector, key] = TOUCHED[kind];
    const sentence = explorer.locator('[aria-live]');
    try {
      await explorer.scrollIntoViewIfNeeded();
      await sentence.waitFor({timeout: 15_000});
      if ((await explorer.locator('img').count()) > 0)
        complaints.push(`the ${kind} explorer shows its static render as well`);
      const before = await sentence.textContent();
      await explorer.locator(selector).first().focus();
      await page.keyboard.press(key);
      const after = await sentence.textContent();
      if (after === before) complaints.push(`the ${kind} explorer doesn't answer ${key}: ${after}`);
    } catch (error) {
      complaints.push(`the ${kind} explorer: ${error.message.split('\n')[0]}`);
    }
  }
  return complaints;
}

/** Where scripts don't run, the renders are there. */
export async function checkStaticRenders(page, kinds) {
  const renders = await page
    .locator('.convlab-explorer img')
    .evaluateAll((images) => images.map(({complete, naturalWidth}) => complete && naturalWidth > 0));
  if (renders.length === kinds.length && renders.every(Boolean)) return [];
  return [
    `expected ${kinds.length} static renders of explorers, found ${renders.filter(Boolean).length} of ${renders.length}`,
  ];
}

// Goes through every flow of the page in a real browser: node page.mjs SETTINGS, a JSON file that PageInBrowserTests writes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const settings = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const required = createRequire(`${settings.packages}/package.json`);
const { chromium } = required('playwright-core');
const axe = readFileSync(required.resolve('axe-core/axe.min.js'), 'utf8');
const HOSTILE = '<img src=x onerror=alert(1)>';

const browser = await chromium.launch({ executablePath: settings.chromium, args: ['--no-sandbox'] });

async function accessible(page, where) {
  await page.evaluate(`${axe};0`);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target)}`), [], where);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${where}: too wide`);
}

const text = (page, id) => page.textContent(`#${id}`);
const says = (page, id, words) => page.waitForFunction(([its, source]) => new RegExp(source)
  .test(document.getElementById(its).textContent), [id, words], { timeout: 120_000 });

async function compare(page) {
  await page.setInputFiles('#files', settings.pictures);
  await says(page, 'compare-status', `${settings.pictures.length - 1} of ${settings.pictures.length} pictures named`);
  assert.equal(await page.locator('#answers > li').count(), settings.pictures.length);
  const numbers = () => page.locator('#answers .clap .number').allTextContents();
  const before = await numbers();
  await page.locator('#alpha').focus();
  await page.keyboard.press('Home');
  assert.deepEqual(await numbers(), await page.locator('#answers .clip .number').allTextContents(), 'no CLAP is CLIP');
  await page.keyboard.press('End');
  assert.notDeepEqual(await numbers(), before);
  await page.fill('#classes', `dog, cat, ${HOSTILE}, "><script>alert(2)</script>`);
  await page.waitForFunction((name) => [...document.querySelectorAll('.label')].some((one) => one.textContent === name), HOSTILE);
  const count = await page.locator('#answers > li').count();
  await page.locator('#answers button').first().press('Enter');
  assert.equal(await page.locator('#answers > li').count(), count - 1);
}

async function search(page) {
  assert.match(await text(page, 'search-title'), /^Search [\d,]+ pictures$/);
  await page.fill('#text', 'a dog');
  await page.press('#text', 'Enter');
  await says(page, 'search-status', 'similar to “a dog”, ranked by CLAP');
  assert.equal(await page.locator('#found > li').count(), 24);
  await page.locator('#found li').first().scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector('#found img').naturalWidth > 0);
  await page.getByRole('radio', { name: 'CLIP' }).check({ force: true });
  await says(page, 'search-status', 'ranked by CLIP');
  await page.selectOption('#class', 'dog');
  await page.fill('#not', 'a cat');
  await page.press('#not', 'Enter');
  await says(page, 'search-status', 'similar to “a dog”, ranked by CLIP');
  await page.locator('#found button').first().press('Enter');
  await says(page, 'search-status', 'other styles first');
}

async function wander(page) {
  await says(page, 'map-status', 'pictures');
  await page.waitForSelector('#stage:not([hidden])', { timeout: 300_000 });
  await page.locator('#canvas').focus();
  await page.keyboard.press('ArrowRight');
  const first = await text(page, 'here');
  assert.notEqual(first, '');
  for (const key of ['ArrowUp', 'ArrowLeft', 'ArrowDown', '+', '+']) {
    await page.keyboard.press(key);
  }
  assert.notEqual(await text(page, 'here'), '');
  await page.keyboard.press('Enter');
  await says(page, 'search-status', 'other styles first');
  await page.locator('#canvas').scrollIntoViewIfNeeded();
  const box = await page.locator('#canvas').boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, -400);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 60, box.y + box.height / 2 + 40, { steps: 4 });
  await page.mouse.up();
  await page.locator('#whole').click();
  await page.locator('#listing > summary').press('Enter');
  await page.locator('#groups summary').first().press('Enter');
  await page.waitForSelector('#groups button');
}

async function visit(width, scheme) {
  const where = `${scheme}, ${width}`;
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  const wrong = [];
  page.on('dialog', (dialog) => {
    wrong.push(`a script ran: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && !/status of 400/.test(message.text()) && wrong.push(message.text()));
  page.on('request', (request) => /^(blob:|data:)/.test(request.url()) || request.url().startsWith(settings.address)
    || wrong.push(`a request elsewhere: ${request.url()}`));
  await page.goto(settings.address);
  await page.waitForSelector('html[data-ready]');
  await accessible(page, `${where}, empty`);
  await compare(page);
  await search(page);
  await wander(page);
  await accessible(page, `${where}, full`);
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: `${settings.shots}/${scheme}-${width}.png`, fullPage: true });
  await page.goto(`${settings.address}/docs`);
  await accessible(page, `${where}, docs`);
  assert.deepEqual(wrong, [], where);
  await page.close();
}

async function withKey() {
  const page = await browser.newPage();
  await page.goto(settings.locked);
  await page.fill('#key', 'not-the-key-at-all');
  await page.press('#key', 'Enter');
  await page.waitForSelector('#key-wrong:not([hidden])');
  await accessible(page, 'key');
  await page.screenshot({ path: `${settings.shots}/key.png` });
  await page.fill('#key', settings.key);
  await page.press('#key', 'Enter');
  await page.waitForSelector('html[data-ready]');
  assert.equal(await page.evaluate(() => document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)), '{}{}');
  assert.equal(await page.isVisible('#search'), false);
  await page.close();
}

try {
  for (const scheme of ['light', 'dark']) {
    for (const width of [360, 800, 1440]) {
      await visit(width, scheme);
    }
  }
  await withKey();
  console.log('All flows passed');
} finally {
  await browser.close();
}

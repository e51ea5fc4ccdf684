// The window as a person meets it, in an ordinary browser over the bridge: go to a place, press a key, look.
import { mkdirSync } from 'node:fs';
import { ROOT, require } from './places.mjs';
import { AXE, axeViolations, cutText, foreignWords, overlaps } from './screen-checks.mjs';
import { closeLater, nothing } from './runner.mjs';

const { chromium } = require('playwright-core');

const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-default-apps'];

export async function openBrowser() {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: [...QUIET, ...asRoot] });
  closeLater(() => browser.close());
  return browser;
}

export class AppWindow {
  /** Complaints of the page itself: exceptions, console errors, breaches of the content policy. */
  complaints = [];

  static async open(browser, address, { colorScheme = 'light', ...viewport } = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800, ...viewport }, colorScheme, locale: 'sv-SE' });
    return new AppWindow().#watching(await context.newPage(), address);
  }

  /** A window that this one has opened. */
  beside(page) {
    return new AppWindow().#watching(page, this.address);
  }

  #watching(page, address) {
    this.page = page;
    this.address = address;
    this.context = page.context();
    page.setDefaultTimeout(8_000);
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && this.complaints.push(message.text()));
    return this;
  }

  async go(place) {
    await this.page.goto(`${this.address}/#/${place.route}`);
    await this.settled();
  }

  /** Drawn, with its fonts, and nothing still on its way. A screen that waits for the core says so with aria-busy. */
  async settled() {
    await this.page.locator('main').first().waitFor();
    await this.page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
    await this.page.evaluate(() => document.fonts.ready.then(() => undefined));
  }

  async press(key) {
    await this.page.keyboard.press(key);
    await this.settled();
  }

  route() {
    return new URL(this.page.url()).hash.replace(/^#\/?/, '');
  }

  async picture(name) {
    mkdirSync(`${ROOT}out/screens`, { recursive: true });
    await this.page.screenshot({ path: `${ROOT}out/screens/${name}.png` });
  }

  async isAccessible() {
    if (!(await this.page.evaluate(() => 'axe' in window))) await this.page.evaluate(AXE);
    nothing(await this.page.evaluate(axeViolations), 'axe');
  }

  async isFine() {
    await this.isAccessible();
    nothing(await this.page.evaluate(cutText), 'avskuret');
    nothing(await this.page.evaluate(overlaps), 'överlappar');
    nothing(await this.page.evaluate(foreignWords), 'engelska');
    nothing(this.complaints, 'sidan klagar');
  }

  /** The browser itself reports each answer that is an error; where one is expected, that is no complaint of the page. */
  forgetRefusals() {
    this.complaints = this.complaints.filter((text) => !text.includes('422'));
  }

  close() {
    return this.context.close();
  }
}

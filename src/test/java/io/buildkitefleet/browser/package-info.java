/** Pages in a real browser: headless Chromium, driven through its WebDriver. */
package io.buildkitefleet.browser;

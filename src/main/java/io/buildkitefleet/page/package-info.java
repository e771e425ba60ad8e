/**
 * A page of headings, tables, lists and folds, and how it is written: as Markdown for a comment, and as HTML that
 * stands alone. Whatever was not written here is {@link Inline.Code}, and stays text in both. It imports commons-text
 * and {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.page;

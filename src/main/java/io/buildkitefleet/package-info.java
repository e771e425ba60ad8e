/**
 * Where the program starts and its table of contents. It may import every package but the command line and the preview,
 * which run the program and are not part of it.
 */
package io.buildkitefleet;

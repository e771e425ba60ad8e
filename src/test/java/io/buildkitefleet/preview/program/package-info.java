/** Small Pulumi programs that the tests of the offline engine run. They may import the Pulumi SDKs only. */
package io.buildkitefleet.preview.program;

package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Notations;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.Member;
import io.buildkitefleet.config.value.Pipeline;
import java.util.List;
import java.util.Optional;

/**
 * The mac agent outside the cluster.
 *
 * @param queue the queue that it serves
 * @param pipelines whose jobs on that queue act as the mac's identity, by slug or UUID
 * @param branches the branches whose builds do; none for all
 * @param owners who sets the mac up, as IAM members such as {@code user:jane@example.com}
 */
public record MacConfig(String queue, List<Pipeline> pipelines, Optional<List<String>> branches, List<String> owners) {
    static MacConfig read(Section in) {
        return new MacConfig(
                in.field("queue", "Queue of the mac agent outside the cluster; there is none without the object `mac`")
                        .text(Forms.LABEL, Forms.LABEL_WORDS)
                        .orElse("mac"),
                in.field("pipelines", "Pipelines whose jobs on the mac act as its identity in Google Cloud")
                        .parsedItems(
                                "a pipeline's slug as in buildkite.com/ORGANIZATION/SLUG, or its UUID",
                                Pipeline.NOTATION)
                        .required(),
                in.field("branches", "Branches whose builds do, as Buildkite names them")
                        .texts(Notations.BRANCH, "the whole name of a branch, without * or the like")
                        .optional("every branch"),
                in.field("owners", "Who sets the mac up: they may read the agent token and the checkout key")
                        .texts(Member.NOTATION, "a member such as user:jane@example.com or group:mac@example.com")
                        .orElse(List.of()));
    }
}

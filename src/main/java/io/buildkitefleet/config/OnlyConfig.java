package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Notations;
import io.buildkitefleet.config.read.Section;
import java.util.List;

/**
 * Whose builds a queue is for, if not for all that may run on trusted queues.
 *
 * @param branches branches, or patterns with one {@code *}, one of which must have the commit; empty: any
 * @param pipelines slugs or ids of pipelines; empty: any, or the one that deploys on its queue
 */
public record OnlyConfig(List<String> branches, List<String> pipelines) {
    static OnlyConfig read(Section in) {
        return new OnlyConfig(
                in.field("branches", "Branches of `repositories`, one of which must have the commit: git is asked")
                        .someTexts(
                                Notations.BRANCH_PATTERN,
                                "the name of a branch without refs/heads/, such as main, or a pattern with one asterisk such as release/*",
                                "leave it out for any")
                        .orElse(List.of(), "any; an approved commit need be on none"),
                in.field("pipelines", "Pipelines whose builds run here: their slugs, or their ids, which never change")
                        .someTexts(
                                Notations.PIPELINE, "the slug of a pipeline, or its whole id", "leave it out for any")
                        .orElse(List.of(), "any; on the queue of `deployer.buildkite.up` its pipeline"));
    }
}

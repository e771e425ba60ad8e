package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Section;
import java.util.List;

/**
 * The mac agent outside the cluster.
 *
 * @param queue the queue that it serves
 * @param owners who may act as the agent's identity to set it up, as IAM members such as {@code user:jane@example.com}
 */
public record MacConfig(String queue, List<String> owners) {
    static MacConfig read(Section in) {
        return new MacConfig(
                in.field("queue", "Queue of the mac agent outside the cluster; there is none without the object `mac`")
                        .text(Forms.LABEL, Forms.LABEL_WORDS)
                        .orElse("mac"),
                in.field("owners", "Who may act as the mac agent's identity, to set it up")
                        .texts(Forms.MEMBER, "a member such as user:jane@example.com or group:mac@example.com")
                        .orElse(List.of()));
    }
}

package io.buildkitefleet.mac;

import com.pulumi.core.Output;
import io.buildkitefleet.fleet.Mac;

/** What a {@link MacAgent} is made of. */
public record MacAgentArgs(Output<String> project, Mac mac) {}

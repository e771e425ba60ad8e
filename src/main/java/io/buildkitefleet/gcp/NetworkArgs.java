package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import io.buildkitefleet.config.NetworkConfig;
import java.util.Map;

/**
 * What a {@link Network} is made of.
 *
 * @param addresses its address plan
 * @param protect whether what others refer to is protected from deletion
 */
public record NetworkArgs(
        Output<String> project, String region, NetworkConfig addresses, Map<String, String> labels, boolean protect) {}

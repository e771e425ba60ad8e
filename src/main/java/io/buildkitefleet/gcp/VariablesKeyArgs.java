package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import java.util.Map;

/**
 * What a {@link VariablesKey} is made of.
 *
 * @param ring the id of the key ring
 * @param version the version that variables are encrypted for, from 1
 * @param reader the IAM member that may decrypt
 */
public record VariablesKeyArgs(
        Output<String> ring, int version, Output<String> reader, Map<String, String> labels, boolean protect) {}

package io.buildkitefleet.rules.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.kubernetes.AdmissionPolicy;
import io.buildkitefleet.plan.PolicyDigests;
import io.buildkitefleet.testing.Golden;
import io.buildkitefleet.testing.PreviewedStacks;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is recorded of the admission policies is what the program makes. */
@ExtendWith(PreviewedStacks.Extension.class)
class RecordedPoliciesTest {
    private static final Gson GSON = new Gson();

    /** Constants that differ from one configuration to another: images, and what makes the disks of git mirrors. */
    private static final Set<String> CONFIGURED =
            Set.of("variables.command", "variables.environment", "variables.image", "variables.images");

    /** A change of these is a change of what a queue's pods may be. */
    @Test
    void everyPolicyIsRecordedPartByPart(PreviewedStacks previews) {
        var parts = new TreeSet<String>();
        var full = previews.full().fleet();
        PolicyDigests.policies(full).forEach(policy -> record(parts, "", policy));
        var withPools = new TreeSet<>(parts);
        for (var policy : PolicyDigests.policies(previews.local().fleet())) {
            var local = new TreeSet<String>();
            record(local, "", policy);
            if (!withPools.containsAll(local)) {
                record(parts, RecordedPolicies.WITHOUT_POOLS, policy);
            }
        }
        Golden.of(Path.of("src", "main", "resources", "admission", "digests.txt"))
                .matches(parts.stream().map(line -> line + "\n").collect(Collectors.joining()));
    }

    @Test
    void theFullFleetHasEveryPolicy(PreviewedStacks previews) {
        var made = PolicyDigests.policies(previews.full().fleet()).stream()
                .map(AdmissionPolicy::name)
                .toList();
        assertThat(previews.byStack().values())
                .flatExtracting(preview -> names(preview.fleet()))
                .allMatch(made::contains);
    }

    private static List<String> names(Fleet fleet) {
        return PolicyDigests.policies(fleet).stream().map(AdmissionPolicy::name).toList();
    }

    private static void record(TreeSet<String> lines, String prefix, AdmissionPolicy policy) {
        var parts = new TreeMap<>(PolicyParts.ofPolicy(GSON.toJsonTree(policy.spec())));
        parts.putAll(PolicyParts.ofBinding(GSON.toJsonTree(policy.binding())));
        parts.keySet().removeAll(CONFIGURED);
        parts.forEach((part, digest) -> lines.add(prefix + policy.name() + " " + part + " " + digest));
    }
}

package io.buildkitefleet.scaffold;

import io.buildkitefleet.cloud.Regions;
import io.buildkitefleet.cost.PriceList;
import io.buildkitefleet.text.VisibleText;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.apache.commons.text.StringSubstitutor;

/**
 * The file of a stack that is to be. What a person said stands in it as it was said; whether that is right, the reader
 * of stacks says.
 *
 * @param repositories addresses of git repositories whose builds run there
 * @param knownHosts keys of their servers, as lines of a file known_hosts
 * @param waiversEnd the last day of its waivers
 * @param notes what stands above it, line by line, without the marks of a comment
 */
public record Scaffold(
        Example like,
        String project,
        String region,
        String organization,
        List<String> repositories,
        List<String> knownHosts,
        LocalDate waiversEnd,
        List<String> notes) {
    /** Copies the lists. */
    public Scaffold {
        repositories = List.copyOf(repositories);
        knownHosts = List.copyOf(knownHosts);
        notes = List.copyOf(notes);
    }

    /** It, as YAML. */
    public String text() {
        var values = new HashMap<String, String>();
        values.put("heading", heading());
        values.put("project", YamlText.inline(project));
        values.put("region", YamlText.inline(region));
        values.put("organization", YamlText.inline(organization));
        values.put("repositories", YamlText.inline(repositories));
        values.put("checkout", checkout());
        values.put("zones", zone().map(zone -> "    zones: [" + zone + "]\n").orElse(""));
        values.put("until", waiversEnd.toString());
        var prices = PriceList.latest();
        for (var machine : Machine.values()) {
            values.put(machine.variable(), machine.in(region, prices));
        }
        return new StringSubstitutor(values)
                .setDisableSubstitutionInValues(true)
                .setEnableUndefinedVariableException(true)
                .replace(like.template());
    }

    private String checkout() {
        return knownHosts.isEmpty() ? "" : "    checkout: {knownHosts: " + YamlText.inline(knownHosts) + "}\n";
    }

    private String heading() {
        var text = new StringBuilder();
        notes.forEach(note ->
                text.append("# ").append(VisibleText.line(note).stripTrailing()).append('\n'));
        return text.toString();
    }

    /** The first zone of the region. Without one, the cluster is of the whole region. */
    private Optional<String> zone() {
        return Regions.zonesOf(region).flatMap(zones -> zones.stream().findFirst());
    }
}

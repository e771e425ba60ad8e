package io.buildkitefleet.report.text;

import com.google.gson.JsonElement;
import io.buildkitefleet.pulumi.Plan;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.ResourceTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** The registrations as a tree: name, type, the inputs that matter, and marks for what is protected or secret. */
final class PlanTree {
    private final Plan plan;
    private final Ansi ansi;
    private final Map<String, List<Registration>> children;

    PlanTree(Plan plan, Ansi ansi) {
        this.plan = plan;
        this.ansi = ansi;
        this.children = plan.registrations().stream().collect(Collectors.groupingBy(Registration::parent));
    }

    @Override
    public String toString() {
        var text = new StringBuilder(heading());
        plan.registrations().stream()
                .filter(Registration::isStack)
                .forEach(stack -> branches(text, "", children.getOrDefault(stack.urn(), List.of())));
        return text.toString();
    }

    /** The stack, and how much there is of it. */
    String heading() {
        var resources = plan.registrations().stream()
                .filter(registration -> !registration.isStack())
                .toList();
        var components =
                resources.stream().filter(resource -> !resource.custom()).count();
        return ansi.string(
                "@|bold " + plan.project().name() + " / " + plan.stack().name() + "|@  "
                        + (resources.size() - components) + " resources to create in " + components + " components\n");
    }

    private void branches(StringBuilder text, String indent, List<Registration> siblings) {
        for (int i = 0; i < siblings.size(); i++) {
            var last = i == siblings.size() - 1;
            var registration = siblings.get(i);
            text.append(indent)
                    .append(last ? "└─ " : "├─ ")
                    .append(line(registration))
                    .append('\n');
            branches(text, indent + (last ? "   " : "│  "), children.getOrDefault(registration.urn(), List.of()));
        }
    }

    private String line(Registration registration) {
        var parts = new ArrayList<String>();
        parts.add(registration.custom() ? registration.name() : styled("bold", registration.name()));
        parts.add(styled("faint", type(registration)));
        parts.addAll(inputs(registration));
        if (registration.options().protect()) {
            parts.add(styled("green", "[protect]"));
        }
        var secrets = registration.inputs().entrySet().stream()
                .filter(input -> PropertyValues.isSecret(input.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!secrets.isEmpty()) {
            parts.add(styled("magenta", "[secret: " + secrets + "]"));
        }
        return String.join("  ", parts);
    }

    /** A component has just its name. */
    private static String type(Registration registration) {
        var type = registration.type();
        return !registration.custom() || registration.isProvider()
                ? type.substring(type.lastIndexOf(':') + 1)
                : ResourceTypes.brief(type);
    }

    private static List<String> inputs(Registration registration) {
        var shown = new ArrayList<String>();
        for (var notable : ResourceTypes.shown(registration.type())) {
            var path = InputPath.of(notable);
            path.in(registration.inputs())
                    .filter(value -> !value.toString().equals("false"))
                    .ifPresent(value -> shown.add(
                            value.toString().equals("true") ? path.name() : path.name() + "=" + shown(value)));
        }
        return shown;
    }

    private static String shown(JsonElement value) {
        if (PropertyValues.isSecret(value)) {
            return "[secret]";
        }
        if (PropertyValues.isUnknown(value)) {
            return "(known after up)";
        }
        return value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }

    private String styled(String style, String text) {
        return ansi.string("@|" + style + " " + text + "|@");
    }
}

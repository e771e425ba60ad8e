package io.buildkitefleet.rules.kubernetes;

import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.Subject;

/**
 * A selector of labels as Kubernetes reads it:
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
final class Selector {
    /** The label that each namespace has, with its name. */
    private static final String NAME = "kubernetes.io/metadata.name";

    private Selector() {}

    /** Whether it selects a namespace, by its labels or by its name. */
    static boolean selects(InputValue selector, Subject namespace) {
        var labels = selector.key("matchLabels");
        return labels.keys().stream().allMatch(key -> labels.key(key)
                        .is(label(namespace, key).text()))
                && selector.key("matchExpressions").items().stream()
                        .allMatch(expression -> holds(expression, namespace));
    }

    private static boolean holds(InputValue expression, Subject namespace) {
        var label = label(namespace, expression.key("key").text());
        var isAmong = label.exists() && expression.key("values").texts().contains(label.text());
        return switch (expression.key("operator").text()) {
            case "In" -> isAmong;
            case "NotIn" -> !isAmong;
            case "Exists" -> label.exists();
            case "DoesNotExist" -> !label.exists();
            default -> false;
        };
    }

    private static InputValue label(Subject namespace, String key) {
        return key.equals(NAME)
                ? namespace.at("metadata.name")
                : namespace.at("metadata.labels").key(key);
    }
}

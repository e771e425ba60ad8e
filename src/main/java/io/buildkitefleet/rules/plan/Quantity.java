package io.buildkitefleet.rules.plan;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An amount of CPU, memory, disk or objects as Kubernetes reads one.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">its notation</a>
 */
public record Quantity(BigDecimal amount) {
    private static final Pattern FORM = Pattern.compile("\\+?(?<number>\\d{1,18}(?:\\.\\d{0,9})?|\\.\\d{1,9})"
            + "(?:[eE](?<exponent>[+-]?\\d{1,2})|(?<unit>[numkMGTPE]|[KMGTPE]i)?)");

    public static final Quantity ONE = new Quantity(BigDecimal.ONE);

    private static final Map<Character, Integer> THOUSANDS =
            Map.of('n', -3, 'u', -2, 'm', -1, 'k', 1, 'K', 1, 'M', 2, 'G', 3, 'T', 4, 'P', 5, 'E', 6);

    /** What a text or a number says; nothing if the API server would refuse it. */
    public static Optional<Quantity> of(InputValue value) {
        return of(value.text());
    }

    /** As {@link #of(InputValue)}, of a text. */
    public static Optional<Quantity> of(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Quantity(
                new BigDecimal(form.group("number")).multiply(factor(form.group("exponent"), form.group("unit")))));
    }

    private static BigDecimal factor(String exponent, String unit) {
        if (exponent != null) {
            return BigDecimal.ONE.scaleByPowerOfTen(Integer.parseInt(exponent));
        }
        if (unit == null) {
            return BigDecimal.ONE;
        }
        var power = THOUSANDS.get(unit.charAt(0));
        return unit.endsWith("i") ? BigDecimal.valueOf(1024).pow(power) : BigDecimal.ONE.scaleByPowerOfTen(3 * power);
    }

    /** Whether it bounds something, or may: what is not known before up is noted. */
    public static boolean isAmount(InputValue value) {
        value.need();
        return value.isUnknown() || of(value).isPresent();
    }

    /**
     * What is wrong with a container's resources: it needs requests, for which Kubernetes takes its limits where it
     * says none, and a limit of memory.
     *
     * @see <a href="https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/">the note on a limit
     *     without a request</a>
     */
    public static Stream<String> flaws(InputValue resources) {
        return Stream.of(
                        flaw(requested(resources, "cpu"), "requests.cpu"),
                        flaw(requested(resources, "memory"), "requests.memory"),
                        flaw(resources.at("limits.memory"), "limits.memory"))
                .flatMap(Optional::stream);
    }

    /** What a container asks for of this. */
    public static InputValue requested(InputValue resources, String name) {
        var request = resources.key("requests").key(name);
        return request.exists() ? request : resources.key("limits").key(name);
    }

    /** What is wrong with what a container asks for or is limited to: there, nothing means no limit. */
    static Optional<String> flaw(InputValue value, String path) {
        if (!value.exists()) {
            return Optional.of("has no " + path);
        }
        value.need();
        return Subject.flawIf(
                !value.isUnknown()
                        && of(value)
                                .filter(found -> found.amount().signum() > 0)
                                .isEmpty(),
                path + " is " + value.shown() + ", which is no amount above zero");
    }
}

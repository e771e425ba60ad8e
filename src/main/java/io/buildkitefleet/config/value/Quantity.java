package io.buildkitefleet.config.value;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An amount as Kubernetes writes it: https://kubernetes.io/docs/reference/kubernetes-api/definitions/quantity-resource/
 *
 * @param amount in whole units: bytes, or CPUs
 * @param number what stands before the unit
 * @param unit such as {@code Gi} or {@code e3}; empty for none
 */
record Quantity(BigDecimal amount, String number, String unit) {
    private static final String NUMBER = "(?<number>\\+?(?:\\d{1,18}(?:\\.\\d{0,18})?|\\.\\d{1,18}))";

    /** What is written as one; n and u are what Kubernetes' parser knows besides. */
    static final Pattern FORM = Pattern.compile(NUMBER + "(?<unit>[KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d{1,2}|)");

    /** A comma before three digits may be either, and only who wrote it knows. */
    private static final Flaws FLAWS = Flaws.none()
            .and(
                    "\\d{1,3}(?:,\\d{3})+\\D*",
                    "leave out the comma, or write a point in its place if what follows is a fraction")
            .and("\\d+,\\d.*", "a fraction is written with a point, as in 1.5")
            .and("\\d+\\.\\d*\\..*", "it has more than one point")
            .and("\\d+(?:\\.\\d+)?\\s*%", "it is an amount, and no share of something")
            .and("\\d+\\s*/\\s*\\d+", "a fraction is written with a point, as in 1.5");

    private static final int KIBI = 1024;

    /** The powers of 1000, and of 1024 where an i follows. */
    private static final Map<String, Integer> POWERS =
            Map.of("n", -3, "u", -2, "m", -1, "", 0, "k", 1, "M", 2, "G", 3, "T", 4, "P", 5, "E", 6);

    /** None if it is not written as one. */
    static Optional<Quantity> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var number = matcher.group("number");
        var unit = matcher.group("unit");
        return Optional.of(new Quantity(new BigDecimal(number).multiply(factor(unit)), number, unit));
    }

    private static BigDecimal factor(String unit) {
        if (POWERS.containsKey(unit)) {
            return BigDecimal.ONE.scaleByPowerOfTen(3 * POWERS.get(unit));
        }
        return unit.endsWith("i")
                ? BigDecimal.valueOf(KIBI).pow(unit.equals("Ki") ? 1 : POWERS.get(unit.substring(0, 1)))
                : BigDecimal.ONE.scaleByPowerOfTen(Integer.parseInt(unit.substring(1)));
    }

    /** Why a text is none, whatever it is an amount of. */
    static Optional<String> flaw(String text) {
        if (text.startsWith("-")) {
            return Optional.of("it is negative");
        }
        if (!text.equals(text.replaceAll("\\s", ""))
                && parse(text.replaceAll("\\s", "")).isPresent()) {
            return Optional.of("write it without blanks: " + text.replaceAll("\\s", ""));
        }
        return FLAWS.of(text);
    }
}

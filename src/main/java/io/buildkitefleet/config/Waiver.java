package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Section;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A rule that the stack may break.
 *
 * @param rule the rule's id
 * @param resource the names of the resources that may, in which {@code *} stands for anything; all if there is none
 * @param reason why they may
 * @param until the last day, in UTC, on which they may
 */
public record Waiver(String rule, Optional<String> resource, String reason, LocalDate until) {
    private static final Pattern REASON = Pattern.compile("\\S.{9,}");

    /** What Pulumi makes of a date that stands in YAML without quotes. */
    private static final Pattern PULUMIS_DATE = Pattern.compile("^(\\S+) 00:00:00 \\+0000 UTC$");

    static Waiver read(Section in) {
        return new Waiver(
                in.field("rule", "Rule of `./fleet check` that may be broken; docs/rules.md lists them")
                        .text(Forms.LABEL, "the id of a rule")
                        .required(),
                in.field("resource", "Name of the resource that may break it; `*` stands for any text")
                        .text(Forms.RESOURCE_GLOB, "a resource's name, in which * stands for any text")
                        .optional("every resource"),
                in.field("reason", "Why that is right, for whoever reads the report")
                        .text(REASON, "a reason of ten characters or more")
                        .required(),
                in.field("until", "Last day of the waiver; after it, the rule holds again")
                        .parsed("a day such as \"2027-06-30\"", LocalDate.EPOCH, Waiver::day)
                        .required());
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(PULUMIS_DATE.matcher(text).replaceFirst("$1")));
        } catch (DateTimeException notADay) {
            return Optional.empty();
        }
    }
}

package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.Notation;
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
 * @param end until when they may
 */
public record Waiver(String rule, Optional<String> resource, String reason, End end) {
    /** In place of a day. */
    public static final String NEVER = "never";

    private static final int LEAST_LETTERS = 5;

    /** Dots, and one letter over and over, say nothing; letters are those of any script. */
    private static final Notation<String> REASON = Notation.of(Pattern.compile("\\S.{9,}"), text -> Optional.of(text)
            .filter(reason ->
                    reason.codePoints().filter(Character::isLetter).distinct().count() >= LEAST_LETTERS));

    private static final String REASON_WORDS = "a reason in words, of ten characters or more";

    private static final String WHY = "whyNoEnd";

    /** What Pulumi makes of a date that stands in YAML without quotes. */
    private static final Pattern PULUMIS_DATE = Pattern.compile("^(\\S+) 00:00:00 \\+0000 UTC$");

    /** LocalDate reads years of nine digits, too. */
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /** Until when a waiver runs. */
    public sealed interface End permits LastDay, Never {
        /** How it is read: a day of four, two and two digits. */
        static Optional<End> of(String text) {
            if (!DAY.matcher(text).matches()) {
                return Optional.empty();
            }
            try {
                return Optional.of(new LastDay(LocalDate.parse(text)));
            } catch (DateTimeException notADay) {
                return Optional.empty();
            }
        }
    }

    /**
     * It ends.
     *
     * @param day the last one, in UTC, on which it runs
     */
    public record LastDay(LocalDate day) implements End {
        @Override
        public String toString() {
            return day.toString();
        }
    }

    /**
     * It has no end.
     *
     * @param why that is right
     */
    public record Never(String why) implements End {
        @Override
        public String toString() {
            return NEVER;
        }
    }

    /** Why it has no end, if it has none. */
    public Optional<String> whyNoEnd() {
        return end instanceof Never never ? Optional.of(never.why()) : Optional.empty();
    }

    private static final Notation<End> END =
            Notation.of(Pattern.compile(NEVER + "|\\d{4}-\\d{2}-\\d{2}(?: 00:00:00 \\+0000 UTC)?"), Waiver::end);

    static Waiver read(Section in) {
        return new Waiver(
                in.field("rule", "Rule of `./fleet check` that may be broken; docs/rules.md lists them")
                        .text(Forms.LABEL, "the id of a rule")
                        .required(),
                in.field(
                                "resource",
                                "Name of the resource that may break it; `*` stands for any text. A rule of high severity needs one")
                        .text(Forms.RESOURCE_GLOB, "a resource's name, in which * stands for any text")
                        .optional("every resource"),
                in.field("reason", "Why that is right, for whoever reads the report")
                        .parsed(REASON_WORDS, "", REASON)
                        .required(),
                end(in));
    }

    private static End end(Section in) {
        var end = in.field("until", "Last day of the waiver, after which the rule holds again; `never` if it has none")
                .parsed("a day such as \"2027-06-30\", or never", new LastDay(LocalDate.EPOCH), END)
                .required();
        var why = in.field(WHY, "Why the waiver has no end; with `until: never`")
                .parsed(REASON_WORDS, "", REASON)
                .optional("none");
        if (end instanceof Never) {
            if (why.isEmpty() && !in.place().isInDoubt()) {
                in.place().add(WHY, "is missing, and until is never: say why this waiver has no end");
            }
            return new Never(why.orElse(""));
        }
        if (why.isPresent() && !in.place().isInDoubt()) {
            in.place().add(WHY, "is for a waiver with until: never; this one ends on " + end);
        }
        return end;
    }

    private static Optional<End> end(String text) {
        return text.equals(NEVER)
                ? Optional.of(new Never(""))
                : End.of(PULUMIS_DATE.matcher(text).replaceFirst("$1"));
    }
}

package io.buildkitefleet.rules;

import io.buildkitefleet.config.Waiver;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import io.buildkitefleet.rules.rule.Severity;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The waivers of a stack on one day. */
public final class Waivers {
    private static final String NONE = "the stack has no waivers";

    /** After this, whoever wrote the waiver has forgotten it, or is gone. */
    private static final Period LONGEST = Period.ofYears(2);

    private static final Rule ENDED = Rule.named("waiver-ended", Severity.LOW, "Every waiver still runs")
            .why("what it was for was to be mended by then, and its rule holds again")
            .mend("mend what it was for, and drop it; or say anew why not, and until when")
            .check(unused -> new Outcome.NotApplicable(NONE));

    private static final Rule UNUSED = Rule.named("waiver-unused", Severity.LOW, "Every waiver waives something")
            .why("one that waives nothing today hides what breaks its rule tomorrow")
            .mend("drop it")
            .check(unused -> new Outcome.NotApplicable(NONE));

    static final List<Rule> RULES = List.of(ENDED, UNUSED);

    private final List<Waiver> waivers;
    private final LocalDate today;

    private Waivers(List<Waiver> waivers, LocalDate today) {
        this.waivers = List.copyOf(waivers);
        this.today = today;
    }

    /**
     * Those of a stack.
     *
     * @param file that of its configuration
     * @throws io.buildkitefleet.config.read.ConfigException if one names a rule that there is not, ends so late that
     *     nobody waits for it, or lets everything break a rule of high severity without saying so
     */
    public static Waivers of(String file, List<Waiver> waivers, LocalDate today) {
        return of(new Problems(file), waivers, today);
    }

    /**
     * The same.
     *
     * @param problems of its configuration
     */
    public static Waivers of(Problems problems, List<Waiver> waivers, LocalDate today) {
        var known = ids();
        var latest = today.plus(LONGEST);
        problems.at("waivers").each(waivers, (place, waiver) -> {
            if (!known.contains(waiver.rule())) {
                place.at("rule")
                        .addUnknown(
                                "a rule that can be waived", waiver.rule(), known, "./fleet check --list prints them");
            }
            if (waiver.resource().isEmpty() && isHigh(waiver.rule())) {
                place.add(
                        "resource",
                        "is missing, and " + waiver.rule()
                                + " is of high severity: name what may break it, as queue-big-*,"
                                + " or say \"*\" for all that there is and will be");
            }
            if (waiver.end() instanceof Waiver.LastDay last && last.day().isAfter(latest)) {
                place.add(
                        "until",
                        "must be " + latest + " or before, two years from today, got " + last
                                + "; a waiver that has no end says until: never, and why as whyNoEnd");
            }
        });
        problems.throwIfAny();
        return new Waivers(waivers, today);
    }

    /** Those that a stack had before a change; one of a rule that there is no more waives nothing. */
    public static Waivers before(List<Waiver> waivers, LocalDate today) {
        var known = ids();
        return new Waivers(
                waivers.stream().filter(waiver -> known.contains(waiver.rule())).toList(), today);
    }

    private static boolean isHigh(String id) {
        return RuleSet.rules().stream().anyMatch(rule -> rule.id().equals(id) && rule.severity() == Severity.HIGH);
    }

    private static SortedSet<String> ids() {
        return RuleSet.rules().stream()
                .filter(rule -> !RULES.contains(rule))
                .map(Rule::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What says that this resource may break the rule. */
    Optional<Waiver> of(Rule rule, String resource) {
        return waivers.stream()
                .filter(waiver -> !hasEnded(waiver))
                .filter(waiver -> waiver.rule().equals(rule.id()))
                .filter(waiver -> covers(waiver, resource))
                .findFirst();
    }

    /** What is to be said of the waivers themselves, after what they were asked. */
    List<Result> results(List<Result> others) {
        if (waivers.isEmpty()) {
            return RULES.stream().map(rule -> Result.notApplicable(rule, NONE)).toList();
        }
        return List.of(
                Result.of(ENDED, findings(ENDED, this::hasEnded, " ended on ")),
                Result.of(UNUSED, findings(UNUSED, waiver -> !hasEnded(waiver) && isUnused(waiver, others), "")));
    }

    /** Those that end soon. */
    List<EndingWaiver> ending() {
        return IntStream.range(0, waivers.size())
                .boxed()
                .flatMap(i -> ending(place(i), waivers.get(i)).stream())
                .toList();
    }

    private Optional<EndingWaiver> ending(String place, Waiver waiver) {
        return waiver.end() instanceof Waiver.LastDay last
                        && !today.isAfter(last.day())
                        && !last.day().isAfter(today.plusDays(EndingWaiver.SOON))
                ? Optional.of(new EndingWaiver(place, waiver, (int) ChronoUnit.DAYS.between(today, last.day())))
                : Optional.empty();
    }

    private List<Finding> findings(Rule rule, Predicate<Waiver> broken, String ended) {
        return IntStream.range(0, waivers.size())
                .filter(i -> broken.test(waivers.get(i)))
                .mapToObj(i -> {
                    var waiver = waivers.get(i);
                    var what = "the waiver of " + waiver.rule();
                    return Finding.of(
                            rule, place(i), ended.isEmpty() ? what + " waives nothing" : what + ended + waiver.end());
                })
                .toList();
    }

    /** A rule that could not be checked may yet need its waiver. */
    private static boolean isUnused(Waiver waiver, List<Result> results) {
        return results.stream()
                .filter(result -> result.rule().id().equals(waiver.rule()))
                .noneMatch(result -> result.status() == Status.NOT_CHECKED
                        || result.findings().stream()
                                .anyMatch(finding ->
                                        finding.waiver().filter(waiver::equals).isPresent()));
    }

    private boolean hasEnded(Waiver waiver) {
        return waiver.end() instanceof Waiver.LastDay last && today.isAfter(last.day());
    }

    private static boolean covers(Waiver waiver, String resource) {
        return waiver.resource()
                .map(glob ->
                        Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")))
                .map(resource::matches)
                .orElse(true);
    }

    private static String place(int index) {
        return "waivers[" + index + "]";
    }
}
